using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders.Origins;

/// <summary>An order before and after an event; the same instance where nothing changed.</summary>
public sealed record OrderChange(OrderDocument Before, OrderDocument After);

/// <summary>The effect of an event on the orders of its number.</summary>
/// <param name="Changes">What is to be stored and posted, the order that the event is about first.</param>
public sealed record AppliedEvent(IReadOnlyList<OrderChange> Changes)
{
    /// <summary>Nobody can say which order it is about: it is kept, and nothing follows from it.</summary>
    public bool Undecided { get; init; }

    /// <summary>By this event the number is one order more than it was.</summary>
    public bool Shared { get; init; }

    /// <summary>Every event of the number is assigned to an order.</summary>
    public bool Settled { get; init; }

    /// <summary>The orders of the number, by their channels; empty if it is one.</summary>
    public IReadOnlyList<ChannelId> Channels { get; init; } = [];
}

/// <summary>
/// Every order of one number. The one whose id is the number alone also holds what says no more than the number; what turns out to be of
/// another channel's order moves there, so that the figures are the same in every order of arrival. Who has the number alone is who was
/// first placed, or named, and stays so: actions and ledger entries carry the id.
/// </summary>
public static class OrdersOfNumber
{
    /// <param name="plain">The order whose id is the number alone; a new one where nothing was said about it.</param>
    /// <param name="others">The others of the number that are stored.</param>
    /// <param name="header">The event's.</param>
    /// <param name="said">What it says.</param>
    public static AppliedEvent Apply(OrderDocument plain, IReadOnlyList<OrderDocument> others, EventHeader header, OrderEvent said)
    {
        if (IsAboutOne(plain, header, said))
            return new([new(plain, plain.Apply(header, said))]);
        // A crash may have stored an order of another channel, and not yet that the number has it.
        var known = (plain.OtherOrigins ?? []).SelectMany(origin => others.Where(o => o.OrderId.Origin == origin)).ToList();
        // A repeat is about the order that took it first, whatever was learned since. All of them post again what they posted then.
        if (known.Prepend(plain).FirstOrDefault(o => o.HasApplied(header)) is { } applied)
            return new([.. known.Prepend(plain).OrderBy(o => o != applied).Select(static o => new OrderChange(o, o))]);
        var before = OrderOwners.Of(plain, known);
        var owners = before.With(header.Channel, said);
        var orders = others.Prepend(plain).ToDictionary(static o => o.OrderId);
        if (!ReferenceEquals(before, owners))
            Divide(orders, plain, owners);
        var about = owners.OrderOf(header.Channel, said);
        if (about is { } id)
            Add(orders, id, [(header, said)]);
        else
            orders[plain.OrderId] = orders[plain.OrderId].Keep(header, said);
        orders[plain.OrderId] = Noted(orders[plain.OrderId], owners, about is null ? null : header.Key);
        var stored = others.Prepend(plain).ToDictionary(static o => o.OrderId);
        var changes = orders
            .Values.Select(after => new OrderChange(stored.GetValueOrDefault(after.OrderId) ?? New(after.OrderId), after))
            .Where(c => !ReferenceEquals(c.Before, c.After) || (c.Before != plain && !known.Contains(c.Before)));
        return new([.. changes.OrderBy(c => c.After.OrderId != (about ?? plain.OrderId))])
        {
            Undecided = about is null,
            Channels = owners.Orders,
            Shared = owners.Orders.Count > Math.Max(1, before.Orders.Count),
            Settled = plain.Undecided is not null && orders[plain.OrderId].Undecided is null,
        };
    }

    /// <summary>Nearly always: one order has the number, and the event does not say that it is of another one. Then the others need not be
    /// read.</summary>
    public static bool IsAboutOne(OrderDocument plain, EventHeader header, OrderEvent said)
    {
        if (plain.OtherOrigins is not null)
            return false;
        return ClaimOf(header.Channel, said) is not { } claim || OrderOwners.OwnerOf(plain) is not { } owner || owner.Channel == claim;
    }

    /// <summary>The channel whose order an event says that it is about; null if it names the number alone.</summary>
    public static ChannelId? ClaimOf(ChannelId channel, OrderEvent said) => OrderOwners.ClaimOf(channel, said);

    // The owner of every event in the plain document is determined again. Events without another owner stay.
    private static void Divide(Dictionary<OrderId, OrderDocument> orders, OrderDocument plain, OrderOwners owners)
    {
        var leaving = OrderFacts.All(plain).Where(e => owners.OrderOf(e.Header.Channel, e.Said) is { } id && id != plain.OrderId).ToList();
        if (leaving.Count > 0)
            orders[plain.OrderId] = plain.Without(leaving);
        foreach (var about in leaving.Concat(OrderFacts.Read(plain.Undecided)).GroupBy(e => owners.OrderOf(e.Header.Channel, e.Said)))
            if (about.Key is { } id)
                Add(orders, id, about);
    }

    private static void Add(
        Dictionary<OrderId, OrderDocument> orders,
        OrderId id,
        IEnumerable<(EventHeader Header, OrderEvent Said)> events
    ) => orders[id] = (orders.GetValueOrDefault(id) ?? New(id)).Apply(events);

    private static OrderDocument New(OrderId id) => new() { OrderId = id };

    // Which others there are, and what is still to be said whose it is.
    private static OrderDocument Noted(OrderDocument plain, OrderOwners owners, string? decided)
    {
        var undecided = plain.Undecided?.Where(k => k.Header.Key != decided && owners.OrderOf(k.Channel, k.Read()) is null).ToList();
        var others = owners.Others.Select(static o => o.Channel).ToList();
        if (others.SequenceEqual(plain.OtherOrigins ?? []) && undecided?.Count == plain.Undecided?.Count)
            return plain;
        return plain with { OtherOrigins = others.Count == 0 ? null : others, Undecided = undecided is { Count: > 0 } ? undecided : null };
    }
}
