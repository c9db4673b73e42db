using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.WooCommerce;

/// <summary>
/// Makes an order of a delivery, and what its status says became of it. An order is delivered again with every change: the newest
/// delivery is how it stands, and a status that comes with it is a statement of its own. Amounts are in the order's currency, without
/// tax whatever <c>prices_include_tax</c> says; a line's <c>subtotal</c> is before coupons, its <c>total</c> after them. Facts:
/// https://woocommerce.github.io/woocommerce-rest-api-docs/#order-properties
/// </summary>
internal static class WooOrder
{
    /// <returns>Why the delivery is of no order yet; null where it is.</returns>
    public static string? IgnoredBecause(JsonFields order)
    {
        var status = order.OptionalText("status");
        if (status is "auto-draft" or "checkout-draft" or "draft" or "trash")
            return $"an order in status '{status}' is not placed";
        return order.Has("line_items") || order.Has("fee_lines") ? null : "an order without any line is not placed";
    }

    public static IEnumerable<TranslatedEvent> Of(JsonFields order, ShopEvents events)
    {
        var (id, status) = (order.Id("id"), order.OptionalText("status") ?? "pending");
        var placedAt = order.Utc("date_created");
        var modifiedAt = order.OptionalUtc("date_modified") ?? placedAt;
        var placed = Placed(order, id, status, events.Shop);
        // The time of a placement is when the customer ordered, in every version of it; the sequence says which version is the newest.
        var (stamp, sequence) = (modifiedAt.ToUnixTimeSeconds(), modifiedAt.ToUnixTimeSeconds());
        var version = DeliveryHeaders.Digest(System.Text.Encoding.UTF8.GetString(EventTypes.TextOf(placed)));
        yield return events.Of($"order:{id}:{stamp}:{version}", placedAt, placed, sequence);
        foreach (var said in WooOrderStatus.Of(order, placed, status, modifiedAt, events))
            yield return said;
        foreach (var refund in order.List("refunds"))
            yield return Refunded(refund, placed, placedAt, events);
    }

    private static OrderPlaced Placed(JsonFields order, string id, string status, ChannelShop shop)
    {
        var lines = order.List("line_items");
        var fees = order.List("fee_lines").Where(static fee => fee.OptionalNumber("total") is > 0).ToList();
        var placed = new OrderPlaced
        {
            OrderId = new OrderId(id),
            Currency = order.OptionalCurrency("currency") ?? shop.Currency,
            Location = shop.LocationOf(null),
            CustomerId = order.OptionalReference("customer_id"),
            Country = Address(order)?.OptionalText("country"),
            ShipTo = Address(order) is { } to ? ShopOrders.ShipTo(to.OptionalText("country"), to.OptionalText("postcode")) : null,
            Fulfilment = AtTill(order, status) ? Fulfilment.Immediate : Fulfilment.Open,
            Lines = [.. lines.Where(static l => !l.IsOfNoStock).Select(WooLines.Goods)],
            Unstocked = [.. lines.Where(static l => l.IsOfNoStock).Concat(fees).Select(WooLines.Unstocked)],
        };
        return placed with { Charges = WooLines.Charges(order, placed) };
    }

    private static bool AtTill(JsonFields order, string status) =>
        status == "completed" && order.OptionalText("created_via") is "pos" or "pos-rest-api";

    private static JsonFields? Address(JsonFields order) =>
        order.OptionalObject("shipping") is { } shipping && shipping.OptionalText("country") is not null
            ? shipping
            : order.OptionalObject("billing");

    // An order lists its refunds by their totals alone and without a time: the order's own is older than that of the refund's delivery,
    // which says all and takes the place of this.
    private static TranslatedEvent Refunded(JsonFields refund, OrderPlaced placed, DateTimeOffset placedAt, ShopEvents events)
    {
        var (id, amount) = (refund.Id("id"), refund.Size("total"));
        var said = new OrderRefunded
        {
            OrderId = placed.OrderId,
            RefundId = id,
            Currency = placed.Currency,
            Adjustment = amount,
        };
        return events.Of(FormattableString.Invariant($"refund:{id}:total:{amount}"), placedAt, said);
    }
}
