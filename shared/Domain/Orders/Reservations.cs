using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders;

/// <summary>The reservations of an open order, by SKU and location.</summary>
public static class Reservations
{
    /// <summary>
    /// Units held wherever the order ever held any; zero where it does no more, so that an earlier hold ends. Ordered − shipped −
    /// cancelled, at the locations of the last allocation or, before there is one, of the lines; a substitute is held where its article
    /// was. What was shipped from elsewhere frees the other locations in the order of their names.
    /// </summary>
    public static IReadOnlyDictionary<(Sku Sku, LocationId Location), Quantity> Of(OrderDocument order)
    {
        if (order.Placed?.Said is not { Fulfilment: Fulfilment.Open, Test: false } placed)
            return new Dictionary<(Sku, LocationId), Quantity>();
        var asOrdered = StockPostings.Sum(
            order.Lines(),
            line => (line.Sku, StockPostings.StockAt(placed, line)),
            static line => line.Quantity
        );
        var held =
            order.Allocations.Count == 0
                ? new(asOrdered)
                : StockPostings.Sum(order.Allocations[^1].Said.Lines, static l => (l.Sku, l.Location), static l => l.Quantity);
        if (order is { Allocations.Count: > 0, Handling.Substitutions.Count: > 0 })
            OrderSubstitutions.Move(held, order, order.Allocations[^1].Version);
        if (order.Cancelled is not null)
            held.Clear();
        else
        {
            foreach (
                var (at, units) in StockPostings.Sum(
                    order.Parcels().SelectMany(static s => s.Said.Lines),
                    static l => (l.Sku, l.Location),
                    static l => l.Quantity
                )
            )
                Free(held, at, units);
            foreach (var (sku, units) in CalledOffUnits.Of(order))
                CallOff(held, order, sku, units);
        }
        // Every place that ever held some is named, with zero where nothing is held now.
        if (order.Handling is { Substitutions.Count: > 0 })
            foreach (var line in placed.Lines)
                held.TryAdd((line.Sku, StockPostings.StockAt(placed, line)), Quantity.Zero);
        foreach (
            var at in asOrdered.Keys.Concat(order.Allocations.SelectMany(static a => a.Said.Lines).Select(static l => (l.Sku, l.Location)))
        )
            held.TryAdd(at, Quantity.Zero);
        return held;
    }

    // Units cancelled under the name of an article that was substituted are the substitute's.
    private static void CallOff(Dictionary<(Sku Sku, LocationId Location), Quantity> held, OrderDocument order, Sku sku, Quantity units)
    {
        units = Free(held, (sku, LocationId.Unassigned), units);
        foreach (var substitution in OrderSubstitutions.InOrder(order).Where(s => s.Said.From == sku))
            units -=
                Quantity.Min(units, substitution.Said.Quantity)
                - Free(held, (substitution.Said.To, LocationId.Unassigned), Quantity.Min(units, substitution.Said.Quantity));
    }

    /// <returns>Units that were held nowhere.</returns>
    private static Quantity Free(
        Dictionary<(Sku Sku, LocationId Location), Quantity> held,
        (Sku Sku, LocationId Location) at,
        Quantity units
    )
    {
        foreach (
            var place in held
                .Keys.Where(h => h.Sku == at.Sku)
                .OrderBy(h => h.Location != at.Location)
                .ThenBy(static h => h.Location.Value, StringComparer.Ordinal)
                .ToList()
        )
        {
            var freed = Quantity.Min(held[place], units);
            held[place] -= freed;
            units -= freed;
        }
        return units;
    }
}
