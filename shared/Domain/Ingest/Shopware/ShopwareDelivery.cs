using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Shopware;

/// <summary>
/// Makes shipments of an order's deliveries that are in the state. Facts: https://shopware.stoplight.io/docs/admin-api (OrderDelivery)
/// </summary>
internal static class ShopwareDelivery
{
    public static Translation Of(JsonFields order, string state, DateTimeOffset at, ShopEvents events, DateTimeOffset now)
    {
        if (state is not ("shipped" or "cancelled"))
            return Translation.Ignored($"the delivery state '{Clip.To(state, 60)}' names no goods");
        // Where states were not sent, every delivery is meant. One below zero is a discount of shipping.
        var deliveries = order
            .List("deliveries")
            .Where(d => (d.State ?? state) == state && d.TotalOf("shippingCosts") is null or >= 0)
            .ToList();
        var goods = order.List("lineItems").Where(static l => l.IsGoods).ToList();
        if (goods.Count == 0)
            return Translation.Ignored("the order was sent without goods");
        return Translation.Of(
            () =>
                deliveries.Count == 0
                    ? [Shipped(order, null, state, goods, at, events)]
                    : deliveries.Select(d => Shipped(order, d, state, goods, at, events)),
            now
        );
    }

    private static TranslatedEvent Shipped(
        JsonFields order,
        JsonFields? delivery,
        string state,
        IReadOnlyList<JsonFields> goods,
        DateTimeOffset at,
        ShopEvents events
    )
    {
        var id = order.Id("id");
        var shipment = delivery?.OptionalId("id") ?? $"order-{id}";
        var positions = delivery?.List("positions") ?? [];
        var lines =
            positions.Count == 0
                ? goods.Select(g => (Line: g, Units: g.OptionalNumber("quantity") ?? 1))
                : positions.SelectMany(p =>
                    goods
                        .Where(g => g.OptionalId("id") == p.OptionalId("orderLineItemId"))
                        .Select(g => (Line: g, Units: p.OptionalNumber("quantity") ?? g.OptionalNumber("quantity") ?? 1))
                );
        return events.Told(
            $"order:{id}:delivery:{shipment}:{state}:{at.ToUnixTimeSeconds()}",
            at,
            new OrderShipped
            {
                OrderId = new OrderId(id),
                ShipmentId = shipment,
                Cancelled = state == "cancelled",
                Lines =
                [
                    .. lines.Select(l => new AllocatedLine
                    {
                        Sku = l.Line.ProductSku(),
                        Location = events.Shop.DefaultLocation,
                        Quantity = new Quantity(l.Units),
                    }),
                ],
            }
        );
    }
}
