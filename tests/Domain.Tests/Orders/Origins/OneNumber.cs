using Stockgate.Domain.Orders.Origins;

namespace Stockgate.Domain.Tests.Orders.Origins;

/// <summary>The orders of one number and the ledger, as the projection keeps them.</summary>
internal sealed class OneNumber
{
    private readonly Dictionary<OrderId, OrderDocument> orders = [];
    private readonly Ledger ledger = new();

    public List<AppliedEvent> Applied { get; } = [];

    /// <summary>The order that has the number alone.</summary>
    public OrderDocument Plain => orders.GetValueOrDefault(Given.Order) ?? new OrderDocument { OrderId = Given.Order };

    public IReadOnlyCollection<OrderDocument> All => orders.Values;

    public static OneNumber After(params IEnumerable<Happened> happenings)
    {
        var number = new OneNumber();
        foreach (var happened in happenings)
            number.Take(happened);
        return number;
    }

    public AppliedEvent Take(Happened happened)
    {
        var others = orders.Values.Where(static o => o.OrderId.Origin is not null).ToList();
        var applied = OrdersOfNumber.Apply(Plain, others, happened.Header, happened.Said);
        foreach (var (before, after) in applied.Changes)
        {
            foreach (var entry in StockPostings.After(before, after))
                ledger.Post(entry);
            orders[after.OrderId] = after;
        }
        Applied.Add(applied);
        return applied;
    }

    /// <summary>Puts an order as a crash may leave it.</summary>
    public void Store(OrderDocument order) => orders[order.OrderId] = order;

    public OrderDocument Of(string channel) => orders.Values.Single(o => o.Origin() == new ChannelId(channel));

    /// <summary>Each order's money and state, by its channel, and what it all comes to on the shelves.</summary>
    public string Figures() =>
        string.Join(
            '\n',
            orders
                .Values.Select(static o =>
                    $"{o.QualifiedId()} {o.Status()} {o.Gross():0.##} refunded {o.Refunded():0.##} "
                    + $"reserved {Reservations.Of(o).Values.Sum(static q => q.Value):0.##} parcels {o.Shipments.Count}"
                )
                .Order(StringComparer.Ordinal)
        )
        + '\n'
        + ledger.Sums();
}

/// <summary>Something that a channel said of the number.</summary>
internal sealed record Happened(EventHeader Header, OrderEvent Said)
{
    public static Happened By(string channel, OrderEvent said, int minute = 0, string? id = null) =>
        new(
            new EventHeader(new ChannelId(channel), channel, id ?? $"{said.GetType().Name}-{minute}", Given.Now.AddMinutes(minute), 0),
            said
        );

    public static Happened Placed(string channel, string sku, decimal units, decimal price, int minute = 0) =>
        By(channel, Given.Placed(Given.Line(sku, units, price)), minute);

    public Happened Of(string channel) => this with { Said = Said with { OrderChannel = new ChannelId(channel) } };
}
