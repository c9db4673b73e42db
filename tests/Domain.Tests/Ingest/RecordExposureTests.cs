using System.Text;

namespace Stockgate.Domain.Tests.Ingest;

public class RecordExposureTests
{
    private static (decimal? Units, decimal? Money, string? Currency) Of(string json)
    {
        var exposure = RecordExposure.Of(Encoding.UTF8.GetBytes(json));
        return (exposure.Units, exposure.Money?.Amount, exposure.Money?.Currency.Code);
    }

    [Fact]
    public void An_order_of_a_shop_says_its_total_and_its_units() =>
        Assert.Equal(
            (3m, 59.70m, "GBP"),
            Of("""{"id":1,"currency":"GBP","total_price":"59.70","line_items":[{"quantity":2},{"quantity":1},{"sku":null}]}""")
        );

    [Fact]
    public void Amounts_in_the_smallest_unit_are_worth_their_currencys_digits()
    {
        Assert.Equal(
            (2m, 6.00m, "EUR"),
            Of("""{"order":{"totalPrice":{"currencyCode":"EUR","centAmount":600},"lineItems":[{"quantity":2}]}}""")
        );
        Assert.Equal((null, 600m, "JPY"), Of("""{"total_money":{"amount":600,"currency":"JPY"}}"""));
    }

    [Fact]
    public void A_canonical_event_says_it_in_its_data()
    {
        Assert.Equal((5m, null, null), Of("""{"type":"stockgate.stock.counted.v1","data":{"sku":"A","quantity":5}}"""));
        Assert.Equal((null, 9.99m, "GBP"), Of("""{"data":{"sku":"A","price":9.99,"currency":"GBP"}}"""));
    }

    [Theory]
    [InlineData("{ cut")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("""{"data":{"quantity":-5,"price":"free","currency":"GBP"}}""")]
    [InlineData("""{"data":{"quantity":2000000000}}""")]
    [InlineData("""{"total":5}""")]
    [InlineData("""{"lines":"many"}""")]
    public void What_says_nothing_or_nothing_plausible_is_unknown(string json) => Assert.Equal((null, null, null), Of(json));

    [Fact]
    public void Nothing_that_is_sent_ends_in_a_fault()
    {
        const string whole =
            """{"id":1,"currency":"GBP","total_price":"59.70","total_money":{"amount":600,"currency":"JPY"},"line_items":[{"quantity":2},{"quantity":1}],"data":{"order":{"amount":1}}}""";
        for (var seed = 0; seed < 5_000; seed++)
            Assert.NotNull(RecordExposure.Of(Encoding.UTF8.GetBytes(MutatedJson.Of(whole, seed))));
    }
}
