using System.Text.Json;

namespace Stockgate.Domain.Tests.Catalog;

public class CatalogEventTests
{
    [Fact]
    public void A_price_of_nothing_is_a_price() =>
        Assert.Null(
            new PriceChanged
            {
                Sku = new Sku("A"),
                Price = 0,
                Currency = Given.Gbp,
            }.Check()
        );

    [Fact]
    public void A_cost_needs_its_currency()
    {
        var product = new ProductUpdated
        {
            Sku = new Sku("A"),
            Title = "Mug",
            UnitCost = 2,
        };
        Assert.Equal("currency", product.Check()?.Field);
        Assert.Null((product with { Currency = Given.Gbp }).Check());
    }

    [Fact]
    public void A_product_of_every_field_survives_json()
    {
        var product = new ProductUpdated
        {
            Sku = new Sku("A"),
            Title = "Mug",
            Category = "Kitchen",
            Brand = "B",
            Supplier = "S",
            Active = false,
            UnitCost = 1.25m,
            Currency = Given.Gbp,
            ChannelIds = new Dictionary<string, string> { ["inventory_item"] = "808950810" },
        };
        var again = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(product, EventJson.Default.ProductUpdated),
            EventJson.Default.ProductUpdated
        )!;
        Assert.Equal(product with { ChannelIds = null }, again with { ChannelIds = null });
        Assert.Equal(product.ChannelIds, again.ChannelIds);
    }

    [Fact]
    public void Events_say_what_they_are_about()
    {
        Assert.Equal(
            "sku A",
            new PriceChanged
            {
                Sku = new Sku("A"),
                Price = 0,
                Currency = Given.Gbp,
            }.Subject
        );
        Assert.Equal("order 1001", Given.Cancelled().Subject);
    }
}
