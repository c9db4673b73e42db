using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Shopware;

/// <summary>
/// What the state of a payment says: paid, authorized, failed, refunded. Facts:
/// https://developer.shopware.com/docs/concepts/commerce/checkout-concept/payments.html
/// </summary>
internal static class ShopwarePayment
{
    public static Translation Of(JsonFields order, string state, DateTimeOffset at, ShopEvents events, DateTimeOffset now) =>
        state switch
        {
            "paid" => Translation.Of(() => [Paid(order, state, at, true, events), Held(order, state, at, null, events)], now),
            "authorized" => Translation.Of(() => [Paid(order, state, at, false, events), Held(order, state, at, null, events)], now),
            "failed" => Translation.Of(() => [Held(order, state, at, "the payment failed", events)], now),
            "cancelled" => Translation.Of(() => [Held(order, state, at, "the payment was cancelled", events)], now),
            "refunded" or "chargeback" => Translation.Of(() => [Refunded(order, state, at, events)], now),
            "refunded_partially" or "paid_partially" => Translation.Ignored(
                $"the state '{state}' does not say how much; subscribe to state_enter.order_transaction_capture_refund.state.completed"
            ),
            _ => Translation.Ignored($"the payment state '{Clip.To(state, 60)}' changes nothing here"),
        };

    private static TranslatedEvent Paid(JsonFields order, string state, DateTimeOffset at, bool captured, ShopEvents events)
    {
        var (id, payment, amount) = Payment(order, state);
        return events.Told(
            $"payment:{payment}:{state}:{at.ToUnixTimeSeconds()}",
            at,
            new OrderPaid
            {
                OrderId = new OrderId(id),
                PaymentId = payment,
                Amount = amount,
                Currency = order.CurrencyOf(events.Shop),
                Captured = captured,
            }
        );
    }

    private static TranslatedEvent Held(JsonFields order, string state, DateTimeOffset at, string? reason, ShopEvents events) =>
        events.Told(
            $"order:{order.Id("id")}:held:{state}:{at.ToUnixTimeSeconds()}",
            at,
            new OrderHeld
            {
                OrderId = new OrderId(order.Id("id")),
                Held = reason is not null,
                Reason = reason,
            }
        );

    private static TranslatedEvent Refunded(JsonFields order, string state, DateTimeOffset at, ShopEvents events)
    {
        var (id, payment, amount) = Payment(order, state);
        return events.Told(
            $"refund:{payment}:{state}",
            at,
            new OrderRefunded
            {
                OrderId = new OrderId(id),
                RefundId = payment,
                Currency = order.CurrencyOf(events.Shop),
                Adjustment = amount,
            }
        );
    }

    // The payment that is in the state; where states or payments were not sent, the last one, or the order itself.
    private static (string Order, string Payment, decimal Amount) Payment(JsonFields order, string state)
    {
        var (id, all) = (order.Id("id"), order.List("transactions"));
        var entered = all.Where(t => t.State == state).ToList();
        var payment = entered.Count > 0 ? entered[^1] : all.Cast<JsonFields?>().LastOrDefault();
        var amount = payment?.TotalOf("amount") ?? order.Number("amountTotal");
        return (id, payment?.OptionalId("id") ?? $"order-{id}", amount);
    }
}
