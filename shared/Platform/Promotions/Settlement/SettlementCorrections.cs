using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Promotions;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Promotions.Records;
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

    private const string Due = "settlement-due",
        Watched = "settlement-watched",
        Promotion = "Promotion",
        NotBefore = "NotBefore";

    // Twice as long as the index of promotions is cached.
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(30),
        AfterEnd = 2 * KnownFor;

    // Of settled ones alone: neither they nor their terms change any more.
    private readonly ConcurrentDictionary<PromotionId, WatchedPromotion> known = new();
    private readonly Refreshed<ILookup<Sku, PromotionRecord>> settled = new(KnownFor, time);

    public void Dispose() => settled.Dispose();

    /// <summary>Records the promotions affected by projected events, before the messages are settled, so that a crash repeats it.</summary>
    public async Task NoteAsync(IEnumerable<QueuedMessage> applied, CancellationToken cancellationToken)
    {
        var (concerned, entries) = (new HashSet<PromotionId>(), new List<StockEntry>());
        foreach (var message in applied)
        {
            if (message.Data is ClaimPaid paid)
                concerned.Add(paid.Promotion);
            entries.AddRange(message.Entries.Where(static e => IsSale(e) || ComesBack(e)));
        }
        if (entries.Count > 0)
        {
            var bySku = await settled.GetAsync(ReadAsync, cancellationToken);
            foreach (var entry in entries)
                concerned.UnionWith(bySku[entry.Sku].Where(p => Concerns(p, entry)).Select(static p => p.Id));
        }
        foreach (var promotion in concerned)
        {
            var row = new TableEntity(Due, RowKeys.Of(promotion.Value)) { [Promotion] = promotion.Value };
            await tables.Promotions.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        }
    }

    /// <summary>
    /// Has what comes after a promotion's end noted, and the promotion looked at once more a minute after it. Each worker knows for half
    /// a minute after it only that the promotion ran, and notes nothing that comes in that time.
    /// </summary>
    public async Task NoteEndAsync(PromotionId promotion, CancellationToken cancellationToken)
    {
        var watched = new TableEntity(Watched, RowKeys.Of(promotion.Value)) { [Promotion] = promotion.Value };
        await tables.Promotions.UpsertEntityAsync(watched, TableUpdateMode.Replace, cancellationToken);
        var due = new TableEntity(Due, RowKeys.Of(promotion.Value, "end"))
        {
            [Promotion] = promotion.Value,
            [NotBefore] = time.GetUtcNow() + AfterEnd,
        };
        await tables.Promotions.UpsertEntityAsync(due, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Books due corrections.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Due}");
        await foreach (var row in tables.Promotions.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (row.GetDateTimeOffset(NotBefore) > time.GetUtcNow())
                continue;
            var record = (await store.FindAsync(new PromotionId(row.GetString(Promotion)), cancellationToken))?.Record;
            var over = record?.State is null or PromotionState.Settled or PromotionState.Cancelled or PromotionState.Refused;
            if (!over)
                continue;
            if (record is { State: PromotionState.Settled } && !await account.CorrectAsync(record, cancellationToken))
                continue;
            try
            {
                await tables.Promotions.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken);
            }
            catch (RequestFailedException again) when (again.Status == 412)
            {
                // A concurrent event: it is processed again.
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
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Watched}");
        await foreach (var row in tables.Promotions.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            var id = new PromotionId(row.GetString(Promotion));
            if (await FindAsync(id, cancellationToken) is not { } promotion)
                continue;
            if (promotion.Record.EndedAt >= since)
            {
                found.AddRange(promotion.Items.Select(sku => (sku, promotion.Record)));
                continue;
            }
            // Its time is over: the list holds the ends of a few months, however many promotions there were.
            await tables.Promotions.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
            known.TryRemove(id, out _);
        }
        return found.ToLookup(static f => f.Sku, static f => f.Promotion);
    }

    private async Task<WatchedPromotion?> FindAsync(PromotionId id, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(id, out var settledBefore))
            return settledBefore;
        // From the end on: what comes between the last look and the state's change is noted, too.
        if (
            await store.FindAsync(id, cancellationToken) is not { Record: { State: PromotionState.Ended or PromotionState.Settled } record }
        )
            return null;
        var watched = new WatchedPromotion(record, (await store.TermsAsync(id, record.Terms, cancellationToken)).Items);
        if (record.State == PromotionState.Settled)
            known[id] = watched;
        return watched;
    }

    private sealed record WatchedPromotion(PromotionRecord Record, IReadOnlyList<Sku> Items);
}
