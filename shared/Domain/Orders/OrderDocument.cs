using Stockgate.Domain.Events;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Orders.Origins;

namespace Stockgate.Domain.Orders;

/// <summary>
/// The document of one order. It stores events only; status, claims and movements are derived. Applying the same events in any order and
/// any number of times ends in the same document, apart from <see cref="Revision"/>, the order of <see cref="Applied"/> and
/// <see cref="Withdrawn"/>.
/// </summary>
public sealed record OrderDocument
{
    public required OrderId OrderId { get; init; }

    /// <summary>
    /// Goes up with every event applied and never back: of two claims for one stock, the one with the higher revision holds.
    /// </summary>
    public int Revision { get; init; }

    /// <summary>Keys of the events applied: an event whose key is here changes nothing.</summary>
    public IReadOnlyList<string> Applied { get; init; } = [];

    public Fact<OrderPlaced>? Placed { get; init; }

    /// <summary>Earlier versions of the order's placement, oldest first; null if none. They determine past reservations.</summary>
    public IReadOnlyList<Fact<OrderPlaced>>? EarlierPlaced { get; init; }

    public Fact<OrderCancelled>? Cancelled { get; init; }

    /// <summary>Oldest first. The last one holds; the earlier ones tell where stock was reserved and is not any more.</summary>
    public IReadOnlyList<Fact<OrderAllocated>> Allocations { get; init; } = [];

    public IReadOnlyList<Fact<OrderShipped>> Shipments { get; init; } = [];

    public IReadOnlyList<Fact<OrderDelivered>> Deliveries { get; init; } = [];

    public IReadOnlyList<Fact<OrderRefunded>> Refunds { get; init; } = [];

    /// <summary>Null without such events, as for most orders.</summary>
    public OrderHandling? Handling { get; init; }

    /// <summary>
    /// Ledger entries that an earlier state of the order posted and that follow from it no more, at zero: where a refund was booked
    /// before the order's own location was known, say. What they are depends on the order of arrival; that they are zero does not.
    /// </summary>
    public IReadOnlyList<StockEntry> Withdrawn { get; init; } = [];

    /// <summary>
    /// Channels that have another order, or a credit note, of this number: <see cref="OrderId.Of"/> names each. Null if none, and in the
    /// documents of these.
    /// </summary>
    public IReadOnlyList<ChannelId>? OtherOrigins { get; init; }

    /// <summary>
    /// Events of the number that may be about this order or another one of <see cref="OtherOrigins"/>; nothing follows from them. Null if
    /// none.
    /// </summary>
    public IReadOnlyList<KeptEvent>? Undecided { get; init; }

    /// <summary>
    /// Another channel's words that newer ones replaced, oldest first: see <see cref="Origins.Overshadowed"/>. Null if none.
    /// </summary>
    public IReadOnlyList<KeptEvent>? Overshadowed { get; init; }

    public bool HasApplied(EventHeader header) => Applied.Contains(header.Key);

    /// <returns>The document with the event in it; the same instance where the event was applied before.</returns>
    public OrderDocument Apply(EventHeader header, OrderEvent said) => Apply([(header, said)]);

    internal OrderDocument Apply(IEnumerable<(EventHeader Header, OrderEvent Said)> events) =>
        WithdrawnSince(this, events.Aggregate(this, static (order, e) => order.Include(e.Header, e.Said)));

    /// <returns>The document as it would be had these events never come, but for what it posted then.</returns>
    internal OrderDocument Without(IReadOnlyCollection<(EventHeader Header, OrderEvent Said)> leaving)
    {
        var gone = leaving.Select(static e => e.Header.Key).ToHashSet(StringComparer.Ordinal);
        var staying = OrderFacts.All(this).Where(e => !gone.Contains(e.Header.Key));
        var order = staying.Aggregate(new OrderDocument { OrderId = OrderId }, static (order, e) => order.Include(e.Header, e.Said));
        return WithdrawnSince(
            this,
            order with
            {
                Revision = Revision + 1,
                Applied = [.. Applied.Where(key => !gone.Contains(key))],
                OtherOrigins = OtherOrigins,
                Undecided = Undecided,
            }
        );
    }

    /// <returns>The document with an event of uncertain ownership; the same instance if it already has it.</returns>
    internal OrderDocument Keep(EventHeader header, OrderEvent said) =>
        Undecided?.Any(kept => kept.Header.Key == header.Key) == true
            ? this
            : this with
            {
                Undecided = [.. (Undecided ?? []).Append(KeptEvent.Of(header, said)).OrderBy(static kept => kept.Version)],
            };

    private OrderDocument Include(EventHeader header, OrderEvent said)
    {
        if (HasApplied(header))
            return this;
        var overshadowed = Origins.Overshadowed.After(this, header, said);
        var applied = this with { Revision = Revision + 1, Applied = [.. Applied, header.Key], Overshadowed = overshadowed };
        return said switch
        {
            OrderPlaced placed => applied.Place(new(header.Channel, header.Version, placed)),
            OrderCancelled cancelled => applied with { Cancelled = Newer(Cancelled, header, cancelled) },
            OrderAllocated allocated => applied with
            {
                Allocations = [.. Allocations.Append(new(header.Channel, header.Version, allocated)).OrderBy(a => a.Version)],
            },
            OrderShipped shipped => applied with { Shipments = Add(Shipments, header, shipped, static s => s.ShipmentId) },
            OrderDelivered delivered => applied with { Deliveries = Add(Deliveries, header, delivered, static d => d.ShipmentId) },
            OrderRefunded refunded => applied with { Refunds = Add(Refunds, header, refunded, static r => r.RefundId) },
            _ => applied with { Handling = (Handling ?? OrderHandling.None).Apply(header, said) },
        };
    }

    private static OrderDocument WithdrawnSince(OrderDocument before, OrderDocument after) =>
        before.Revision == 0 || ReferenceEquals(before, after) ? after : after with { Withdrawn = StockPostings.Withdrawn(before, after) };

    /// <summary>All placements of the order; the effective one is last.</summary>
    internal IEnumerable<Fact<OrderPlaced>> Placements => Placed is null ? [] : (EarlierPlaced ?? []).Append(Placed);

    private OrderDocument Place(Fact<OrderPlaced> placed)
    {
        if (Placed is null)
            return this with { Placed = placed };
        List<Fact<OrderPlaced>> all = [.. Placements.Append(placed).OrderBy(static p => p.Version)];
        return this with { Placed = all[^1], EarlierPlaced = all[..^1] };
    }

    internal static Fact<T> Newer<T>(Fact<T>? current, EventHeader header, T said) =>
        header.Version.IsNewerThan(current?.Version) ? new Fact<T>(header.Channel, header.Version, said) : current!;

    // Parts are identified by the source's number: a shipment sent under two event ids is one parcel, and the newer event wins.
    internal static IReadOnlyList<Fact<T>> Add<T>(IReadOnlyList<Fact<T>> facts, EventHeader header, T said, Func<T, string> number)
    {
        var at = 0;
        while (at < facts.Count && number(facts[at].Said) != number(said))
            at++;
        if (at < facts.Count && !header.Version.IsNewerThan(facts[at].Version))
            return facts;
        var fact = new Fact<T>(header.Channel, header.Version, said);
        return [.. facts.Where((_, i) => i != at).Append(fact).OrderBy(f => number(f.Said), StringComparer.Ordinal)];
    }
}
