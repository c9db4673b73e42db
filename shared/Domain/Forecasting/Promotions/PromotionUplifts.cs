using MathNet.Numerics.Distributions;
using Stockgate.Domain.Forecasting.Elasticity;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Promotions;

/// <summary>
/// What promotions did, learned from a history: of each item from its own, drawn to its category's others and those to all other items',
/// by how sure each is (<see cref="Shrinkage"/>). An item with few promotions, or none, has a wide interval.
/// </summary>
public sealed class PromotionUplifts
{
    /// <summary>No two items are alike: their ln(uplift) has a deviation of 0.2 at least, that of one item's promotions 0.1.</summary>
    private const double LeastBetween = 0.04,
        LeastWithin = 0.01;

    private static readonly double Z90 = Normal.InvCDF(0, 1, 0.9);

    private readonly Dictionary<Sku, Learned> items;
    private readonly ILookup<string, Learned> byCategory;
    private readonly Dictionary<string, Estimate?> otherCategories;

    private PromotionUplifts(Dictionary<Sku, Learned> items)
    {
        this.items = items;
        byCategory = items.Values.ToLookup(static i => i.Category, StringComparer.Ordinal);
        otherCategories = byCategory.ToDictionary(
            static c => c.Key,
            c => Expected([.. items.Values.Where(i => i.Category != c.Key)], null),
            StringComparer.Ordinal
        );
    }

    /// <summary>Items with a promotion that could be learned from.</summary>
    public int Items => items.Count;

    /// <summary>Learns from all days of a history that are marked as a promotion's.</summary>
    public static PromotionUplifts Learn(SalesHistory history)
    {
        var episodes = history
            .Series.GroupBy(static s => s.Key.Sku)
            .Select(item => (item.Key, item.First().Category, Episodes: item.SelectMany(s => PromotionEpisode.Of(history, s)).ToList()))
            .Where(static i => i.Episodes.Count > 0)
            .ToList();
        // How much an item's promotions differ is what items with several of them show; it holds for those with one too.
        var between = Math.Max(
            LeastWithin,
            Shrinkage.Between([.. episodes.Select(static i => i.Episodes.Select(static e => e.LogUplift).ToList())])
        );
        return new PromotionUplifts(
            episodes.ToDictionary(
                static i => i.Key,
                i => new Learned(
                    i.Key,
                    i.Category,
                    Shrinkage.MeanOf([.. i.Episodes.Select(static e => e.LogUplift)], between),
                    i.Episodes.Count,
                    i.Episodes.Sum(static e => e.Days)
                )
            )
        );
    }

    /// <summary>What to plan a promotion of this item by.</summary>
    /// <param name="sku">The item; it may have had none yet.</param>
    /// <param name="category">Its category; empty if it has none.</param>
    /// <returns>Null if no promotion of any item is known.</returns>
    public PromotionUplift? For(Sku sku, string category)
    {
        if (items.Count == 0)
            return null;
        var own = items.GetValueOrDefault(sku);
        // As it was learned: an item that moved to another category would else stand among its own others.
        category = own?.Category ?? category;
        var inCategory = byCategory[category].Where(i => i.Sku != sku).ToList();
        var others = otherCategories.TryGetValue(category, out var known)
            ? known
            : Expected([.. items.Values.Where(i => i.Sku != sku)], null);
        var expected = inCategory.Count > 0 ? Expected(inCategory, others) : others;
        if (own is null && expected is null)
            return null;
        var (estimate, share) =
            own is null ? (expected!.Value, 0)
            : expected is { } e ? Shrinkage.Towards(own.LogUplift, e)
            : (own.LogUplift, 1);
        var (factor, low, high) = (
            Math.Exp(estimate.Value),
            Math.Exp(estimate.Value - Z90 * estimate.Deviation),
            Math.Exp(estimate.Value + Z90 * estimate.Deviation)
        );
        string[] sources =
        [
            .. own is null ? Array.Empty<string>() : [$"{own.Promotions} promotions of the item with {own.Days} days ({share:P0})"],
            .. inCategory.Count == 0 ? Array.Empty<string>() : [$"those of {inCategory.Count} others in {category}"],
            .. others is null
                ? Array.Empty<string>()
                : [$"those of {items.Count - inCategory.Count - (own is null ? 0 : 1)} items elsewhere"],
        ];
        return new PromotionUplift(
            factor,
            low,
            high,
            own?.Promotions ?? 0,
            own?.Days ?? 0,
            share,
            $"A promotion of {sku} sells {factor:0.0#} times the usual units (80 % interval {low:0.0#} to {high:0.0#}); based on {string.Join(", ", sources)}"
        );
    }

    // The expectation for a further item of the category, whose known items are shrunk towards all other items.
    private static Estimate? Expected(IReadOnlyList<Learned> members, Estimate? elsewhere)
    {
        if (members.Count == 0)
            return elsewhere;
        var group = Shrinkage.Group([.. members.Select(static m => m.LogUplift)], LeastBetween);
        var mean = elsewhere is { } e ? Shrinkage.Towards(group.Mean, e).Estimate : group.Mean;
        return new Estimate(mean.Value, mean.Variance + group.Between);
    }

    private sealed record Learned(Sku Sku, string Category, Estimate LogUplift, int Promotions, int Days);
}
