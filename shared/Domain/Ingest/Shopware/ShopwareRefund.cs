using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Shopware;

/// <summary>
/// Makes refunds of a payment's captures: with the lines that they are of, or as an amount. Whether goods came back is not said. Facts:
/// https://developer.shopware.com/docs/guides/plugins/plugins/checkout/payment/add-payment-plugin.html (refund)
/// </summary>
internal static class ShopwareRefund
{
    public static Translation Of(JsonFields order, DateTimeOffset at, ShopEvents events, DateTimeOffset now)
    {
        var refunds = order
            .List("transactions")
            .SelectMany(static t => t.List("captures"))
            .SelectMany(static c => c.List("refunds"))
            .ToList();
        return refunds.Count == 0
            ? Translation.Ignored("the order was sent without its refunds")
            : Translation.Of(() => refunds.Select(r => Refunded(order, r, at, events)), now);
    }

    private static TranslatedEvent Refunded(JsonFields order, JsonFields refund, DateTimeOffset at, ShopEvents events)
    {
        var (id, state) = (refund.Id("id"), refund.State ?? "completed");
        var amount = refund.TotalOf("amount") ?? throw new FieldException(refund.PathOf("amount.totalPrice"), "is missing");
        var said = new OrderRefunded
        {
            OrderId = new OrderId(order.Id("id")),
            RefundId = id,
            Currency = order.CurrencyOf(events.Shop),
            Pending = state is "open" or "in_progress" ? amount : 0,
            Failed = state is "failed" or "cancelled" ? amount : 0,
        };
        if (state == "completed")
            said = said.WithMoney([.. Lines(order, refund)], amount);
        return events.Told($"refund:{id}:{state}", refund.OptionalTime("updatedAt") ?? at, said, state == "completed" ? 1 : 0);
    }

    private static IEnumerable<ShopLine> Lines(JsonFields order, JsonFields refund)
    {
        var isNet = order.IsNet;
        foreach (var position in refund.List("positions").Where(static p => p.OptionalNumber("quantity") is > 0))
        {
            var id = position.OptionalId("orderLineItemId");
            var of = order.List("lineItems").Where(l => l.OptionalId("id") == id).Cast<JsonFields?>().FirstOrDefault();
            if ((position.OptionalObject("orderLineItem") ?? of) is not { } line)
                continue;
            var amount = position.TotalOf("amount") ?? 0;
            yield return ShopwareOrder.Line(line, isNet) with
            {
                Units = position.Number("quantity"),
                Before = amount,
                After = amount,
                Tax = isNet ? position.TaxOf("amount") : 0,
            };
        }
    }
}
