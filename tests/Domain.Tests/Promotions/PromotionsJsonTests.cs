using System.Text.Json;
using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Tests.Promotions;

public class PromotionsJsonTests
{
    private const string Least = """
        {"name":"Summer mugs","items":["A"],"discount":DISCOUNT,"channels":["web"],"regions":[{"region":"north","stores":["S1"]}],
         "window":{"start":"2026-06-01T09:00:00","end":"2026-06-08T00:00:00","timeZone":"Europe/London"},"currency":"GBP","requestedBy":"Mia Hart"}
        """;

    private static PromotionRequest Read(string discount, string json = Least) =>
        JsonSerializer.Deserialize(json.Replace("DISCOUNT", discount, StringComparison.Ordinal), PromotionsJson.Default.PromotionRequest)!;

    public static TheoryData<string, Discount> Kinds =>
        new()
        {
            { """{"kind":"percentOff","percent":20}""", new PercentOff(20) },
            { """{"percent":20,"kind":"percentOff"}""", new PercentOff(20) },
            { """{"kind":"amountOff","perUnit":{"amount":1.5,"currency":"GBP"}}""", new AmountOff(Offer.In(1.5m)) },
            { """{"kind":"fixedPrice","price":{"amount":7,"currency":"GBP"}}""", new FixedPrice(Offer.In(7)) },
            { """{"kind":"bundle","units":3,"price":{"amount":10,"currency":"GBP"}}""", Offer.ThreeFor(10) },
            { """{"kind":"bundle","units":3,"payFor":2}""", Offer.ThreeForTwo },
            { """{"kind":"buyXGetY","buy":1,"get":1}""", Offer.OneGetOneFree },
            {
                """{"kind":"buyXGetY","buy":2,"get":1,"percent":50}""",
                new BuyXGetY
                {
                    Buy = 2,
                    Get = 1,
                    Percent = 50,
                }
            },
        };

    [Theory, MemberData(nameof(Kinds))]
    public void A_discount_is_read_by_its_kind_and_survives_json(string json, Discount discount)
    {
        var request = Read(json);
        Assert.Equal(discount, request.Discount);
        Assert.Empty(request.Check());
        var again = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(request, PromotionsJson.Default.PromotionRequest),
            PromotionsJson.Default.PromotionRequest
        )!;
        Assert.Equal(discount, again.Discount);
    }

    [Fact]
    public void What_a_request_leaves_out_has_its_default()
    {
        var request = Read("""{"kind":"percentOff","percent":20}""");
        Assert.Equal((500, Stacking.Exclusive, null, null), (request.Priority, request.Stacking, request.Budget, request.ExpectedUplift));
        Assert.Empty(request.Categories);
        Assert.Empty(request.ExcludedItems);
        Assert.Empty(request.Funding);
        Assert.Empty(request.Regions[0].Warehouses);
    }

    [Fact]
    public void A_request_of_every_field_survives_json()
    {
        var json = JsonSerializer.Serialize(
            Offer.Request() with
            {
                Stacking = Stacking.BestOf,
                Priority = 7,
                Categories = ["Mugs"],
                ExcludedItems = [new Sku("Z")],
                Funding = [Offer.Agreement(units: 5, money: 3)],
            },
            PromotionsJson.Default.PromotionRequest
        );
        Assert.Contains("\"stacking\":\"BestOf\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("payable", json, StringComparison.Ordinal);
        var again = JsonSerializer.Deserialize(json, PromotionsJson.Default.PromotionRequest)!;
        Assert.Empty(again.Check());
        Assert.Equal(json, JsonSerializer.Serialize(again, PromotionsJson.Default.PromotionRequest));
    }

    [Theory]
    [InlineData("""{"kind":"halfPrice"}""")]
    [InlineData("""{"percent":20}""")]
    [InlineData("""{"kind":"bundle","price":{"amount":10,"currency":"GBP"}}""")]
    [InlineData("""{"kind":"fixedPrice","price":{"amount":7,"currency":"gbp"}}""")]
    public void A_discount_of_no_known_kind_or_without_its_units_is_refused(string discount) =>
        Assert.ThrowsAny<Exception>(() => Read(discount));

    [Theory]
    [InlineData("""{"kind":"fixedPrice","price":{"amount":7}}""", "discount.price.currency")]
    [InlineData("""{"kind":"fixedPrice"}""", "discount.price")]
    [InlineData("""{"kind":"percentOff"}""", "discount.percent")]
    [InlineData("null", "discount")]
    public void What_a_discount_leaves_out_is_found_by_the_check(string discount, string field) =>
        Assert.Contains(Read(discount).Check(), r => r.Field == field);

    [Fact]
    public void A_time_with_an_offset_is_found_by_the_check() =>
        Assert.Equal(
            ["window.start", "window.end"],
            Read(
                    """{"kind":"percentOff","percent":20}""",
                    Least
                        .Replace("09:00:00", "09:00:00Z", StringComparison.Ordinal)
                        .Replace("T00:00:00", "T00:00:00+02:00", StringComparison.Ordinal)
                )
                .Check()
                .Select(static r => r.Field)
        );

    [Fact]
    public void Nulls_everywhere_are_survived()
    {
        var request = JsonSerializer.Deserialize(
            """{"name":null,"items":null,"categories":[null],"discount":null,"channels":null,"regions":[null],"window":null,"currency":"GBP","requestedBy":null,"funding":[null],"budget":null}""",
            PromotionsJson.Default.PromotionRequest
        )!;
        Assert.Equal(
            ["name", "requestedBy", "categories[0]", "discount", "channels", "regions[0]", "window", "funding[0]"],
            request.Check().Select(static r => r.Field)
        );
    }
}
