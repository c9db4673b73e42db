using Stockgate.Domain;

namespace Stockgate.Platform.Pricing;

/// <summary>Finds prices that were not sent, or that no channel has confirmed, and has their writer follow them.</summary>
public sealed class PriceSweep(PriceStore store, PriceQueue queue, TimeProvider time)
{
    /// <summary>A channel has so long to answer before somebody asks.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>The items that are followed.</returns>
    public async Task<IReadOnlyCollection<Sku>> RunAsync(CancellationToken cancellationToken)
    {
        var due = time.GetUtcNow() - Patience;
        var late = (await store.OpenAsync(cancellationToken))
            .Where(open => open.At < due)
            .Select(static open => open.Key.Sku)
            .Distinct()
            .ToList();
        await queue.FollowAsync(late, "sweep", cancellationToken);
        return late;
    }
}
