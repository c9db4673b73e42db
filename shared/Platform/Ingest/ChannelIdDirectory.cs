using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Ingest;

/// <summary>
/// Our SKU for a channel's own id of it. Written when product data is taken in, before the answer, so that a stock level which follows at once finds it.
/// </summary>
public sealed class ChannelIdDirectory(StateTables tables)
{
    private const string InventoryItem = "inventory_item";

    /// <summary>The SKU of the inventory item that a Shopify stock level names; null where it names none or an unknown one.</summary>
    public async Task<Sku?> ResolveAsync(Channel channel, IHeaderDictionary headers, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (channel.Scheme != ChannelScheme.Shopify || headers[ShopifySignature.TopicHeader] != ShopifyTopics.InventoryLevelsUpdate) return null;
        if (ItemIn(body) is not { } item) return null;
        var found = await tables.ChannelIds.GetEntityIfExistsAsync<TableEntity>(RowKeys.Of(channel.Id.Value), RowKeys.Of(InventoryItem, item), cancellationToken: cancellationToken);
        return found.HasValue ? new Sku(found.Value!.GetString("Sku")) : null;
    }

    public async Task RememberAsync(Channel channel, IReadOnlyList<IncomingRecord> records, CancellationToken cancellationToken)
    {
        foreach (var record in records)
            foreach (var product in record.Products)
                foreach (var (kind, id) in product.ChannelIds ?? new Dictionary<string, string>())
                    await tables.ChannelIds.UpsertEntityAsync(
                        new TableEntity(RowKeys.Of(channel.Id.Value), RowKeys.Of(kind, id)) { ["Sku"] = product.Sku.Value }, TableUpdateMode.Replace, cancellationToken);
    }

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
