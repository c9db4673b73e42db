using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders.Accuracy;

/// <summary>Units of an article, wherever.</summary>
public sealed record SkuUnits(Sku Sku, Quantity Quantity);

/// <summary>The parameters of an allocation.</summary>
public sealed record AllocationRules
{
    /// <summary>Kilometres that a further parcel is worth avoiding; 0 or more.</summary>
    public decimal SplitPenaltyKm { get; init; } = 250;

    /// <summary>The buffer of a location against a channel's orders, per article; 0 if not set.</summary>
    public IReadOnlyDictionary<(LocationId Location, ChannelId Channel), Quantity> Buffers { get; init; } =
        new Dictionary<(LocationId, ChannelId), Quantity>();

    /// <summary>A stock figure that is older is not relied on.</summary>
    public TimeSpan StockFreshFor { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>The facts of an allocation.</summary>
public sealed record AllocationFacts
{
    public required ChannelId Channel { get; init; }

    /// <summary>Units to be shipped; articles may repeat.</summary>
    public required IReadOnlyList<SkuUnits> Wanted { get; init; }

    /// <summary>Null if the customer's place is not known: then every location is as near as the other.</summary>
    public Place? To { get; init; }

    public required IReadOnlyDictionary<(Sku Sku, LocationId Location), Actions.StockSeen> Stock { get; init; }

    /// <summary>Where orders ship from; stock elsewhere is not used.</summary>
    public required IReadOnlyDictionary<LocationId, Place> Locations { get; init; }
}

/// <summary>
/// Allocates an order to locations. Most units first, then the least of kilometres: the sum over the locations used, and the split penalty
/// for each after the first. Exact for up to <see cref="ExactParcels"/> parcels from the <see cref="ExactLocations"/> nearest locations
/// that have something (and the nearest one that has everything); beyond that the location that adds most is taken next. The same facts
/// make the same plan.
/// </summary>
public sealed record AllocationPlan
{
    /// <summary>Locations among which every choice is tried, and how many of them at once.</summary>
    public const int ExactLocations = 12,
        ExactParcels = 3;

    public IReadOnlyList<AllocatedLine> Lines { get; set; } = [];

    /// <summary>Units out of stock everywhere.</summary>
    public IReadOnlyList<SkuUnits> Shortage { get; set; } = [];

    /// <summary>Kilometres of the plan, its penalties among them.</summary>
    public decimal Cost { get; init; }

    /// <summary>Why it is this one.</summary>
    public IReadOnlyList<string> Words { get; set; } = [];

    public static AllocationPlan Of(AllocationFacts facts, AllocationRules rules) => new AllocationSearch(facts, rules).Best();
}
