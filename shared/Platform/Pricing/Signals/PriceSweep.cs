using Stockgate.Domain;
using Stockgate.Platform.Pricing.Writing;

namespace Stockgate.Platform.Pricing.Signals;

/// <summary>Finds unsent and unconfirmed prices and queues them for their writer.</summary>
public sealed class PriceSweep(PriceStore store, PriceQueue queue, TimeProvider time)
{
    /// <summary>How long a channel has to answer before it is asked again.</summary>
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
