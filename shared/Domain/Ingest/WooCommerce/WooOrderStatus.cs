using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.WooCommerce;

/// <summary>
/// What an order's status and times say beyond its placement: held, released, cancelled, paid, shipped. Facts:
/// https://woocommerce.com/document/managing-orders/order-statuses/
/// </summary>
internal static class WooOrderStatus
{
    public static IEnumerable<TranslatedEvent> Of(
        JsonFields order,
        OrderPlaced placed,
        string status,
        DateTimeOffset modifiedAt,
        ShopEvents events
    )
    {
        var (id, stamp) = (placed.OrderId, modifiedAt.ToUnixTimeSeconds());
        if (order.OptionalUtc("date_paid") is { } paidAt && order.OptionalNumber("total") is { } total)
            yield return events.Of(
                FormattableString.Invariant($"order:{id}:paid:{total}"),
                paidAt,
                new OrderPaid
                {
                    OrderId = id,
                    PaymentId = order.OptionalId("transaction_id") ?? $"order-{id}",
                    Amount = total,
                    Currency = placed.Currency,
                    Captured = true,
                },
                stamp
            );
        if (status is "pending" or "on-hold" or "failed")
            yield return events.Of(
                $"order:{id}:held:{stamp}",
                modifiedAt,
                new OrderHeld
                {
                    OrderId = id,
                    Held = true,
                    Reason = status == "failed" ? "the payment failed" : "the payment is awaited",
                }
            );
        if (status is "processing" or "completed")
            yield return events.Of($"order:{id}:released:{stamp}", modifiedAt, new OrderHeld { OrderId = id, Held = false });
        if (status == "cancelled")
            yield return events.Of(
                $"order:{id}:cancelled:{stamp}",
                modifiedAt,
                new OrderCancelled { OrderId = id, Reason = "cancelled in WooCommerce" }
            );
        if (status == "completed" && placed.Fulfilment == Fulfilment.Open && placed.Lines.Count > 0)
            yield return Shipped(order.OptionalUtc("date_completed") ?? modifiedAt, placed, events);
    }

    // WooCommerce itself has no parcels: an order that is completed has left, all of it.
    private static TranslatedEvent Shipped(DateTimeOffset at, OrderPlaced placed, ShopEvents events) =>
        events.Of(
            $"order:{placed.OrderId}:completed:{at.ToUnixTimeSeconds()}",
            at,
            new OrderShipped
            {
                OrderId = placed.OrderId,
                ShipmentId = "completed",
                Lines =
                [
                    .. placed.Lines.Select(line => new AllocatedLine
                    {
                        Sku = line.Sku,
                        Location = placed.Location ?? events.Shop.DefaultLocation,
                        Quantity = line.Quantity,
                    }),
                ],
            }
        );
}
