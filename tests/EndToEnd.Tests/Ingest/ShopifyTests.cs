using System.Text;
using System.Text.Json;
using Stockgate.Demo.Local;
using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests.Ingest;

[Collection(SharedApp.Name)]
public class ShopifyTests(RunningApp running)
{
    private const string Fixtures = "webhooks/shopify";

    private static string Order(long id, string sku, int quantity) =>
        $$"""{"id":{{id}},"created_at":"2026-03-02T10:00:00-05:00","currency":"GBP","location_id":null,"customer":{"id":7},"line_items":[{"variant_id":11,"title":"Mug","quantity":{{quantity}},"price":"9.99","sku":"{{sku}}","total_discount":"0.00"}]}""";

    private static string Product(long id, string sku, long item) =>
        $$"""{"id":{{id}},"title":"Mug","vendor":"Acme","product_type":"Kitchen","status":"active","updated_at":"2026-03-01T12:00:00Z","variants":[{"id":{{id + 1}},"title":"Blue","sku":"{{sku}}","price":"9.99","inventory_item_id":{{item}}}]}""";

    private static string Level(long item, int available) =>
        $$"""{"inventory_item_id":{{item}},"location_id":9001,"available":{{available}},"updated_at":"2026-03-02T12:00:00Z"}""";

    private static string Fixture(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedData.Find($"{Fixtures}/{file}.json")!));
        return document.RootElement.EnumerateObject().First().Value.GetRawText();
    }

    private async Task AcceptedAsync(string topic, string body)
    {
        var receipt = await running.Partner.ShopifyAsync(topic, body);
        Assert.True(receipt.GetProperty("accepted").GetInt32() == 1, receipt.ToString());
        await running.ProjectedAsync();
    }

    private async Task<(string? Status, decimal Reserved)> OrderAsync(long id)
    {
        var order = await running.ReadAsync($"orders/{id}");
        return (
            order.GetProperty("status").GetString(),
            order.GetProperty("reserved").EnumerateArray().Sum(r => r.GetProperty("quantity").GetDecimal())
        );
    }

    [Fact]
    public async Task An_order_of_the_shop_is_placed_and_reserves()
    {
        await AcceptedAsync("orders/create", Order(71001, "SH-1", 2));
        Assert.Equal(("Placed", 2m), await OrderAsync(71001));
        Assert.Equal(19.98m, (await running.ReadAsync("orders/71001")).GetProperty("gross").GetDecimal());
    }

    [Fact]
    public async Task A_cancelled_order_of_the_shop_reserves_nothing()
    {
        await AcceptedAsync("orders/create", Order(71002, "SH-2", 2));
        await AcceptedAsync(
            "orders/cancelled",
            """{"id":71002,"updated_at":"2026-03-02T17:00:00Z","cancelled_at":"2026-03-02T17:00:00Z","cancel_reason":"customer"}"""
        );
        Assert.Equal(("Cancelled", 0m), await OrderAsync(71002));
    }

    [Fact]
    public async Task A_fulfilment_of_the_shop_ships_and_a_refund_restocks()
    {
        await AcceptedAsync("products/update", Product(8100, "SH-3", 810001));
        await AcceptedAsync("inventory_levels/update", Level(810001, 10));
        await AcceptedAsync("orders/create", Order(71003, "SH-3", 2));
        await AcceptedAsync(
            "fulfillments/create",
            """{"id":51,"order_id":71003,"created_at":"2026-03-02T18:00:00Z","location_id":9001,"line_items":[{"sku":"SH-3","quantity":2}]}"""
        );
        await AcceptedAsync(
            "refunds/create",
            """{"id":61,"order_id":71003,"created_at":"2026-03-02T19:00:00Z","refund_line_items":[{"quantity":1,"restock_type":"return","location_id":9001,"subtotal":9.99,"line_item":{"sku":"SH-3","variant_id":11,"title":"Mug","price":"9.99"}}]}"""
        );
        Assert.Equal(("Shipped", 0m), await OrderAsync(71003));
        Assert.Equal(9.99m, (await running.ReadAsync("orders/71003")).GetProperty("refunded").GetDecimal());
        Assert.Equal(9, (await running.ReadAsync("inventory/SH-3")).GetProperty("availableToPromise").GetDecimal());
    }

    [Fact]
    public async Task A_product_of_the_shop_shows_its_data_and_its_price()
    {
        await AcceptedAsync("products/update", Product(8200, "SH-4", 820001));
        var product = await running.ReadAsync("products/SH-4");
        Assert.Equal("Mug · Blue", product.GetProperty("product").GetProperty("value").GetProperty("title").GetString());
        Assert.Equal(
            9.99m,
            Assert.Single(product.GetProperty("prices").EnumerateArray()).GetProperty("value").GetProperty("price").GetDecimal()
        );
    }

    [Fact]
    public async Task A_level_of_a_known_item_is_a_count()
    {
        await AcceptedAsync("products/update", Product(8300, "SH-5", 830001));
        await AcceptedAsync("inventory_levels/update", Level(830001, 6));
        var position = Assert.Single((await running.ReadAsync("inventory/SH-5")).GetProperty("locations").EnumerateArray());
        Assert.Equal(
            ("online", 6m),
            (position.GetProperty("location").GetString(), position.GetProperty("availableToPromise").GetDecimal())
        );
    }

    [Fact]
    public async Task A_level_of_an_unknown_item_waits_in_quarantine_and_is_replayed_when_its_product_is_known()
    {
        var receipt = await running.Partner.ShopifyAsync("inventory_levels/update", Level(840001, 4));
        var record = receipt.GetProperty("records")[0];
        Assert.Equal(
            ("quarantined", "inventory_item_id"),
            (record.GetProperty("status").GetString(), record.GetProperty("field").GetString())
        );
        await AcceptedAsync("products/update", Product(8400, "SH-6", 840001));
        using var replayed = await running.CallAsync(
            HttpMethod.Post,
            $"quarantine/{AppSettings.ShopifyChannel}/{record.GetProperty("quarantineId").GetString()}/replay",
            "Ada"
        );
        Assert.Equal(202, (int)replayed.StatusCode);
        await running.ProjectedAsync();
        Assert.Equal(4, (await running.ReadAsync("inventory/SH-6")).GetProperty("availableToPromise").GetDecimal());
    }

    [Fact]
    public async Task The_same_order_delivered_twice_is_one_order()
    {
        await AcceptedAsync("orders/create", Order(71007, "SH-7", 2));
        await AcceptedAsync("orders/create", Order(71007, "SH-7", 2));
        Assert.Equal(("Placed", 2m), await OrderAsync(71007));
    }

    [Fact]
    public async Task A_topic_that_is_not_used_is_ignored_and_told()
    {
        var record = (await running.Partner.ShopifyAsync("carts/update", """{"id":1}""")).GetProperty("records")[0];
        Assert.Equal("ignored", record.GetProperty("status").GetString());
        Assert.Contains("carts/update", record.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "orders/create",
        """{"id":1,"created_at":"2026-03-02T10:00:00Z","line_items":[{"sku":"X","quantity":1,"price":"1.00"}]}""",
        "line_items[0].title"
    )]
    [InlineData("orders/create", "{ cut off", "")]
    public async Task A_delivery_that_cannot_be_translated_is_kept_whole(string topic, string body, string field)
    {
        var record = (await running.Partner.ShopifyAsync(topic, body)).GetProperty("records")[0];
        Assert.Equal(("quarantined", field), (record.GetProperty("status").GetString(), record.GetProperty("field").GetString()));
        using var bytes = await running.GetAsync(
            $"quarantine/{AppSettings.ShopifyChannel}/{record.GetProperty("quarantineId").GetString()}"
        );
        Assert.Equal(Encoding.UTF8.GetBytes(body), await bytes.Content.ReadAsByteArrayAsync());
    }

    [SharedDataFact($"{Fixtures}/order.json")]
    public async Task The_vendors_order_is_taken()
    {
        await AcceptedAsync("orders/create", Fixture("order"));
        Assert.Equal(("Cancelled", 0m), await OrderAsync(123456));
    }

    [SharedDataFact($"{Fixtures}/fulfillment.json")]
    public async Task The_vendors_fulfilment_is_taken()
    {
        await AcceptedAsync("fulfillments/create", Fixture("fulfillment"));
        Assert.Equal("Announced", (await OrderAsync(450789469)).Status);
        Assert.Equal(-1, (await running.ReadAsync("inventory/IPOD2008GREEN")).GetProperty("availableToPromise").GetDecimal());
    }

    [SharedDataFact($"{Fixtures}/product.json")]
    public async Task The_vendors_product_is_taken()
    {
        await AcceptedAsync("products/update", Fixture("product"));
        Assert.Contains(
            "Burton Custom Freestyle 151",
            (await running.ReadAsync("products/shopify-variant-1070325219")).ToString(),
            StringComparison.Ordinal
        );
    }

    [SharedDataFact($"{Fixtures}/inventory_level.json")]
    public async Task The_vendors_level_is_taken_when_its_item_is_known()
    {
        await AcceptedAsync("products/update", Product(8500, "SH-8", 808950810));
        await AcceptedAsync("inventory_levels/update", Fixture("inventory_level"));
        Assert.Equal(6, (await running.ReadAsync("inventory/SH-8")).GetProperty("availableToPromise").GetDecimal());
    }
}
