using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Facts;

/// <summary>Gathers the facts of price decisions.</summary>
public sealed class PricingFactsReader(
    StateTables tables,
    ForecastReader forecasts,
    PromotionLocks promotions,
    PriceCategories categories,
    SilentSources silent,
    TimeProvider time
)
{
    /// <summary>The facts of some items in every market of the policy where they have a price.</summary>
    public async Task<List<PricingFacts>> ReadAsync(
        IReadOnlyCollection<Sku> skus,
        PricePolicy policy,
        CancellationToken cancellationToken
    ) => [.. (await SituationsAsync(skus, static _ => true, policy, cancellationToken)).Select(static s => s.Facts).OfType<PricingFacts>()];

    /// <summary>The facts of a whole bucket, by a few scans: for runs over everything.</summary>
    public async Task<List<PricingFacts>> ReadBucketAsync(int bucket, PricePolicy policy, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return
        [
            .. (await SituationsAsync(now, await ItemRows.OfBucketAsync(tables, bucket, cancellationToken), policy, cancellationToken))
                .Select(static s => s.Facts)
                .OfType<PricingFacts>(),
        ];
    }

    internal async Task<List<PriceSituation>> SituationsAsync(
        IReadOnlyCollection<Sku> skus,
        Predicate<Sku> whole,
        PricePolicy policy,
        CancellationToken cancellationToken
    )
    {
        // The time before reading, so that concurrent changes count as unseen.
        var now = time.GetUtcNow();
        return await SituationsAsync(now, await ItemRows.OfAsync(tables, skus, whole, cancellationToken), policy, cancellationToken);
    }

    private async Task<List<PriceSituation>> SituationsAsync(
        DateTimeOffset now,
        IReadOnlyList<ItemRows> items,
        PricePolicy policy,
        CancellationToken cancellationToken
    )
    {
        var names = items.Where(static i => i.Whole).Select(static i => i.Category).Distinct(StringComparer.Ordinal).ToArray();
        var states = await Task.WhenAll(names.Select(name => categories.TodayAsync(name, cancellationToken)));
        var world = new PricingWorld(
            now,
            policy,
            await forecasts.ReadAsync(cancellationToken),
            await promotions.ReadAsync(cancellationToken),
            names.Zip(states).ToDictionary(static p => p.First, static p => p.Second, StringComparer.Ordinal),
            await silent.ReadAsync(cancellationToken)
        );
        return [.. items.SelectMany(world.Of)];
    }
}
