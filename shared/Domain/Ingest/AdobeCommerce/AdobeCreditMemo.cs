using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.AdobeCommerce;

/// <summary>
/// Makes refunds of a credit memo: one event for what came back to stock, one for what did not. Facts:
/// https://developer.adobe.com/commerce/webapi/rest/quick-reference (salesCreditmemoRepositoryV1)
/// </summary>
internal static class AdobeCreditMemo
{
    public static IEnumerable<TranslatedEvent> Of(JsonFields memo, ShopEvents events)
    {
        var id = memo.OptionalId("entity_id") ?? memo.OptionalId("id") ?? memo.Id("increment_id");
        var (at, money) = (memo.OptionalTime("created_at") ?? memo.Time("updated_at"), AdobeMoney.Of(memo, events.Shop));
        var items = memo.List("items").Where(static i => i.OptionalNumber("qty") is > 0).ToList();
        // Of a configurable product and its variant, which have one SKU, the one with the money counts.
        var paid = items
            .Where(i => money.Amount(i, "row_total") > 0)
            .Select(static i => i.OptionalText("sku"))
            .ToHashSet(StringComparer.Ordinal);
        var goods = items.Where(i => money.Amount(i, "row_total") > 0 || !paid.Contains(i.OptionalText("sku"))).ToList();
        var (kept, restocked) = (
            goods.Where(static i => !i.IsSet("back_to_stock")).ToList(),
            goods.Where(static i => i.IsSet("back_to_stock")).ToList()
        );
        var total =
            money.Optional(memo, "grand_total") + money.Amount(memo, "customer_balance_amount") + money.Amount(memo, "gift_cards_amount");
        var first = new OrderRefunded
        {
            OrderId = new OrderId(memo.Id("order_id")),
            RefundId = id,
            Currency = money.Currency,
            Shipping = Math.Max(0, money.Amount(memo, "shipping_amount")),
            Tax = money.Amount(memo, "shipping_tax_amount"),
        };
        var place = events.Shop.DefaultLocation;
        if (kept.Count == 0)
        {
            var back = restocked.Count > 0 ? place : (LocationId?)null;
            yield return events.Told($"refund:{id}", at, Of(first with { RestockedAt = back }, restocked, money, total), 1);
            yield break;
        }
        var second = first with { RefundId = $"{id}-2", Shipping = 0, Tax = 0, RestockedAt = place };
        second = Of(second, restocked, money, null);
        yield return events.Told($"refund:{id}", at, Of(first, kept, money, total - second.Amount), 1);
        if (restocked.Count > 0)
            yield return events.Told($"refund:{id}-2", at, second, 1);
    }

    private static OrderRefunded Of(OrderRefunded refund, List<JsonFields> items, AdobeMoney money, decimal? amount) =>
        refund.WithMoney([.. items.Select(i => money.Line(i, i.Number("qty"), i.StockSku()))], amount);
}
