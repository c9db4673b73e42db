using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Orders;

namespace Stockgate.Platform.Orders;

/// <summary>An order as shown: status, money, and events with source and age.</summary>
public sealed record OrderView(
    OrderId OrderId,
    OrderStatus Status,
    Currency? Currency,
    decimal Gross,
    decimal Refunded,
    string? CustomerId,
    DateTimeOffset? PlacedAt,
    LocationId? Location,
    IReadOnlyList<OrderLine> Lines,
    IReadOnlyList<OrderRefunded> Refunds,
    IReadOnlyList<OrderShipped> Shipments,
    IReadOnlyList<ReservationView> Reserved,
    int Revision,
    IReadOnlyList<SaidView> Said,
    IReadOnlyList<UnstockedLine> Unstocked,
    OrderMoney Money,
    bool Test
)
{
    /// <summary>The channel of the order; null if unknown.</summary>
    public ChannelId? Channel { get; init; }

    /// <summary>The channel and the number: <c>till:1001</c>.</summary>
    public string? QualifiedId { get; init; }

    /// <summary>Events of the number that may belong to this or another order, without effect. Null if none.</summary>
    public IReadOnlyList<SaidView>? Undecided { get; init; }
}

/// <summary>Units reserved by the order at a location.</summary>
public sealed record ReservationView(Sku Sku, LocationId Location, Quantity Quantity);

/// <summary>An event with its source and time.</summary>
public sealed record SaidView(string Type, ChannelId Channel, string Source, DateTimeOffset OccurredAt, double AgeSeconds);

/// <summary>Reads orders for people and partners.</summary>
public sealed class OrderReader(OrderNames names, TimeProvider time)
{
    /// <returns>Null if nothing was ever said about the order.</returns>
    public async Task<OrderView?> FindAsync(OrderId id, CancellationToken cancellationToken) =>
        await names.FindAsync(id, cancellationToken) is { } order ? View(order, time.GetUtcNow()) : null;

    /// <summary>The order that a person names.</summary>
    /// <returns>Null if nothing was ever said about it.</returns>
    /// <exception cref="ProblemException">409: the name may mean several orders.</exception>
    public async Task<OrderView?> FindAsync(string name, CancellationToken cancellationToken) =>
        await FindAsync(await names.ResolveAsync(name, cancellationToken), cancellationToken);

    private static OrderView View(OrderDocument order, DateTimeOffset now)
    {
        var said = new List<SaidView>();
        void Add<T>(Fact<T>? fact)
            where T : OrderEvent
        {
            if (fact is not null)
                said.Add(new SaidView(EventTypes.NameOf(fact.Said), fact.Channel, fact.Version.Source, fact.At, Age(fact.At)));
        }
        Add(order.Placed);
        Add(order.Cancelled);
        foreach (var fact in order.Allocations)
            Add(fact);
        foreach (var fact in order.Shipments)
            Add(fact);
        foreach (var fact in order.Deliveries)
            Add(fact);
        foreach (var fact in order.Refunds)
            Add(fact);
        if (order.Handling is { } handling)
        {
            Add(handling.Held);
            Add(handling.AddressChanged);
            foreach (var fact in handling.Picks)
                Add(fact);
            foreach (var fact in handling.Substitutions)
                Add(fact);
            foreach (var fact in handling.Payments)
                Add(fact);
            foreach (var fact in handling.Postings)
                Add(fact);
            foreach (var fact in handling.Answers)
                Add(fact);
        }
        return new OrderView(
            order.OrderId,
            order.Status(),
            order.Currency(),
            order.Gross(),
            order.Refunded(),
            order.Customer(),
            order.Placed?.At,
            order.Placed?.Said.Location,
            order.Placed?.Said.Lines ?? [],
            [.. order.Refunds.Select(static r => r.Said)],
            [.. order.Shipments.Select(static s => s.Said)],
            [
                .. Reservations
                    .Of(order)
                    .Where(static r => r.Value > Quantity.Zero)
                    .Select(static r => new ReservationView(r.Key.Sku, r.Key.Location, r.Value)),
            ],
            order.Revision,
            [.. said.OrderBy(static s => s.OccurredAt)],
            order.Placed?.Said.Unstocked ?? [],
            OrderMoney.Of(order),
            order.Placed?.Said.Test ?? false
        )
        {
            Channel = order.Origin(),
            QualifiedId = order.QualifiedId(),
            Undecided = order
                .Undecided?.Select(kept => new SaidView(
                    kept.Type,
                    kept.Channel,
                    kept.Version.Source,
                    kept.Version.OccurredAt,
                    Age(kept.Version.OccurredAt)
                ))
                .ToList(),
        };

        double Age(DateTimeOffset at) => Math.Round((now - at).TotalSeconds, 1);
    }
}
