using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders;

/// <summary>
/// An order cut into one document for each of its SKUs. The reservation of a SKU depends only on its own events, so that an order with
/// thousands of lines and parcels is not evaluated as a whole for each parcel.
/// </summary>
internal static class HoldParts
{
    /// <returns>The order itself where it has one SKU, or where a substitution ties two together.</returns>
    public static IEnumerable<OrderDocument> Of(OrderDocument order)
    {
        var skus = order
            .Placements.SelectMany(static p => p.Said.Lines)
            .Select(static l => l.Sku)
            .Concat(order.Allocations.SelectMany(static a => a.Said.Lines).Select(static l => l.Sku))
            .Distinct()
            .ToList();
        if (skus.Count == 1 || order.Handling is { Substitutions.Count: > 0 })
            return [order];
        var placed = order
            .Placements.Select(static fact =>
                Cut(fact, fact.Said.Lines, static l => l.Sku, static (said, lines) => said with { Lines = lines })
            )
            .ToList();
        var allocations = order
            .Allocations.Select(static fact =>
                Cut(fact, fact.Said.Lines, static l => l.Sku, static (said, lines) => said with { Lines = lines })
            )
            .ToList();
        var shipments = Those(order.Shipments, static s => s.Lines, static l => l.Sku, static (said, lines) => said with { Lines = lines });
        var refunds = Those(order.Refunds, static r => r.Lines, static l => l.Sku, static (said, lines) => said with { Lines = lines });
        return skus.Select(sku =>
            order with
            {
                // Each part has all of these: one without the SKU releases its reservation.
                Placed = placed[^1](sku),
                EarlierPlaced = [.. placed.SkipLast(1).Select(fact => fact(sku))],
                Allocations = [.. allocations.Select(fact => fact(sku))],
                Shipments = shipments.GetValueOrDefault(sku) ?? [],
                Refunds = refunds.GetValueOrDefault(sku) ?? [],
            }
        );
    }

    // A fact's lines by SKU, cut once for all parts.
    private static Func<Sku, Fact<T>> Cut<T, TLine>(
        Fact<T> fact,
        IReadOnlyList<TLine> lines,
        Func<TLine, Sku> skuOf,
        Func<T, IReadOnlyList<TLine>, T> with
    )
    {
        var bySku = lines.ToLookup(skuOf);
        return sku => fact with { Said = with(fact.Said, [.. bySku[sku]]) };
    }

    private static Dictionary<Sku, List<Fact<T>>> Those<T, TLine>(
        IReadOnlyList<Fact<T>> facts,
        Func<T, IReadOnlyList<TLine>> lines,
        Func<TLine, Sku> skuOf,
        Func<T, IReadOnlyList<TLine>, T> with
    )
    {
        var parts = new Dictionary<Sku, List<Fact<T>>>();
        foreach (var fact in facts)
        foreach (var bySku in lines(fact.Said).GroupBy(skuOf))
        {
            if (!parts.TryGetValue(bySku.Key, out var part))
                parts[bySku.Key] = part = [];
            part.Add(fact with { Said = with(fact.Said, [.. bySku]) });
        }
        return parts;
    }
}
