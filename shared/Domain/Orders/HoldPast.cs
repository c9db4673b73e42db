using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders;

/// <summary>
/// An order as it was at ascending moments, as far as <see cref="Reservations.Of"/> looks at it. What was shipped and refunded is summed
/// up on the way: to look at every parcel again for the moment of each would be slow where there are thousands.
/// </summary>
internal sealed class HoldPast
{
    private readonly OrderDocument order;

    private readonly bool inSums;

    private readonly Sums<(Sku Sku, LocationId Location), OrderShipped> shipped;

    private readonly Sums<Sku, OrderRefunded> called,
        kept;

    public HoldPast(OrderDocument order)
    {
        this.order = order;
        // If a refund states the units still to be shipped, the parcels before it matter.
        inSums = !order.Refunds.SelectMany(static r => r.Said.Lines).Any(static l => l.StillToShip is not null);
        shipped = new(order.Shipments, static s => s.Cancelled ? [] : s.Lines.Select(static l => ((l.Sku, l.Location), l.Quantity)));
        called = new(order.Refunds, static r => r.Unshipped ? Units(r) : []);
        kept = new(order.Refunds, static r => r.Unshipped ? [] : Units(r));
    }

    /// <summary>The order as far as it had happened by a moment, whatever of it had arrived.</summary>
    /// <param name="moment">Not before that of the call before.</param>
    public OrderDocument At(DateTimeOffset moment)
    {
        List<Fact<OrderPlaced>> placements = [.. order.Placements.Where(p => p.At <= moment)];
        return order with
        {
            Placed = placements.Count > 0 ? placements[^1] : null,
            EarlierPlaced = [.. placements.SkipLast(1)],
            Cancelled = order.Cancelled?.At <= moment ? order.Cancelled : null,
            Allocations = Until(order.Allocations, moment),
            Shipments = inSums ? [Parcel(shipped.Until(moment))] : Until(order.Shipments, moment),
            Refunds = inSums
                ? [Refund(called.Until(moment), unshipped: true), Refund(kept.Until(moment), unshipped: false)]
                : Until(order.Refunds, moment),
            Handling = order.Handling is { } handling ? handling with { Substitutions = Until(handling.Substitutions, moment) } : null,
        };
    }

    private static IEnumerable<(Sku, Quantity)> Units(OrderRefunded refund) => refund.Lines.Select(static l => (l.Sku, l.Quantity));

    private static IReadOnlyList<Fact<T>> Until<T>(IReadOnlyList<Fact<T>> facts, DateTimeOffset moment) =>
        [.. facts.Where(f => f.At <= moment)];

    private Fact<OrderShipped> Parcel(IEnumerable<((Sku Sku, LocationId Location) At, Quantity Units)> sums) =>
        new(
            default,
            default,
            new OrderShipped
            {
                OrderId = order.OrderId,
                ShipmentId = "all",
                Lines =
                [
                    .. sums.Select(static s => new AllocatedLine
                    {
                        Sku = s.At.Sku,
                        Location = s.At.Location,
                        Quantity = s.Units,
                    }),
                ],
            }
        );

    private Fact<OrderRefunded> Refund(IEnumerable<(Sku Sku, Quantity Units)> sums, bool unshipped) =>
        new(
            default,
            default,
            new OrderRefunded
            {
                OrderId = order.OrderId,
                RefundId = unshipped ? "called off" : "kept",
                Currency = order.Currency() ?? default,
                Unshipped = unshipped,
                Lines =
                [
                    .. sums.Select(static s => new OrderLine
                    {
                        Sku = s.Sku,
                        Description = "",
                        Quantity = s.Units,
                        UnitPrice = 0,
                    }),
                ],
            }
        );

    /// <summary>Units by key of the facts up to a moment, in the order in which the document first names each key.</summary>
    private sealed class Sums<TKey, T>(IReadOnlyList<Fact<T>> facts, Func<T, IEnumerable<(TKey, Quantity)>> units)
        where TKey : notnull
    {
        private readonly (int Place, Fact<T> Fact)[] byTime =
        [
            .. facts.Select(static (fact, i) => (i, fact)).OrderBy(static f => f.fact.At),
        ];

        private readonly Dictionary<TKey, (int First, Quantity Units)> sums = [];

        private int next;

        public IEnumerable<(TKey Key, Quantity Units)> Until(DateTimeOffset moment)
        {
            for (; next < byTime.Length && byTime[next].Fact.At <= moment; next++)
                foreach (var (key, quantity) in units(byTime[next].Fact.Said))
                    Add(key, byTime[next].Place, quantity);
            return sums.OrderBy(static s => s.Value.First).Select(static s => (s.Key, s.Value.Units));
        }

        private void Add(TKey key, int place, Quantity quantity) =>
            sums[key] = sums.TryGetValue(key, out var sum) ? (Math.Min(sum.First, place), sum.Units + quantity) : (place, quantity);
    }
}
