namespace Stockgate.Domain.Forecasting.Replenishment;

/// <summary>A location or region that takes part in a promotion.</summary>
/// <param name="Place">Its id.</param>
/// <param name="Demand">The expected promotion sales there.</param>
/// <param name="There">Units that are there already, 0 or more.</param>
public sealed record AllocationPlace(string Place, DemandSum Demand, Quantity There);

/// <summary>The allocation to a place.</summary>
/// <param name="Place">Its id.</param>
/// <param name="Quantity">Units to be sent, whole packs.</param>
/// <param name="Risk">The chance that more is wanted than will be there, 0 to 1.</param>
/// <param name="Lost">Units wanted and not there, on average.</param>
/// <param name="Words">For a planner.</param>
public sealed record PlaceAllocation(string Place, Quantity Quantity, double Risk, double Lost, string Words);

/// <summary>A promotion's stock of an item, spread so that the fewest units are lost on average.</summary>
/// <param name="Places">In the order they were given.</param>
/// <param name="Unallocated">Units that are less than a pack, or that no place is likely to sell.</param>
/// <param name="Lost">Units wanted and not there, on average, in all places.</param>
/// <param name="Words">For a planner.</param>
public sealed record PromotionAllocation(IReadOnlyList<PlaceAllocation> Places, Quantity Unallocated, double Lost, string Words)
{
    /// <summary>A pack that is less likely to sell a single unit than this stays where it can still be sent anywhere.</summary>
    private const double LeastUse = 0.01;

    /// <summary>
    /// Pack after pack goes to where it saves most: the units that a pack saves at a place only become fewer with each one, so that no
    /// other spread loses less. It ends with the same chance to run out everywhere, as far as packs allow.
    /// </summary>
    /// <param name="stock">Units to spread, 0 or more.</param>
    /// <param name="pack">Units of a pack, above 0; whole.</param>
    /// <param name="places">At least one.</param>
    public static PromotionAllocation Of(Quantity stock, Quantity pack, IReadOnlyList<AllocationPlace> places)
    {
        ArgumentOutOfRangeException.ThrowIfZero(places.Count);
        if (pack <= Quantity.Zero || pack.Value != decimal.Truncate(pack.Value))
            throw new ArgumentOutOfRangeException(nameof(pack), pack, "A pack must be a whole number of units above 0.");
        if (stock < Quantity.Zero)
            throw new ArgumentOutOfRangeException(nameof(stock), stock, "Stock to allocate must be 0 or more.");
        var given = new Quantity[places.Count];
        var queue = new PriorityQueue<int, (double, int)>();
        void Enqueue(int index)
        {
            var (there, demand) = ((double)(places[index].There + given[index]).Value, places[index].Demand);
            var saved = demand.Lost(there) - demand.Lost(there + (double)pack.Value);
            if (saved >= LeastUse)
                queue.Enqueue(index, (-saved, index));
        }
        for (var index = 0; index < places.Count; index++)
            Enqueue(index);
        var left = stock;
        while (left >= pack && queue.TryDequeue(out var index, out _))
        {
            (given[index], left) = (given[index] + pack, left - pack);
            Enqueue(index);
        }
        var allocations = places.Select((p, i) => Of(p, given[i])).ToArray();
        var lost = allocations.Sum(static a => a.Lost);
        return new PromotionAllocation(
            allocations,
            left,
            lost,
            $"{stock - left} of {stock} are sent to {allocations.Count(static a => a.Quantity > Quantity.Zero)} of {places.Count} places, {left} are kept; {lost:0.#} of {places.Sum(static p => p.Demand.Mean):0.#} units of demand are lost on average"
        );
    }

    private static PlaceAllocation Of(AllocationPlace place, Quantity given)
    {
        var there = (double)(place.There + given).Value;
        var (risk, lost) = (place.Demand.Above(there), place.Demand.Lost(there));
        return new PlaceAllocation(
            place.Place,
            given,
            risk,
            lost,
            $"{place.Place} gets {given} in addition to {place.There}: stockout risk {risk:P0}, {lost:0.#} of {place.Demand.Mean:0.#} units lost on average"
        );
    }
}
