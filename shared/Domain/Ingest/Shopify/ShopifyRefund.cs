using Stockgate.Domain.Events;
using Stockgate.Domain.Orders;

namespace Stockgate.Domain.Ingest.Shopify;

/// <summary>
/// Makes refunds of a delivery: one event for what never left, one for each place that goods came back to, one for what the customer keeps;
/// money that is of no line is in the first. What went back is what its payments say: see <see cref="ShopifyRefundMoney"/>.
/// </summary>
internal static class ShopifyRefund
{
    public static IEnumerable<TranslatedEvent> Of(JsonFields refund, ShopifyTranslator translator)
    {
        var (id, orderId, at) = (refund.Id("id"), new OrderId(refund.Id("order_id")), refund.Time("created_at"));
        var items = refund.List("refund_line_items").Select(static item => (Item: item, Line: LineOf(item))).ToList();
        var money = ShopifyRefundMoney.Of(refund, translator.Shop);
        var first = new OrderRefunded
        {
            OrderId = orderId,
            RefundId = id,
            Currency = money.Currency,
            Shipping = money.Shipping,
            Duties = money.Duties,
            Tax = money.Tax,
            Adjustment = money.Adjustment,
            Pending = money.Pending,
            Failed = money.Failed,
            Unstocked = [.. items.Where(static i => i.Line.Unstocked).Select(i => Unstocked(i.Item, i.Line, money))],
        };
        var groups = items
            .Where(static i => !i.Line.Unstocked)
            .GroupBy(i => Way(i.Item, translator.Shop))
            .OrderBy(static g => g.Key.ToString(), StringComparer.Ordinal)
            .ToList();
        // A pending payment is settled by a later delivery of the same refund, which is a separate, newer event.
        var (mark, sequence) = money.Pending > 0 ? (":pending", 0) : ("", 1);
        if (groups.Count == 0)
            yield return translator.Event($"refund:{id}{mark}", at, first, sequence);
        for (var i = 0; i < groups.Count; i++)
        {
            var number = i == 0 ? id : $"{id}-{i + 1}";
            var part =
                i == 0
                    ? first
                    : new OrderRefunded
                    {
                        OrderId = orderId,
                        RefundId = number,
                        Currency = money.Currency,
                    };
            yield return translator.Event(
                $"refund:{number}{mark}",
                at,
                part with
                {
                    Unshipped = groups[i].Key.Unshipped,
                    RestockedAt = groups[i].Key.RestockedAt,
                    Lines = [.. groups[i].Select(g => Line(g.Item, g.Line, money))],
                },
                sequence
            );
        }
    }

    private static (bool Unshipped, LocationId? RestockedAt) Way(JsonFields item, ChannelShop shop)
    {
        var kind = item.OptionalText("restock_type") ?? "no_restock";
        // Where a deprecated legacy_restock is of units that never left, nothing comes back: the order's document knows.
        return (kind == "cancel", kind is "return" or "legacy_restock" ? shop.LocationOf(item.OptionalId("location_id")) : null);
    }

    private static OrderLine Line(JsonFields item, JsonFields line, ShopifyRefundMoney money) =>
        new()
        {
            Sku = line.Sku("variant_id"),
            Description = TitleOf(line),
            Quantity = new Quantity(item.Number("quantity")),
            UnitPrice = line.Number("price"),
            Discount = DiscountOf(item, line),
            Tax = money.TaxOf(item),
            StillToShip = line.OptionalNumber("fulfillable_quantity") is { } open ? new Quantity(open) : null,
        };

    private static UnstockedLine Unstocked(JsonFields item, JsonFields line, ShopifyRefundMoney money) =>
        new()
        {
            Kind = ShopifyOrder.KindOf(line),
            Description = TitleOf(line),
            Quantity = new Quantity(item.Number("quantity")),
            UnitPrice = line.Number("price"),
            Discount = DiscountOf(item, line),
            Tax = money.TaxOf(item),
        };

    private static string TitleOf(JsonFields line) => line.OptionalText("title") ?? "refunded item";

    private static decimal DiscountOf(JsonFields item, JsonFields line) =>
        line.Number("price") * item.Number("quantity") - ShopifyRefundMoney.SubtotalOf(item, line);

    internal static JsonFields LineOf(JsonFields item) =>
        item.OptionalObject("line_item") ?? throw new FieldException(item.PathOf("line_item"), "is missing");
}
