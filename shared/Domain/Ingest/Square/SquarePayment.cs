using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Square;

/// <summary>
/// Makes payments and refunds. A refund has an order of its own: the order that was placed is the one of its payment. Facts:
/// https://developer.squareup.com/reference/square/objects/Payment and
/// https://developer.squareup.com/reference/square/objects/PaymentRefund
/// </summary>
internal static class SquarePayment
{
    private const string Order = "order";

    public static string OwnerOf(string payment) => $"payment:{payment}";

    public static Translation Paid(JsonFields payment, ShopEvents events, DateTimeOffset now)
    {
        if (payment.OptionalId("order_id") is not { } order)
            return Translation.Ignored("it is a payment of no order");
        var (id, status) = (payment.Id("id"), payment.OptionalText("status") ?? "PENDING");
        var ids = new SenderIds(OwnerOf(id), new Dictionary<string, string> { [Order] = order });
        if (status != "COMPLETED")
            return Translation.Ignored($"a payment in status '{Clip.To(status, 60)}' moved no money") with { Ids = [ids] };
        var at = payment.OptionalTime("updated_at") ?? payment.Time("created_at");
        var shop = events.Shop.Currency;
        var amount =
            payment.OptionalAmount("total_money", shop)
            ?? payment.OptionalAmount("amount_money", shop) + (payment.OptionalAmount("tip_money", shop) ?? 0)
            ?? throw new FieldException(payment.PathOf("total_money"), "is missing");
        var paid = new OrderPaid
        {
            OrderId = new OrderId(order),
            PaymentId = id,
            Amount = amount,
            Currency = payment.CurrencyOf(payment.Has("total_money") ? "total_money" : "amount_money", shop),
            Captured = true,
        };
        return Translation.Of(() => [events.Told(FormattableString.Invariant($"payment:{id}:{amount}"), at, paid)], now) with
        {
            Ids = [ids],
        };
    }

    public static Translation Refunded(JsonFields refund, Found found, ShopEvents events, DateTimeOffset now)
    {
        var (id, status) = (refund.Id("id"), refund.OptionalText("status") ?? "PENDING");
        var placed = found.Meanings.GetValueOrDefault(Order) ?? refund.OptionalId("order_id");
        var at = refund.OptionalTime("updated_at") ?? refund.Time("created_at");
        var amount =
            refund.OptionalAmount("amount_money", events.Shop.Currency)
            ?? throw new FieldException(refund.PathOf("amount_money"), "is missing");
        var refunded = new OrderRefunded
        {
            // A refund that is linked to no payment is a credit note.
            OrderId = new OrderId(placed ?? id),
            Standalone = placed is null,
            RefundId = id,
            Currency = refund.CurrencyOf("amount_money", events.Shop.Currency),
            Adjustment = status == "COMPLETED" ? amount : 0,
            Pending = status is "PENDING" or "APPROVED" ? amount : 0,
            Failed = status is "REJECTED" or "FAILED" ? amount : 0,
        };
        if (refunded.Adjustment + refunded.Pending + refunded.Failed == 0)
            return Translation.Ignored($"a refund in status '{Clip.To(status, 60)}' moved no money");
        return Translation.Of(() => [events.Told($"refund:{id}:{status}", at, refunded, status == "PENDING" ? 0 : 1)], now);
    }
}
