using static Stockgate.Domain.Tests.Ingest.Shopware.ShopwareDeliveries;

namespace Stockgate.Domain.Tests.Ingest.Shopware;

public class ShopwareTests
{
    private const string Placed = "checkout.order.placed",
        Paid = "state_enter.order_transaction.state.paid";

    private static readonly string Transactions =
        ""","transactions":[{"id":"t-1","amount":{"totalPrice":11.6},"stateMachineState":{"technicalName":"paid"}}]""";

    private readonly VendorShop shop = Shop();

    [Fact]
    public void A_net_order_has_its_tax_on_top_and_a_gross_one_within()
    {
        Assert.Equal(0.60m, shop.The<OrderPlaced>(OrderEvent(Placed, Order())).Lines.Single().Tax);
        var gross = shop.The<OrderPlaced>(OrderEvent(Placed, Order(tax: "gross", total: "11.0")));
        Assert.Equal((0m, 0m), (gross.Lines.Single().Tax, gross.Charges?.Rounding));
    }

    [Fact]
    public void Promotions_and_credits_are_discounts_and_custom_lines_are_money()
    {
        var promotion =
            """{"id":"l-2","type":"promotion","label":"10 % off","quantity":1,"totalPrice":-0.6,"price":{"totalPrice":-0.6,"calculatedTaxes":[{"tax":-0.06}]}}""";
        var credit =
            """{"id":"l-3","type":"credit","label":"Sorry","quantity":1,"totalPrice":-1.0,"price":{"totalPrice":-1.0,"calculatedTaxes":[]}}""";
        var custom =
            """{"id":"l-4","type":"custom","label":"Engraving","quantity":1,"totalPrice":2.0,"price":{"totalPrice":2.0,"calculatedTaxes":[]}}""";
        var placed = shop.The<OrderPlaced>(OrderEvent(Placed, Order($"{Line},{promotion},{credit},{custom}", total: "11.94")));
        Assert.Equal((1.66m, 0m), (placed.Charges?.Discount, placed.Charges?.Rounding));
        Assert.Equal("Engraving", placed.Unstocked.Single().Description);
    }

    [Fact]
    public void An_order_may_be_the_payload_or_the_first_of_it()
    {
        Assert.Equal("o-1", shop.The<OrderPlaced>(Event(Placed, Order())).OrderId.Value);
        Assert.Equal("o-1", shop.The<OrderPlaced>(Event(Placed, $"[{Order()}]")).OrderId.Value);
    }

    [Fact]
    public void A_payment_releases_the_order()
    {
        var events = shop.Events(OrderEvent(Paid, Order(more: Transactions)));
        Assert.Equal(
            ("t-1", 11.60m, true),
            events.Select(static e => e.Data).OfType<OrderPaid>().Select(static p => (p.PaymentId, p.Amount, p.Captured)).Single()
        );
        Assert.False(events.Select(static e => e.Data).OfType<OrderHeld>().Single().Held);
    }

    [Fact]
    public void A_refunded_payment_goes_back_whole()
    {
        var order = Order(more: Transactions.Replace("paid", "refunded", StringComparison.Ordinal));
        Assert.Equal(11.60m, shop.The<OrderRefunded>(OrderEvent("state_enter.order_transaction.state.refunded", order)).Amount);
    }

    [Fact]
    public void A_partial_refund_that_does_not_say_how_much_is_ignored_with_what_to_subscribe_to() =>
        Assert.Contains(
            "capture_refund",
            shop.Translate(OrderEvent("state_enter.order_transaction.state.refunded_partially", Order())).IgnoredBecause,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("shipped", false)]
    [InlineData("cancelled", true)]
    public void A_delivery_that_is_shipped_has_left_and_a_cancelled_one_has_not(string state, bool cancelled)
    {
        var shipped = shop.The<OrderShipped>(OrderEvent($"state_enter.order_delivery.state.{state}", Order()));
        Assert.Equal((cancelled, "MUG", 2m), (shipped.Cancelled, shipped.Lines.Single().Sku.Value, shipped.Lines.Single().Quantity.Value));
    }

    [Fact]
    public void A_delivery_ships_its_positions()
    {
        var deliveries =
            ""","deliveries":[{"id":"d-1","positions":[{"orderLineItemId":"l-1","quantity":1}],"stateMachineState":{"technicalName":"shipped"}},{"id":"d-2","stateMachineState":{"technicalName":"open"}}]""";
        var order = Order(more: deliveries).Replace("\"deliveries\":null,", "", StringComparison.Ordinal);
        var shipped = shop.The<OrderShipped>(OrderEvent("state_enter.order_delivery.state.shipped", order));
        Assert.Equal(("d-1", 1m), (shipped.ShipmentId, shipped.Lines.Single().Quantity.Value));
    }

    [Fact]
    public void A_cancelled_order_is_cancelled_and_other_states_are_ignored_by_name()
    {
        shop.The<OrderCancelled>(OrderEvent("state_enter.order.state.cancelled", Order()));
        Assert.Contains(
            "completed",
            shop.Translate(OrderEvent("state_enter.order.state.completed", Order())).IgnoredBecause,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("product.written")]
    [InlineData("order.deleted")]
    [InlineData("checkout.customer.login")]
    [InlineData("app.activated")]
    public void An_event_without_data_is_ignored_by_name(string name)
    {
        var payload = """[{"entity":"product","operation":"update","primaryKey":"p-1","updatedFields":["stock"]}]""";
        Assert.Contains(name, shop.Translate(Event(name, payload)).IgnoredBecause, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_order_the_missing_permission_is_named() =>
        Assert.Contains("order:read", shop.Translate(Event(Placed, "[]")).Rejection!.Reason, StringComparison.Ordinal);
}
