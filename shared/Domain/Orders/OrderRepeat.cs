using Stockgate.Domain.Ingest;

namespace Stockgate.Domain.Orders;

/// <summary>Whether an event that an order has applied before says what it said then.</summary>
public static class OrderRepeat
{
    /// <summary>True where the order knows the event's id for something else. What newer words replaced is not kept,
    /// and can't be contradicted.</summary>
    public static bool IsContradictedBy(this OrderDocument order, EventHeader header, OrderEvent said) =>
        order.HasApplied(header) && Facts(order).Any(known => Repeat.Contradicts(header, said, known.Version, known.Said));

    private static IEnumerable<(LevelVersion Version, ChannelEvent Said)> Facts(OrderDocument order) =>
        Of(order.Placements).Concat(One(order.Cancelled)).Concat(Of(order.Allocations)).Concat(Of(order.Shipments))
            .Concat(Of(order.Deliveries)).Concat(Of(order.Refunds))
            .Concat(order.Handling is { } handling ? Facts(handling) : []);

    private static IEnumerable<(LevelVersion, ChannelEvent)> Facts(OrderHandling handling) =>
        Of(handling.Picks).Concat(One(handling.Held)).Concat(One(handling.AddressChanged)).Concat(Of(handling.Substitutions))
            .Concat(Of(handling.Payments))
            .Concat(Of(handling.Postings)).Concat(Of(handling.Answers));

    private static IEnumerable<(LevelVersion, ChannelEvent)> One<T>(Fact<T>? fact) where T : ChannelEvent =>
        fact is null ? [] : [(fact.Version, fact.Said)];

    private static IEnumerable<(LevelVersion, ChannelEvent)> Of<T>(IEnumerable<Fact<T>> facts) where T : ChannelEvent =>
        facts.Select(static fact => (fact.Version, (ChannelEvent)fact.Said));
}
