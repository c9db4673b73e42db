using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders;

/// <summary>A change of an order's reservation of a SKU at a location, at the time of its cause.</summary>
/// <param name="At">When it changed.</param>
/// <param name="Sku">What is held.</param>
/// <param name="Location">Where.</param>
/// <param name="Units">Sales units; negative where a hold ended.</param>
public readonly record struct HoldChange(DateTimeOffset At, Sku Sku, LocationId Location, Quantity Units);

/// <summary>
/// The reservations of an order over time. The changes up to a time sum to the reservation at that time, and all of them to
/// <see cref="Reservations.Of"/>. A count that excludes open orders uses it to find the orders open at the count, in any order of arrival.
/// </summary>
public static class HoldHistory
{
    /// <summary>The changes by SKU, oldest first; a function of the document. Empty for an order that never held anything.</summary>
    public static IEnumerable<HoldChange> Of(OrderDocument order)
    {
        if (order.Placed is null || (order.Placed.Said.Fulfilment == Fulfilment.Immediate && order.EarlierPlaced is null))
            return [];
        var moments = Moments(order).Distinct().Count();
        return moments == 1 ? Changes(order) : HoldParts.Of(order).SelectMany(Changes);
    }

    private static IEnumerable<HoldChange> Changes(OrderDocument order)
    {
        IReadOnlyDictionary<(Sku Sku, LocationId Location), Quantity> held = new Dictionary<(Sku, LocationId), Quantity>();
        var past = new HoldPast(order);
        foreach (var moment in Moments(order).Distinct().Order())
        {
            var now = Reservations.Of(past.At(moment));
            // An order that is said again with other goods does not name the ones that it let go.
            foreach (var place in now.Keys.Union(held.Keys))
                if (now.GetValueOrDefault(place) - held.GetValueOrDefault(place) is var change && change != Quantity.Zero)
                    yield return new HoldChange(moment, place.Sku, place.Location, change);
            held = now;
        }
    }

    private static IEnumerable<DateTimeOffset> Moments(OrderDocument order) =>
        order
            .Placements.Select(static p => p.At)
            .Concat(order.Allocations.Select(static a => a.At))
            .Concat(order.Shipments.Select(static s => s.At))
            .Concat(order.Refunds.Select(static r => r.At))
            .Concat((order.Handling?.Substitutions ?? []).Select(static s => s.At))
            .Concat(order.Cancelled is { } cancelled ? [cancelled.At] : []);
}
