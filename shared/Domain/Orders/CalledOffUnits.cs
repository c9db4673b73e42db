using Stockgate.Domain.Ingest;

namespace Stockgate.Domain.Orders;

/// <summary>
/// Units that will not ship because their money goes back. A refund that says so calls its units off; of any other one, whatever became of
/// the goods by its words, units beyond those that were shipped never left, for what was not shipped can't have come back or been kept.
/// </summary>
internal static class CalledOffUnits
{
    /// <summary>Units called off, by the SKU that the refunds name.</summary>
    public static Dictionary<Sku, Quantity> Of(OrderDocument order)
    {
        var called = Named(order.Refunds, static r => r.Unshipped);
        foreach (var (sku, units) in Implied(order)) called[sku] = called.GetValueOrDefault(sku) + units;
        return called;
    }

    /// <summary>Of a refund's units of an article, those that had not left; first of refunds whose goods came back nowhere.</summary>
    public static Quantity Of(OrderDocument order, OrderRefunded refund, Sku sku)
    {
        var own = Units(refund, sku);
        if (refund.Unshipped) return own;
        var left = Implied(order).GetValueOrDefault(sku);
        var others = order.Refunds.Select(static r => r.Said).Where(static r => !r.Unshipped);
        foreach (var other in others.OrderBy(static r => r.RestockedAt is not null))
        {
            var part = Quantity.Min(left, Units(other, sku));
            if (other.RefundId == refund.RefundId) return part;
            left -= part;
        }
        return Quantity.Zero;
    }

    private static Dictionary<Sku, Quantity> Implied(OrderDocument order)
    {
        var implied = new Dictionary<Sku, Quantity>();
        if (order.Placed?.Said is not { Fulfilment: Fulfilment.Open } placed) return implied;
        var (kept, shipped) = (Named(order.Refunds, static r => !r.Unshipped), order.Shipped());
        foreach (var (sku, units) in kept)
        {
            var left = shipped.GetValueOrDefault(sku);
            // A refund may name the article that was ordered though its substitute was sent.
            var substitutes = OrderSubstitutions.InOrder(order).Where(s => s.Said.From == sku).Select(static s => s.Said.To);
            foreach (var to in substitutes.Distinct()) left += shipped.GetValueOrDefault(to);
            var beyond = Quantity.Max(Quantity.Zero, units - left);
            implied[sku] = Quantity.Min(units, Quantity.Max(beyond, Told(order, placed, sku)));
        }
        return implied;
    }

    // What a shop says is still to be shipped after a refund tells which units it was of: of two ordered and one shipped, the one that left
    // or the one that did not.
    private static Quantity Told(OrderDocument order, OrderPlaced placed, Sku sku)
    {
        var lines = placed.Lines.Where(l => l.Sku == sku).ToList();
        var told = order.Refunds.Where(r => r.Said.Lines.Any(l => l.Sku == sku && l.StillToShip is not null)).MaxBy(static r => r.Version);
        if (told is null || lines.Count != 1 || OrderSubstitutions.InOrder(order).Any(s => s.Said.From == sku)) return Quantity.Zero;
        var open = told.Said.Lines.First(l => l.Sku == sku && l.StillToShip is not null).StillToShip!.Value;
        var parcels = order.Parcels().Where(s => s.At <= told.At).SelectMany(static s => s.Said.Lines);
        var left = parcels.Where(l => l.Sku == sku).Sum(static l => l.Quantity.Value);
        var called = Named(order.Refunds.Where(r => r.At <= told.At), static r => r.Unshipped).GetValueOrDefault(sku);
        return Quantity.Max(Quantity.Zero, lines[0].Quantity - new Quantity(left) - called - open);
    }

    private static Dictionary<Sku, Quantity> Named(IEnumerable<Fact<OrderRefunded>> refunds, Func<OrderRefunded, bool> which) =>
        StockPostings.Sum(
            refunds.Where(r => which(r.Said)).SelectMany(static r => r.Said.Lines), static l => l.Sku, static l => l.Quantity);

    private static Quantity Units(OrderRefunded refund, Sku sku) =>
        new(refund.Lines.Where(l => l.Sku == sku).Sum(static l => l.Quantity.Value));
}
