using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Accuracy;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>Units of an order that are not allocated.</summary>
/// <param name="Kept">Units that locations ship or have shipped; part of every further allocation, which replaces the previous one.</param>
/// <param name="Wanted">Units without an allocation.</param>
internal sealed record AllocationNeed(IReadOnlyList<AllocatedLine> Kept, IReadOnlyList<SkuUnits> Wanted)
{
    /// <returns>
    /// Null if the order is not to be allocated: it names its locations, it is held or cancelled, nothing of it is open, or its channel
    /// allocates by itself.
    /// </returns>
    /// <param name="order">The order.</param>
    /// <param name="last">Our own last plan; null if we made none.</param>
    public static AllocationNeed? Of(OrderDocument order, PlannedAllocation? last)
    {
        if (
            order.Placed?.Said is not { Fulfilment: Fulfilment.Open, Location: null, Test: false } placed
            || placed.Lines.Any(static l => l.Location is not null)
            || order.IsHeld()
            || order.Cancelled is not null
        )
            return null;
        if (order.Status() is not (OrderStatus.Placed or OrderStatus.Allocated or OrderStatus.PartlyShipped))
            return null;
        // An allocation that does not answer the app's plan is another system's decision.
        if (order.Allocations.Count > (last is null ? 0 : last.AllocationsBefore + 1))
            return null;
        var kept = Reservations
            .Of(order)
            .Where(static r => r.Value > Quantity.Zero && r.Key.Location != LocationId.Unassigned)
            .Select(static r => (r.Key.Sku, r.Key.Location, r.Value))
            .Concat(order.Parcels().SelectMany(static s => s.Said.Lines).Select(static l => (l.Sku, l.Location, l.Quantity)));
        var calledOff = order.CalledOff();
        var lines = Sum(kept);
        var wanted = order
            .Lines()
            .GroupBy(static l => l.Sku)
            .Select(g => new SkuUnits(
                g.Key,
                new(
                    g.Sum(static l => l.Quantity.Value)
                        - calledOff.GetValueOrDefault(g.Key).Value
                        - lines.Where(l => l.Sku == g.Key).Sum(static l => l.Quantity.Value)
                )
            ))
            .Where(static w => w.Quantity > Quantity.Zero)
            .OrderBy(static w => w.Sku.Value, StringComparer.Ordinal)
            .ToList();
        return new AllocationNeed(lines, wanted);
    }

    /// <summary>Lines of one article and location made one.</summary>
    public static List<AllocatedLine> Sum(IEnumerable<(Sku Sku, LocationId Location, Quantity Quantity)> lines) =>
        [
            .. lines
                .GroupBy(static l => (l.Sku, l.Location))
                .OrderBy(static g => g.Key.Sku.Value, StringComparer.Ordinal)
                .ThenBy(static g => g.Key.Location.Value, StringComparer.Ordinal)
                .Select(static g => new AllocatedLine
                {
                    Sku = g.Key.Sku,
                    Location = g.Key.Location,
                    Quantity = new(g.Sum(static l => l.Quantity.Value)),
                }),
        ];
}
