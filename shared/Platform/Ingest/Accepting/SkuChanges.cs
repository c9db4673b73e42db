using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Domain.Inventory;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Ingest.Accepting;

/// <summary>
/// Opens exceptions for SKUs that a channel duplicates or changes, and moves the stock figure of an item whose SKU changed.
/// </summary>
public sealed class SkuChanges(StateTables tables, EventQueue queue, ExceptionLog exceptions, TimeProvider time)
{
    internal async Task TellAsync(
        ChannelId channel,
        IReadOnlyList<(ItemSku Said, ItemSku? Known)> moved,
        Func<Sku, IReadOnlyCollection<string>> itemsOf,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        foreach (var sku in moved.Select(static m => m.Said.Sku).Distinct().Where(sku => itemsOf(sku).Count > 1))
            await exceptions.RaiseAsync(ItemSkus.Shared(channel, sku, itemsOf(sku), now), cancellationToken);
        foreach (var (said, known) in moved)
        {
            if (said.RenamedFrom(known) is not { } from)
                continue;
            await exceptions.RaiseAsync(ItemSkus.Renamed(channel, said.Item, from, said.Sku, now), cancellationToken);
            if (itemsOf(from).Count <= 1)
                await exceptions.ResolveAsync(ItemSkus.SharedType, ItemSkus.SubjectOf(from), now, cancellationToken);
            // Of a SKU that others have too the figure is not this item's to set.
            await MoveAsync(channel, said, from, isAlone: itemsOf(said.Sku).Count == 1, cancellationToken);
        }
    }

    // Moves the item's last stock level from the old SKU to the new one. Later levels confirm it.
    private async Task MoveAsync(ChannelId channel, ItemSku said, Sku from, bool isAlone, CancellationToken cancellationToken)
    {
        var events = new List<QueuedEvent>();
        var positions = RowKeys.Under(tables.PartitionOf(from), "position", from.Value);
        await foreach (var row in tables.Stock.QueryAsync<TableEntity>(positions, cancellationToken: cancellationToken))
        {
            var position = StockForms.Position.Read(row);
            if (
                position is not { IsCounted: true, Level: { } level }
                || level.Version.Source != said.Version.Source
                || !ItemLevels.IsOf(level.Version, said.Item)
            )
                continue;
            // Not before the level: of the item's levels that came between its new name and the word of it, the old SKU has the last one.
            var at = level.Version.OccurredAt > said.Version.OccurredAt ? level.Version.OccurredAt : said.Version.OccurredAt;
            var sequence = Math.Max(level.Version.Sequence, said.Version.Sequence) + 1;
            // If two items swap SKUs, the incoming figure wins over the withdrawal.
            EventHeader Header(bool away) =>
                new(
                    channel,
                    said.Version.Source,
                    ItemLevels.MovedId(said.Item, position.Location, said.Version, away),
                    at,
                    sequence + (away ? 0 : 1)
                );
            var withdrawn = new StockCounted
            {
                Sku = from,
                Location = position.Location,
                Quantity = null,
                Basis = CountBasis.Available,
            };
            events.Add(Queued(Header(away: true), withdrawn));
            if (isAlone)
                events.Add(Queued(Header(away: false), withdrawn with { Sku = said.Sku, Quantity = position.AvailableToPromise }));
        }
        if (events.Count > 0)
            await queue.SendAsync(events, cancellationToken);
    }

    private QueuedEvent Queued(EventHeader header, StockCounted said) =>
        new(header, said, said.BucketIn(queue.Buckets), CloudEventWriter.Write(header, said));
}
