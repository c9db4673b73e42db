using System.Text.Json;
using Stockgate.Domain.Ingest.Shopify;

namespace Stockgate.Domain.Tests.Ingest.Shopify;

/// <summary>The fixtures of a vendor's SDK, which wrap a delivery in a root key.</summary>
public class ShopifyVendorFixtureTests
{
    private const string Folder = "webhooks/shopify";

    private static string Delivery(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedData.Find($"{Folder}/{file}.json")!));
        return document.RootElement.EnumerateObject().First().Value.GetRawText();
    }

    [SharedDataFact($"{Folder}/order.json")]
    public void The_vendors_order_is_placed_and_cancelled()
    {
        var events = Shop.Events(ShopifyTopics.OrdersCreate, Delivery("order"));
        Assert.Equal(["order:123456", "order:123456:cancelled"], events.Select(e => e.Header.Id));
        var placed = Assert.IsType<OrderPlaced>(events[0].Data);
        Assert.Equal(["shopify-product-111475476", "shopify-product-5410685889"], placed.Lines.Select(l => l.Sku.Value));
        Assert.Equal([0m, 0m], placed.Lines.Select(l => l.Amount));
        Assert.Equal(("USD", "US", (string?)null), (placed.Currency.Code, placed.Country, placed.CustomerId));
        Assert.Equal("customer", Assert.IsType<OrderCancelled>(events[1].Data).Reason);
    }

    [SharedDataFact($"{Folder}/fulfillment.json")]
    public void The_vendors_fulfilment_is_a_parcel_of_three()
    {
        var shipped = Assert.IsType<OrderShipped>(
            Assert.Single(Shop.Events(ShopifyTopics.FulfillmentsCreate, Delivery("fulfillment"))).Data
        );
        Assert.Equal(["IPOD2008GREEN", "IPOD2008RED", "IPOD2008BLACK"], shipped.Lines.Select(l => l.Sku.Value));
        Assert.All(shipped.Lines, line => Assert.Equal("warehouse", line.Location.Value));
        Assert.Equal(("450789469", "1022782888"), (shipped.OrderId.Value, shipped.ShipmentId));
    }

    [SharedDataFact($"{Folder}/inventory_level.json")]
    public void The_vendors_level_is_a_count_of_six()
    {
        var counted = Assert.IsType<StockCounted>(
            Assert.Single(Shop.Events(ShopifyTopics.InventoryLevelsUpdate, Delivery("inventory_level"), stocked: "IPOD")).Data
        );
        Assert.Equal((6m, "warehouse", "IPOD"), (counted.Quantity!.Value.Value, counted.Location.Value, counted.Sku.Value));
        Assert.Contains(
            "808950810",
            Shop.Rejected(ShopifyTopics.InventoryLevelsUpdate, Delivery("inventory_level")).Reason,
            StringComparison.Ordinal
        );
    }

    [SharedDataFact($"{Folder}/product.json")]
    public void The_vendors_product_is_a_snowboard()
    {
        var product = Assert.IsType<ProductUpdated>(Shop.Events(ShopifyTopics.ProductsUpdate, Delivery("product"))[0].Data);
        Assert.Equal(
            ("shopify-variant-1070325219", "Burton Custom Freestyle 151", "Burton", "Snowboard", true),
            (product.Sku.Value, product.Title, product.Brand, product.Category, product.Active)
        );
    }

    [SharedDataFact($"{Folder}/variant.json")]
    public void A_resource_of_another_kind_is_refused()
    {
        foreach (
            var topic in new[]
            {
                ShopifyTopics.OrdersCreate,
                ShopifyTopics.RefundsCreate,
                ShopifyTopics.FulfillmentsCreate,
                ShopifyTopics.InventoryLevelsUpdate,
            }
        )
            Shop.Rejected(topic, Delivery("variant"));
    }

    [SharedDataFact($"{Folder}/orderlineitems__properties_invalid0.json")]
    public void A_body_that_is_cut_off_is_not_json() =>
        Assert.ThrowsAny<JsonException>(() =>
            JsonDocument.Parse(File.ReadAllText(SharedData.Find($"{Folder}/orderlineitems__properties_invalid0.json")!))
        );

    [SharedDataFact($"{Folder}/orderlineitems__properties_invalid1.json")]
    public void Properties_of_the_wrong_type_concern_nobody()
    {
        using var broken = JsonDocument.Parse(File.ReadAllText(SharedData.Find($"{Folder}/orderlineitems__properties_invalid1.json")!));
        var properties = broken.RootElement.GetProperty("properties").GetRawText();
        Shop.Events(
            ShopifyTopics.OrdersCreate,
            Shop.Order(Shop.Line.Replace("{\"variant_id\"", $"{{\"properties\":{properties},\"variant_id\"", StringComparison.Ordinal))
        );
        Assert.Equal("id", Shop.Rejected(ShopifyTopics.OrdersCreate, broken.RootElement.GetRawText()).Field);
    }
}
