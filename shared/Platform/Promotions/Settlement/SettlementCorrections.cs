using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Reports;
using Stockgate.Platform.Ingest;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Settlement;

/// <summary>
/// Promotions whose settlement has to be looked at again: a row for each, written when something of it was projected and removed when it is
/// booked. A row of a promotion that is not settled yet waits: what was said a moment before the last look was taken in may have come too
/// late for it.
/// </summary>
public sealed class SettlementCorrections(StateTables tables, PromotionStore store, PromotionAccount account, TimeProvider time)
    : IDisposable
{
    /// <summary>How long after its end a promotion's sales and returns are still looked at; what suppliers pay always is.</summary>
    public static readonly TimeSpan For = TimeSpan.FromDays(120);

    private const string Due = "settlement-due", Promotion = "Promotion", NotBefore = "NotBefore";

    // Twice as long as what is known of promotions is kept.
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(30), AfterEnd = 2 * KnownFor;

    // Of settled ones alone: their terms do not change any more.
    private readonly ConcurrentDictionary<PromotionId, IReadOnlyList<Sku>> items = new();
    private readonly Refreshed<ILookup<Sku, PromotionRecord>> settled = new(KnownFor, time);

    public void Dispose() => settled.Dispose();

    /// <summary>
    /// Notes which promotions are concerned by what was projected; before the messages are settled, so that after a crash it is noted
    /// again.
    /// </summary>
    public async Task NoteAsync(IEnumerable<QueuedMessage> applied, CancellationToken cancellationToken)
    {
        var (concerned, entries) = (new HashSet<PromotionId>(), new List<StockEntry>());
        foreach (var message in applied)
        {
            if (message.Data is ClaimPaid paid) concerned.Add(paid.Promotion);
            entries.AddRange(message.Entries.Where(static e => IsSale(e) || ComesBack(e)));
        }
        if (entries.Count > 0)
        {
            var bySku = await settled.GetAsync(ReadAsync, cancellationToken);
            foreach (var entry in entries) concerned.UnionWith(bySku[entry.Sku].Where(p => Concerns(p, entry)).Select(static p => p.Id));
        }
        foreach (var promotion in concerned)
        {
            var row = new TableEntity(Due, RowKeys.Of(promotion.Value)) { [Promotion] = promotion.Value };
            await tables.Promotions.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        }
    }

    /// <summary>
    /// Has a promotion looked at once more a minute after its end. Each worker knows for half a minute after it only that the promotion ran, and
    /// notes nothing that comes in that time.
    /// </summary>
    public Task NoteEndAsync(PromotionId promotion, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Due, RowKeys.Of(promotion.Value, "end")) { [Promotion] = promotion.Value, [NotBefore] = time.GetUtcNow() + AfterEnd };
        return tables.Promotions.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Books what is due.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Due}");
        await foreach (var row in tables.Promotions.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (row.GetDateTimeOffset(NotBefore) > time.GetUtcNow()) continue;
            var record = (await store.FindAsync(new PromotionId(row.GetString(Promotion)), cancellationToken))?.Record;
            var over = record?.State is null or PromotionState.Settled or PromotionState.Cancelled or PromotionState.Refused;
            if (!over) continue;
            if (record is { State: PromotionState.Settled } && !await account.CorrectAsync(record, cancellationToken)) continue;
            try
            {
                await tables.Promotions.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken);
            }
            catch (RequestFailedException again) when (again.Status == 412)
            {
                // Something came meanwhile: it is looked at again.
            }
        }
    }

    private static bool Concerns(PromotionRecord promotion, StockEntry entry) =>
        entry.At >= promotion.LiveAt && (ComesBack(entry) || entry.At < (promotion.RestoredAt ?? promotion.EndedAt));

    private static bool IsSale(StockEntry entry) => entry.Kind is EntryKind.Sale or EntryKind.Demand;

    private static bool ComesBack(StockEntry entry) => entry.Kind is EntryKind.Return or EntryKind.Cancellation;

    private async Task<ILookup<Sku, PromotionRecord>> ReadAsync(CancellationToken cancellationToken)
    {
        var (found, since) = (new List<(Sku Sku, PromotionRecord Promotion)>(), time.GetUtcNow() - For);
        foreach (var record in await store.ListAsync(onlyOpen: false, cancellationToken))
        {
            // From the end on: what comes between the last look and the state's change is noted, too.
            if (record.State is not (PromotionState.Ended or PromotionState.Settled) || record.EndedAt < since) continue;
            if (!items.TryGetValue(record.Id, out var skus))
            {
                skus = (await store.TermsAsync(record.Id, record.Terms, cancellationToken)).Items;
                if (record.State == PromotionState.Settled) items[record.Id] = skus;
            }
            found.AddRange(skus.Select(sku => (sku, record)));
        }
        return found.ToLookup(static f => f.Sku, static f => f.Promotion);
    }
}
