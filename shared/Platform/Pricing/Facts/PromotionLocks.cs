using System.Collections.Concurrent;
using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Promotions;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Facts;

/// <summary>The promotion that owns a price: from preparation in the channels until the prior prices are restored.</summary>
public sealed class PromotionLocks(PromotionStore store, OutboundChannels channels, TimeProvider time) : IDisposable
{
    // Terms never change under their number.
    private readonly ConcurrentDictionary<(PromotionId, int), Scope> scopes = new();
    private readonly Refreshed<IReadOnlyList<Owner>> owners = new(TimeSpan.FromSeconds(1), time);

    /// <returns>Says which promotion owns a price; null if none does.</returns>
    public async Task<Func<PriceKey, PromotionId?>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = await owners.GetAsync(LookAsync, cancellationToken);
        return key => now.FirstOrDefault(owner => owner.Scope.Has(key, channels.Find(key.Channel)?.AlwaysTakesPart ?? false))?.Promotion;
    }

    public void Dispose() => owners.Dispose();

    private async Task<IReadOnlyList<Owner>> LookAsync(CancellationToken cancellationToken)
    {
        var found = new List<Owner>();
        foreach (var record in await store.ListAsync(onlyOpen: true, cancellationToken))
        {
            if (
                record.State is not (PromotionState.Preparing or PromotionState.Live or PromotionState.Paused or PromotionState.RollingBack)
            )
                continue;
            if (!scopes.TryGetValue((record.Id, record.Terms), out var scope))
            {
                var terms = await store.TermsAsync(record.Id, record.Terms, cancellationToken);
                scopes[(record.Id, record.Terms)] = scope = new Scope(
                    [.. terms.Items],
                    [.. terms.Request.Channels.Select(static c => c.Value)],
                    [.. terms.Request.Regions.Select(static r => r.Region)]
                );
            }
            found.Add(new Owner(record.Id, scope));
        }
        var open = found.Select(static o => o.Promotion).ToHashSet();
        foreach (var key in scopes.Keys)
            if (!open.Contains(key.Item1))
                scopes.TryRemove(key, out _);
        return found;
    }

    private sealed record Owner(PromotionId? Promotion, Scope Scope);

    private sealed record Scope(HashSet<Sku> Items, HashSet<string> Channels, HashSet<RegionId> Regions)
    {
        // None named: all.
        public bool Has(PriceKey key, bool always) =>
            Items.Contains(key.Sku)
            && (always || Channels.Count == 0 || Channels.Contains(key.Channel.Value, StringComparer.OrdinalIgnoreCase))
            && (Regions.Count == 0 || Regions.Contains(key.Region));
    }
}
