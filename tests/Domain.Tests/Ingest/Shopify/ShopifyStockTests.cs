using System.Text.Json;
using Stockgate.Domain.Ingest.Shopify;

namespace Stockgate.Domain.Tests.Ingest.Shopify;

public class ShopifyStockTests
{
    [Fact]
    public void A_fulfilment_is_a_parcel_from_its_place()
    {
        var made = Assert.Single(Shop.Events(ShopifyTopics.FulfillmentsCreate, Shop.Fulfilment()));
        Assert.Equal("fulfillment:55", made.Header.Id);
        var shipped = Assert.IsType<OrderShipped>(made.Data);
        Assert.Equal((new OrderId("1001"), "55"), (shipped.OrderId, shipped.ShipmentId));
        Assert.Equal(Given.At("store-1", "MUG", 2), Assert.Single(shipped.Lines));
    }

    [Fact]
    public void One_that_arrived_is_delivered_too()
    {
        var events = Shop.Events(
            ShopifyTopics.FulfillmentsCreate,
            Shop.Fulfilment(""","shipment_status":"delivered","updated_at":"2026-02-28T18:00:00Z" """)
        );
        Assert.Equal(new OrderDelivered { OrderId = new OrderId("1001"), ShipmentId = "55" }, events[1].Data);
        Assert.Equal(18, events[1].Header.OccurredAt.Hour);
        Assert.Single(Shop.Events(ShopifyTopics.FulfillmentsCreate, Shop.Fulfilment(",\"shipment_status\":\"in_transit\"")));
    }

    [Theory]
    [InlineData("\"order_id\":1001,", "", "order_id")]
    [InlineData("\"quantity\":2", "\"quantity\":{}", "line_items[0].quantity")]
    [InlineData("[{\"sku\":\"MUG\",\"quantity\":2}]", "7", "line_items")]
    [InlineData("\"location_id\":1", "\"location_id\":{}", "location_id")]
    public void A_wrong_field_of_a_fulfilment_is_named(string there, string wrong, string field) =>
        Assert.Equal(
            field,
            Shop.Rejected(ShopifyTopics.FulfillmentsCreate, Shop.Fulfilment().Replace(there, wrong, StringComparison.Ordinal)).Field
        );

    [Fact]
    public void A_level_of_a_known_item_is_a_count_of_what_can_be_promised()
    {
        var made = Assert.Single(Shop.Events(ShopifyTopics.InventoryLevelsUpdate, Shop.Level(), stocked: "MUG"));
        Assert.Equal(
            new StockCounted
            {
                Sku = new Sku("MUG"),
                Location = new LocationId("store-1"),
                Quantity = new Quantity(6),
                Basis = CountBasis.Available,
            },
            made.Data
        );
    }

    [Fact]
    public void A_level_is_known_by_its_event_then_by_its_delivery_then_by_its_body()
    {
        string Id(string? eventId, string? webhookId, string more = "\"available\":6") =>
            Assert
                .Single(
                    Shop.Translate(
                        ShopifyTopics.InventoryLevelsUpdate,
                        Shop.Level(more),
                        "MUG",
                        DeliveryHeaders.Of(eventId, webhookId, null)
                    ).Events
                )
                .Header.Id;
        Assert.Equal("inventory:808:1:e-1", Id("e-1", "d-1"));
        Assert.Equal(Id("e-1", "d-1"), Id("e-1", "d-2"));
        Assert.Equal("inventory:808:1:d-1", Id(null, "d-1"));
        Assert.Equal(Id(null, null), Id("", " "));
        Assert.NotEqual(Id(null, null), Id(null, null, "\"available\":5"));
        // A header is not signed: whatever stands in it, an event's id stays one.
        Assert.InRange(Id(new string('x', 5_000), null).Length, 30, 256);
    }

    [Theory]
    [InlineData("2026-02-28T12:00:00.123456789Z", "2026-02-28T12:00:00.1234567Z")]
    [InlineData("2026-02-28T12:00:00Z", "2026-02-28T12:00:00Z")]
    [InlineData("2026-02-28T13:00:00.5+01:00", "2026-02-28T12:00:00.5Z")]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void When_it_was_triggered_orders_the_events_of_one_moment(string? header, string? triggered) =>
        Assert.Equal(
            triggered is null
                ? Given.Now.UtcTicks
                : DateTimeOffset.Parse(triggered, System.Globalization.CultureInfo.InvariantCulture).UtcTicks,
            Assert
                .Single(
                    Shop.Translate(ShopifyTopics.InventoryLevelsUpdate, Shop.Level(), "MUG", DeliveryHeaders.Of(null, null, header)).Events
                )
                .Header.Sequence
        );

    [Theory]
    [InlineData("-2", -2)]
    [InlineData("0", 0)]
    [InlineData("null", null)]
    public void A_level_may_be_below_zero_or_withdrawn(string available, int? figure)
    {
        var counted = Assert.IsType<StockCounted>(
            Assert.Single(Shop.Events(ShopifyTopics.InventoryLevelsUpdate, Shop.Level($"\"available\":{available}"), stocked: "MUG")).Data
        );
        Assert.Equal(figure is { } units ? new Quantity(units) : null, counted.Quantity);
    }

    [Fact]
    public void A_level_of_an_unknown_item_waits_for_its_product()
    {
        var rejection = Shop.Rejected(ShopifyTopics.InventoryLevelsUpdate, Shop.Level());
        Assert.Equal("inventory_item_id", rejection.Field);
        Assert.Contains("808 is unknown", rejection.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("808", "null", "inventory_item_id")]
    [InlineData("808", "true", "inventory_item_id")]
    [InlineData("\"available\":6", "\"availible\":6", "available")]
    [InlineData("\"available\":6", "\"available\":2000000000", "available")]
    [InlineData("\"available\":6", "\"available\":\"many\"", "available")]
    [InlineData("\"location_id\":1", "\"location_id\":null", "location_id")]
    [InlineData("2026-02-28T12:00:00Z", "", "updated_at")]
    public void A_wrong_field_of_a_level_is_named(string there, string wrong, string field) =>
        Assert.Equal(
            field,
            Shop.Rejected(
                ShopifyTopics.InventoryLevelsUpdate,
                Shop.Level().Replace(there, wrong, StringComparison.Ordinal),
                stocked: "MUG"
            ).Field
        );

    [Theory]
    [InlineData("""{"inventory_item_id":808}""", "808")]
    [InlineData("""{"inventory_item_id":"808"}""", "808")]
    [InlineData("""{"inventory_item_id":null}""", null)]
    [InlineData("""{"inventory_item_id":{}}""", null)]
    [InlineData("""{"inventory_item_id":"\ud800"}""", null)]
    [InlineData("{}", null)]
    [InlineData("[]", null)]
    [InlineData("5", null)]
    public void The_item_of_a_level_is_found_or_not(string body, string? item)
    {
        using var document = JsonDocument.Parse(body);
        Assert.Equal(item, ShopifyTranslator.InventoryItem(document.RootElement));
    }
}
