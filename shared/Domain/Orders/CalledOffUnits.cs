using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders;

/// <summary>
/// Refunded units that will not ship. A refund can cancel units explicitly; of other refunds, units beyond the shipped ones count as
/// cancelled, because unshipped units can be neither returned nor kept.
/// </summary>
internal static class CalledOffUnits
{
    /// <summary>Units cancelled, by the SKU that the refunds name.</summary>
    public static Dictionary<Sku, Quantity> Of(OrderDocument order)
    {
        var called = Named(order.Refunds, static r => r.Unshipped);
        foreach (var (sku, units) in Implied(order))
            called[sku] = called.GetValueOrDefault(sku) + units;
        return called;
    }

    /// <summary>
    /// Of each refund's units of an article, those that had not left; first of refunds whose goods came back nowhere. For the whole order
    /// at once: to look all refunds through for each line of each would be slow where there are thousands.
    /// </summary>
    public static IReadOnlyDictionary<(string RefundId, Sku Sku), Quantity> ByRefund(OrderDocument order)
    {
        var (called, left) = (new Dictionary<(string, Sku), Quantity>(), Implied(order));
        foreach (var refund in order.Refunds.Select(static r => r.Said).OrderBy(static r => r.RestockedAt is not null))
        foreach (var (sku, units) in StockPostings.Sum(refund.Lines, static l => l.Sku, static l => l.Quantity))
        {
            var part = refund.Unshipped ? units : Quantity.Min(left.GetValueOrDefault(sku), units);
            if (part == Quantity.Zero)
                continue;
            called[(refund.RefundId, sku)] = part;
            if (!refund.Unshipped)
                left[sku] -= part;
        }
        return called;
    }

    private static Dictionary<Sku, Quantity> Implied(OrderDocument order)
    {
        var implied = new Dictionary<Sku, Quantity>();
        if (order.Placed?.Said is not { Fulfilment: Fulfilment.Open } placed)
            return implied;
        var (kept, shipped, tellers) = (Named(order.Refunds, static r => !r.Unshipped), order.Shipped(), Tellers(order));
        var lines = placed.Lines.ToLookup(static l => l.Sku);
        foreach (var (sku, units) in kept)
        {
            var left = shipped.GetValueOrDefault(sku);
            // A refund may name the article that was ordered though its substitute was sent.
            var substitutes = OrderSubstitutions.InOrder(order).Where(s => s.Said.From == sku).Select(static s => s.Said.To);
            foreach (var to in substitutes.Distinct())
                left += shipped.GetValueOrDefault(to);
            var beyond = Quantity.Max(Quantity.Zero, units - left);
            implied[sku] = Quantity.Min(
                units,
                tellers.TryGetValue(sku, out var told) ? Quantity.Max(beyond, Told(order, [.. lines[sku]], sku, told)) : beyond
            );
        }
        return implied;
    }

    // The newest refund that states the units of an article still to be shipped.
    private static Dictionary<Sku, Fact<OrderRefunded>> Tellers(OrderDocument order)
    {
        var tellers = new Dictionary<Sku, Fact<OrderRefunded>>();
        foreach (var refund in order.Refunds.OrderBy(static r => r.Version))
        foreach (var line in refund.Said.Lines.Where(static l => l.StillToShip is not null))
            tellers[line.Sku] = refund;
        return tellers;
    }

    // What a shop says is still to be shipped after a refund tells which units it was of: of two ordered and one shipped, the one that left
    // or the one that did not.
    private static Quantity Told(OrderDocument order, IReadOnlyList<OrderLine> lines, Sku sku, Fact<OrderRefunded> told)
    {
        if (lines.Count != 1 || OrderSubstitutions.InOrder(order).Any(s => s.Said.From == sku))
            return Quantity.Zero;
        var open = told.Said.Lines.First(l => l.Sku == sku && l.StillToShip is not null).StillToShip!.Value;
        var parcels = order.Parcels().Where(s => s.At <= told.At).SelectMany(static s => s.Said.Lines);
        var left = parcels.Where(l => l.Sku == sku).Sum(static l => l.Quantity.Value);
        var called = Named(order.Refunds.Where(r => r.At <= told.At), static r => r.Unshipped).GetValueOrDefault(sku);
        return Quantity.Max(Quantity.Zero, lines[0].Quantity - new Quantity(left) - called - open);
    }

    private static Dictionary<Sku, Quantity> Named(IEnumerable<Fact<OrderRefunded>> refunds, Func<OrderRefunded, bool> which) =>
        StockPostings.Sum(
            refunds.Where(r => which(r.Said)).SelectMany(static r => r.Said.Lines),
            static l => l.Sku,
            static l => l.Quantity
        );
}
