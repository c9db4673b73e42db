using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Ingest.Reading;

/// <summary>
/// Maps a channel's item ids to SKUs and back. Written when product data is accepted, before the answer, so that an immediately following
/// stock level finds it. The newer of two events about an item wins, in any order of arrival.
/// </summary>
public sealed class ChannelIdDirectory(StateTables tables, SkuChanges changes)
{
    private const string InventoryItem = "inventory_item",
        HoldersKind = "sku";

    // Two rows are written for an item at most, three where it has another SKU than before: together, so that none is there without the
    // others.
    private const int ItemsOfTransaction = BucketRows.TransactionRows / 3,
        ReadsAtOnce = 16,
        Tries = 8;

    // A shop may call everything "N/A": that several have it is known by a few, and a property has its size.
    private const int MostHolders = 100;

    /// <summary>The SKU of the inventory item that a Shopify stock level names; null if it names none or an unknown one.</summary>
    public async Task<Sku?> ResolveAsync(Channel channel, string topic, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (channel.Format != ChannelFormat.Shopify || topic != ShopifyTopics.InventoryLevelsUpdate)
            return null;
        if (ItemIn(body) is not { } item)
            return null;
        var found = await tables.ChannelIds.GetEntityIfExistsAsync<TableEntity>(
            RowKeys.Of(channel.Id.Value),
            ItemKey(item),
            cancellationToken: cancellationToken
        );
        return found.HasValue ? new Sku(found.Value!.GetString("Sku")) : null;
    }

    /// <summary>The SKUs of items that product data named; unknown ones are left out.</summary>
    public async Task<IReadOnlyDictionary<string, Sku>> SkusOfAsync(
        ChannelId channel,
        IReadOnlyList<string> items,
        CancellationToken cancellationToken
    )
    {
        var asked = items.Distinct(StringComparer.Ordinal).ToDictionary(ItemKey, StringComparer.Ordinal);
        var rows = await LoadAsync(RowKeys.Of(channel.Value), asked.Keys, cancellationToken);
        return rows.Where(static r => r.Value is not null)
            .ToDictionary(r => asked[r.Key], static r => new Sku(r.Value!.GetString("Sku")), StringComparer.Ordinal);
    }

    /// <summary>
    /// Stores which items have which SKUs, after the exception is opened and the stock figure moved: a crash in between repeats both.
    /// </summary>
    public async Task RememberAsync(Channel channel, IReadOnlyList<IncomingRecord> records, CancellationToken cancellationToken)
    {
        var said = records
            .SelectMany(static r => r.Products)
            .Where(static p => p.Said.ChannelIds?.ContainsKey(InventoryItem) == true)
            .Select(static p => new ItemSku(p.Said.ChannelIds![InventoryItem], p.Said.Sku, p.Header.Version))
            .GroupBy(static i => i.Item, StringComparer.Ordinal)
            .Select(static g => g.MaxBy(static i => i.Version)!);
        foreach (var part in said.Chunk(ItemsOfTransaction))
            for (var left = Tries; !await TryRememberAsync(channel.Id, part, cancellationToken); left--)
                if (left == 0)
                    throw new InvalidOperationException(
                        $"The items of channel {channel.Id} could not be written: other writers kept changing them."
                    );
    }

    /// <returns>False on a concurrent write.</returns>
    private async Task<bool> TryRememberAsync(ChannelId channel, IReadOnlyList<ItemSku> said, CancellationToken cancellationToken)
    {
        var partition = RowKeys.Of(channel.Value);
        var rows = await LoadAsync(partition, said.Select(static i => ItemKey(i.Item)), cancellationToken);
        var newer = said.Select(i => (Said: i, Known: Read(i.Item, rows[ItemKey(i.Item)])))
            .Where(static i => i.Said.IsNewerThan(i.Known))
            .ToList();
        var moved = newer.Where(static i => i.Known?.Sku != i.Said.Sku).ToList();
        var touched = moved.SelectMany(static i => new[] { i.Said.Sku, i.Known?.Sku }).OfType<Sku>();
        var holders = await LoadAsync(partition, touched.Select(HoldersKey).Distinct(), cancellationToken);
        var items = holders.ToDictionary(static h => h.Key, static h => new SortedSet<string>(ItemsIn(h.Value), StringComparer.Ordinal));
        foreach (var (now, known) in moved)
        {
            if (known is not null)
                items[HoldersKey(known.Sku)].Remove(now.Item);
            items[HoldersKey(now.Sku)].Add(now.Item);
        }
        await changes.TellAsync(channel, moved, sku => items[HoldersKey(sku)], cancellationToken);
        var written = newer
            .Select(i => Changed(rows[ItemKey(i.Said.Item)], RowOf(partition, i.Said)))
            .Concat(items.Select(i => Changed(holders[i.Key], RowOf(partition, i.Key, i.Value))))
            .ToList();
        return written.Count == 0 || await WriteAsync(written, cancellationToken);
    }

    private async Task<bool> WriteAsync(List<TableTransactionAction> written, CancellationToken cancellationToken)
    {
        try
        {
            await tables.ChannelIds.SubmitTransactionAsync(written, cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException lost) when (lost.Status is 409 or 412 or 404)
        {
            return false;
        }
    }

    private async Task<Dictionary<string, TableEntity?>> LoadAsync(
        string partition,
        IEnumerable<string> keys,
        CancellationToken cancellationToken
    )
    {
        var asked = keys.ToArray();
        var read = new TableEntity?[asked.Length];
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0,
            asked.Length,
            atOnce,
            async (i, cancellation) =>
            {
                var found = await tables.ChannelIds.GetEntityIfExistsAsync<TableEntity>(
                    partition,
                    asked[i],
                    cancellationToken: cancellation
                );
                read[i] = found.HasValue ? found.Value : null;
            }
        );
        return asked.Zip(read).ToDictionary(static r => r.First, static r => r.Second, StringComparer.Ordinal);
    }

    private static TableTransactionAction Changed(TableEntity? before, TableEntity after) =>
        before is null ? new(TableTransactionActionType.Add, after) : new(TableTransactionActionType.UpdateReplace, after, before.ETag);

    private static TableEntity RowOf(string partition, ItemSku item) =>
        new(partition, ItemKey(item.Item))
        {
            ["Sku"] = item.Sku.Value,
            ["OccurredAt"] = item.Version.OccurredAt,
            ["Sequence"] = item.Version.Sequence,
            ["Source"] = item.Version.Source,
            ["EventId"] = item.Version.Id,
        };

    private static TableEntity RowOf(string partition, string key, IEnumerable<string> holders) =>
        new(partition, key) { ["Items"] = string.Join('\n', holders.Take(MostHolders)) };

    // A row of before versions were kept gives way to any word.
    private static ItemSku? Read(string item, TableEntity? row)
    {
        if (row is null)
            return null;
        var at = row.GetDateTimeOffset("OccurredAt") ?? Limits.Earliest;
        var version = new LevelVersion(at, row.GetInt64("Sequence") ?? 0, row.GetString("Source") ?? "", row.GetString("EventId") ?? "");
        return new ItemSku(item, new Sku(row.GetString("Sku")), version);
    }

    private static IEnumerable<string> ItemsIn(TableEntity? row) =>
        row?.GetString("Items") is { Length: > 0 } items ? items.Split('\n') : [];

    private static string ItemKey(string item) => RowKeys.Of(InventoryItem, item);

    private static string HoldersKey(Sku sku) => RowKeys.Of(HoldersKind, sku.Value);

    private static string? ItemIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = Limits.JsonDepth });
            return ShopifyTranslator.InventoryItem(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
