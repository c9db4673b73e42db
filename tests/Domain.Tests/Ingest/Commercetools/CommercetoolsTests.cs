using static Stockgate.Domain.Tests.Ingest.Commercetools.CommercetoolsDeliveries;

namespace Stockgate.Domain.Tests.Ingest.Commercetools;

public class CommercetoolsTests
{
    private readonly VendorShop shop = Shop();

    [Fact]
    public void An_order_takes_its_stock_from_the_supply_channel_and_its_tax_is_on_top()
    {
        var placed = shop.The<OrderPlaced>(Created());
        var line = Assert.Single(placed.Lines);
        Assert.Equal(("MUG", "Mug", 2m, 3.00m, 0.60m), (line.Sku.Value, line.Description, line.Quantity.Value, line.UnitPrice, line.Tax));
        Assert.Equal("warehouse", line.Location?.Value);
    }

    [Fact]
    public void A_cloud_event_an_event_of_event_grid_and_one_of_event_bridge_are_the_message_within()
    {
        var plain = shop.Events(Created()).Select(static e => e.Header);
        Assert.Equal(
            plain,
            shop.Events($$"""{"specversion":"1.0","id":"x","type":"t","source":"s","data":{{Created()}}}""").Select(static e => e.Header)
        );
        Assert.Equal(plain, shop.Events($$"""[{"id":"x","eventType":"t","data":{{Created()}}}]""").Select(static e => e.Header));
        Assert.Equal(plain, shop.Events($$"""{"id":"x","detail-type":"t","detail":{{Created()}}}""").Select(static e => e.Header));
    }

    [Fact]
    public void A_resource_of_the_api_is_taken_as_it_is() => Assert.Equal(6.60m, OrderMoney.Of(shop.OrderAfter(Order())).Total);

    [Fact]
    public void Amounts_of_high_precision_are_exact()
    {
        var precise = """{"type":"highPrecision","currencyCode":"EUR","centAmount":0,"preciseAmount":12345678901,"fractionDigits":9}""";
        var price = $$"""{"id":"sp-1","sku":"MUG","value":{{precise}},"lastModifiedAt":"2026-02-28T10:00:00Z"}""";
        Assert.Equal(12.345678901m, shop.The<PriceChanged>(price).Price);
    }

    [Fact]
    public void A_delivery_ships_the_lines_that_it_names_by_id()
    {
        shop.Events(Created());
        var shipped = shop.The<OrderShipped>(Message("DeliveryAdded", """ "delivery":{"id":"d-1","items":[{"id":"l-1","quantity":1}]} """));
        var line = Assert.Single(shipped.Lines);
        Assert.Equal(("d-1", "MUG", "warehouse", 1m), (shipped.ShipmentId, line.Sku.Value, line.Location.Value, line.Quantity.Value));
    }

    [Fact]
    public void A_delivery_of_an_order_that_is_not_known_waits_in_quarantine() =>
        Assert.Contains(
            "OrderCreated",
            shop.Translate(Message("DeliveryAdded", """ "delivery":{"id":"d-1","items":[{"id":"l-1","quantity":1}]} """)).Rejection!.Reason,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_delivery_that_is_removed_has_not_left()
    {
        shop.Events(Created());
        var removed = Message("DeliveryRemoved", """ "delivery":{"id":"d-1","items":[{"id":"l-1","quantity":1}]} """);
        Assert.True(shop.The<OrderShipped>(removed).Cancelled);
    }

    [Fact]
    public void A_line_that_was_added_later_is_known_to_its_delivery()
    {
        shop.Events(Created());
        var added = Message(
            "OrderLineItemAdded",
            $"\"lineItem\":{Line.Replace("l-1", "l-2", StringComparison.Ordinal)},\"addedQuantity\":1"
        );
        Assert.NotNull(shop.Translate(added).IgnoredBecause);
        var delivery = Message("DeliveryAdded", """ "delivery":{"id":"d-1","items":[{"id":"l-2","quantity":1}]} """);
        Assert.Equal("MUG", shop.The<OrderShipped>(delivery).Lines.Single().Sku.Value);
    }

    [Theory]
    [InlineData("BackInStock", "warehouse")]
    [InlineData("Returned", null)]
    [InlineData("Unusable", null)]
    public void Goods_that_came_back_are_restocked_where_they_are_back_in_stock(string state, string? place)
    {
        shop.Events(Created());
        var item = $$"""{"type":"LineItemReturnItem","id":"r-1","quantity":1,"lineItemId":"l-1","shipmentState":"{{state}}"}""";
        var refunded = shop.The<OrderRefunded>(Message("ReturnInfoAdded", $$""" "returnInfo":{"items":[{{item}}]} """));
        Assert.Equal((place, 0m), (refunded.RestockedAt?.Value, refunded.Amount));
    }

    [Fact]
    public void A_refund_is_told_by_its_transaction_and_settled_by_its_state()
    {
        var payment = ""","paymentInfo":{"payments":[{"typeId":"payment","id":"pay-1"}]}""";
        var transaction = $$$""" "transaction":{"id":"t-1","type":"Refund","amount":{{{Money(330)}}},"state":"Pending"} """;
        var pending = Message("PaymentTransactionAdded", transaction, "m-5", 2, "payment:pay-1");
        var settled = Message("PaymentTransactionStateChanged", """ "transactionId":"t-1","state":"Success" """, "m-6", 3, "payment:pay-1");
        var before = OrderMoney.Of(shop.OrderAfter(Created(more: payment), pending));
        Assert.Equal((0m, 3.30m), (before.Refunded, before.Pending));
        var after = OrderMoney.Of(shop.OrderAfter(Created(more: payment), pending, settled));
        Assert.Equal((3.30m, 0m), (after.Refunded, after.Pending));
    }

    [Fact]
    public void A_charge_is_a_payment_of_the_order_that_added_it()
    {
        Assert.NotNull(
            shop.Translate(
                Message("OrderPaymentAdded", """ "orderId":"o-1","paymentRef":{"typeId":"payment","id":"pay-1"} """)
            ).IgnoredBecause
        );
        var charge = $$$""" "transaction":{"id":"t-1","type":"Charge","amount":{{{Money(660)}}},"state":"Success"} """;
        var paid = shop.The<OrderPaid>(Message("PaymentTransactionAdded", charge, "m-5", 2, "payment:pay-1"));
        Assert.Equal(("o-1", 6.60m, true), (paid.OrderId.Value, paid.Amount, paid.Captured));
    }

    [Theory]
    [InlineData("Paid", false)]
    [InlineData("Failed", true)]
    [InlineData("Pending", true)]
    public void The_payment_state_holds_and_releases(string state, bool held) =>
        Assert.Equal(
            held,
            shop.The<OrderHeld>(Message("OrderPaymentStateChanged", $$""" "orderId":"o-1","paymentState":"{{state}}" """)).Held
        );

    [Fact]
    public void A_cancelled_order_is_cancelled_and_other_states_are_ignored_by_name()
    {
        shop.The<OrderCancelled>(Message("OrderStateChanged", """ "orderId":"o-1","orderState":"Cancelled" """));
        var confirmed = shop.Translate(Message("OrderStateChanged", """ "orderId":"o-1","orderState":"Confirmed" """));
        Assert.Contains("Confirmed", confirmed.IgnoredBecause, StringComparison.Ordinal);
    }

    [Fact]
    public void Stock_is_what_is_available_at_its_supply_channel()
    {
        var entry =
            """{"id":"i-1","sku":"MUG","supplyChannel":{"typeId":"channel","id":"wh-1"},"quantityOnStock":9,"availableQuantity":7}""";
        var created = shop.The<StockCounted>(
            Message("InventoryEntryCreated", $"\"inventoryEntry\":{entry}", "m-1", 1, "inventory-entry:i-1")
        );
        Assert.Equal((7m, "warehouse", CountBasis.Available), (created.Quantity?.Value, created.Location.Value, created.Basis));
        var set = """ "oldQuantityOnStock":9,"newQuantityOnStock":5,"oldAvailableQuantity":7,"newAvailableQuantity":3 """;
        var changed = shop.The<StockCounted>(Message("InventoryEntryQuantitySet", set, "m-2", 2, "inventory-entry:i-1"));
        Assert.Equal(("MUG", 3m, "warehouse"), (changed.Sku.Value, changed.Quantity?.Value, changed.Location.Value));
        var deleted = Message("InventoryEntryDeleted", """ "sku":"MUG","supplyChannel":null """, "m-3", 3, "inventory-entry:i-1");
        Assert.Null(shop.The<StockCounted>(deleted).Quantity);
    }

    [Fact]
    public void A_price_changes_by_its_id_and_its_discount_ends()
    {
        var price = $$"""{"id":"sp-1","sku":"MUG","country":"DE","value":{{Money(1000)}},"active":true}""";
        shop.Events(Message("StandalonePriceCreated", $"\"standalonePrice\":{price}", "m-1", 1, "standalone-price:sp-1"));
        string Set(string what, string id) => Message(what, id, $"m-{id.Length}", 2, "standalone-price:sp-1");
        var changed = shop.The<PriceChanged>(Set("StandalonePriceValueChanged", $"\"value\":{Money(900)}"));
        Assert.Equal(("MUG", 9.00m, "DE", null), (changed.Sku.Value, changed.Price, changed.Region, changed.CompareAt));
        var reduced = shop.The<PriceChanged>(Set("StandalonePriceDiscountSet", $"\"discounted\":{{\"value\":{Money(700)}}}"));
        Assert.Equal((7.00m, 9.00m), (reduced.Price, reduced.CompareAt));
        Assert.Equal(9.00m, shop.The<PriceChanged>(Set("StandalonePriceDiscountSet", "\"discounted\":null")).Price);
    }

    [Fact]
    public void A_published_product_tells_its_variants_and_the_price_for_everybody()
    {
        var prices =
            $$$"""[{"value":{{{Money(500)}}},"customerGroup":{"id":"g"}},{"value":{{{Money(1000)}}},"discounted":{"value":{{{Money(800)}}}}}]""";
        var product =
            $$"""{"id":"p-1","name":{"en":"Mug"},"published":true,"masterVariant":{"id":1,"sku":"MUG","prices":{{prices}}},"variants":[{"id":2,"sku":"MUG-L"}]}""";
        var events = shop.Events(Message("ProductPublished", $"\"productProjection\":{product}", resource: "product:p-1"));
        Assert.Equal(["MUG", "MUG-L"], events.Select(static e => e.Data).OfType<ProductUpdated>().Select(static p => p.Sku.Value));
        var price = Assert.Single(events.Select(static e => e.Data).OfType<PriceChanged>());
        Assert.Equal((8.00m, 10.00m), (price.Price, price.CompareAt));
    }

    [Fact]
    public void An_unknown_message_is_ignored_by_its_type() =>
        Assert.Contains(
            "CustomerEmailChanged",
            shop.Translate(Message("CustomerEmailChanged", "\"email\":null")).IgnoredBecause,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("ResourceCreated")]
    [InlineData("ResourceUpdated")]
    [InlineData("ResourceDeleted")]
    public void A_notification_without_data_says_what_to_choose_in_the_subscription(string kind) =>
        Assert.Contains(
            "'messages'",
            shop.Translate($$"""{"notificationType":"{{kind}}","resource":{"typeId":"order","id":"o-1"},"version":1}""").IgnoredBecause,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_message_that_was_too_large_to_be_sent_waits_in_quarantine() =>
        Assert.Equal(
            "payloadNotIncluded",
            shop.Translate(
                Message("OrderCreated", """ "payloadNotIncluded":{"reason":"too large","payloadType":"OrderCreated"} """)
            ).Rejection?.Field
        );
}
