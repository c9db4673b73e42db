using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders.Origins;

/// <summary>The effective events of an order.</summary>
internal static class OrderFacts
{
    /// <summary>Every fact of the document, an order that was said again each time that it was.</summary>
    public static IEnumerable<(EventHeader Header, OrderEvent Said)> Of(OrderDocument order) =>
        Of(order.Placements)
            .Concat(One(order.Cancelled))
            .Concat(Of(order.Allocations))
            .Concat(Of(order.Shipments))
            .Concat(Of(order.Deliveries))
            .Concat(Of(order.Refunds))
            .Concat(order.Handling is { } handling ? Of(handling) : []);

    /// <summary>The same, with replaced events of other channels.</summary>
    public static IEnumerable<(EventHeader Header, OrderEvent Said)> All(OrderDocument order) => Of(order).Concat(Read(order.Overshadowed));

    public static IEnumerable<(EventHeader Header, OrderEvent Said)> Read(IEnumerable<KeptEvent>? kept) =>
        (kept ?? []).Select(static k => (k.Header, k.Read()));

    /// <summary>
    /// The key by which a newer event replaces it; null for events that are kept side by side, such as placements and allocations.
    /// </summary>
    public static (Type Kind, string Part)? PlaceOf(OrderEvent said) =>
        said switch
        {
            OrderPlaced or OrderAllocated => null,
            OrderShipped shipped => (typeof(OrderShipped), shipped.ShipmentId),
            OrderDelivered delivered => (typeof(OrderDelivered), delivered.ShipmentId),
            OrderRefunded refunded => (typeof(OrderRefunded), refunded.RefundId),
            OrderPicked picked => (typeof(OrderPicked), picked.PickId),
            OrderSubstituted substituted => (typeof(OrderSubstituted), substituted.SubstitutionId),
            OrderPaid paid => (typeof(OrderPaid), paid.PaymentId),
            OrderPosted posted => (typeof(OrderPosted), posted.PostingId),
            OrderActionAnswered answered => (typeof(OrderActionAnswered), $"{answered.Revision}/{answered.ActionId}"),
            _ => (said.GetType(), string.Empty),
        };

    private static IEnumerable<(EventHeader, OrderEvent)> Of(OrderHandling handling) =>
        Of(handling.Picks)
            .Concat(One(handling.Held))
            .Concat(One(handling.AddressChanged))
            .Concat(Of(handling.Substitutions))
            .Concat(Of(handling.Payments))
            .Concat(Of(handling.Postings))
            .Concat(Of(handling.Answers));

    private static IEnumerable<(EventHeader, OrderEvent)> One<T>(Fact<T>? fact)
        where T : OrderEvent => fact is null ? [] : Of([fact]);

    private static IEnumerable<(EventHeader, OrderEvent)> Of<T>(IEnumerable<Fact<T>> facts)
        where T : OrderEvent => facts.Select(static fact => (EventHeader.Of(fact.Channel, fact.Version), (OrderEvent)fact.Said));
}
