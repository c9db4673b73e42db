using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Gating;

/// <summary>Which promotions have to look again after events were applied.</summary>
public sealed class PromotionSignals(PromotionStore store, TimeProvider time) : IDisposable
{
    /// <summary>
    /// Terms that are newer than this may be in no index yet: nobody tells their promotion of what happens, and it looks once more when
    /// that is over. Clocks may differ by a few seconds.
    /// </summary>
    public static readonly TimeSpan Unheard = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan IndexAge = TimeSpan.FromSeconds(1);

    private readonly Refreshed<ILookup<Sku, PromotionId>> index = new(IndexAge, time);

    public void Dispose() => index.Dispose();

    public async Task<IReadOnlyCollection<PromotionId>> ConcernedByAsync(
        IEnumerable<QueuedMessage> applied,
        CancellationToken cancellationToken
    )
    {
        var (concerned, skus) = (new HashSet<PromotionId>(), new HashSet<Sku>());
        foreach (var message in applied)
        {
            if (message.Data is PromotionReport report)
                concerned.Add(report.Promotion);
            else if (message.Data is SkuEvent said and not CompetitorPriceObserved)
                skus.Add(said.Sku);
            foreach (var entry in message.Entries)
                skus.Add(entry.Sku);
        }
        if (skus.Count == 0)
            return concerned;
        var bySku = await index.GetAsync(ReadAsync, cancellationToken);
        foreach (var sku in skus)
            concerned.UnionWith(bySku[sku]);
        return concerned;
    }

    private async Task<ILookup<Sku, PromotionId>> ReadAsync(CancellationToken cancellationToken)
    {
        var items = new List<(Sku, PromotionId)>();
        foreach (var record in await store.ListAsync(onlyOpen: true, cancellationToken))
            // A live one looks by itself: a sale is no reason to judge anything again.
            if (
                record.State
                is PromotionState.Gating
                    or PromotionState.AwaitingApproval
                    or PromotionState.Scheduled
                    or PromotionState.Preparing
            )
                items.AddRange((await store.TermsAsync(record.Id, record.Terms, cancellationToken)).Items.Select(sku => (sku, record.Id)));
        return items.ToLookup(static i => i.Item1, static i => i.Item2);
    }
}
