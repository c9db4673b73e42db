using static Stockgate.Domain.Tests.Ingest.Square.SquareDeliveries;

namespace Stockgate.Domain.Tests.Ingest.Square;

public class SquareTests
{
    private readonly VendorShop shop = Shop();

    [Fact]
    public void The_catalog_tells_skus_and_prices()
    {
        var events = shop.Events(ItemCatalog);
        Assert.Equal(("MUG", "Mug"), (Of<ProductUpdated>(events).Sku.Value, Of<ProductUpdated>(events).Title));
        Assert.Equal(3.00m, Of<PriceChanged>(events).Price);
    }

    [Fact]
    public void A_count_of_an_item_of_the_catalog_is_what_is_available_there()
    {
        shop.Events(ItemCatalog);
        var counted = shop.The<StockCounted>(Count());
        Assert.Equal(
            ("MUG", 90m, "warehouse", CountBasis.Available),
            (counted.Sku.Value, counted.Quantity?.Value, counted.Location.Value, counted.Basis)
        );
    }

    [Fact]
    public void A_count_of_an_unknown_item_waits_in_quarantine() =>
        Assert.Contains("ListCatalog", shop.Translate(Count()).Rejection!.Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("SOLD")]
    [InlineData("WASTE")]
    [InlineData("RESERVED_FOR_SALE")]
    public void Units_that_are_not_in_stock_are_no_count(string state) => Assert.NotNull(shop.Translate(Count(state)).IgnoredBecause);

    [Fact]
    public void A_payment_counts_when_it_is_completed()
    {
        Assert.Contains("APPROVED", shop.Translate(Payment("APPROVED")).IgnoredBecause, StringComparison.Ordinal);
        Assert.Equal(11.00m, shop.The<OrderPaid>(Payment()).Amount);
    }

    [Theory]
    [InlineData("COMPLETED", 3.30, 0, 0)]
    [InlineData("PENDING", 0, 3.30, 0)]
    [InlineData("REJECTED", 0, 0, 3.30)]
    [InlineData("FAILED", 0, 0, 3.30)]
    public void A_refund_counts_when_it_is_completed_and_is_of_its_payments_order(
        string status,
        decimal back,
        decimal pending,
        decimal failed
    )
    {
        shop.Events(Payment());
        var refunded = shop.The<OrderRefunded>(Refund(status));
        Assert.Equal(("O1", back, pending, failed), (refunded.OrderId.Value, refunded.Amount, refunded.Pending, refunded.Failed));
    }

    [Fact]
    public void A_refund_that_is_settled_later_is_one_refund_in_any_order_of_arrival()
    {
        shop.Events(Payment());
        foreach (
            var deliveries in new[] { new[] { Refund("PENDING"), Refund("COMPLETED", 2) }, [Refund("COMPLETED", 2), Refund("PENDING")] }
        )
        {
            var money = OrderMoney.Of(shop.OrderAfter(deliveries));
            Assert.Equal((3.30m, 0m), (money.Refunded, money.Pending));
        }
    }

    [Fact]
    public void Money_in_yen_has_no_smaller_unit()
    {
        shop.Events(Payment());
        Assert.Equal(330m, shop.The<OrderRefunded>(Refund("COMPLETED", 1, 330, "JPY")).Amount);
    }

    [Fact]
    public void An_order_of_which_only_the_id_is_told_is_ignored_and_its_cancellation_is_taken()
    {
        string Named(string state) =>
            Event(
                "order.updated",
                $$"""{"order_id":"O1","state":"{{state}}","version":3,"created_at":"2026-02-28T10:00:00Z","updated_at":"2026-02-28T11:00:00Z"}""",
                "order_updated"
            );
        Assert.Contains("RetrieveOrder", shop.Translate(Named("OPEN")).IgnoredBecause, StringComparison.Ordinal);
        Assert.Equal("O1", shop.The<OrderCancelled>(Named("CANCELED")).OrderId.Value);
    }

    [Theory]
    [InlineData("catalog.version.updated")]
    [InlineData("customer.created")]
    [InlineData("order.fulfillment.updated")]
    public void An_event_that_holds_nothing_to_use_is_ignored(string type) =>
        Assert.NotNull(shop.Translate(Event(type, "{}", "thing")).IgnoredBecause);

    private static T Of<T>(IReadOnlyList<TranslatedEvent> events)
        where T : ChannelEvent => Assert.Single(events.Select(static e => e.Data).OfType<T>());
}
