using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>A stored channel, or a row that can't be read.</summary>
/// <param name="Document">Null where the row can't be read.</param>
public sealed record StoredChannel(string Name, ChannelDocument? Document, ETag Version);

/// <summary>The channels of the API, one row each in one partition: there are as many as a retailer has systems.</summary>
public sealed class ChannelStore(StateTables tables)
{
    private const string Partition = "channel",
        Document = "Document",
        Name = "Name";

    public async Task<IReadOnlyList<StoredChannel>> ListAsync(CancellationToken cancellationToken)
    {
        var channels = new List<StoredChannel>();
        await foreach (
            var row in tables.Channels.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"),
                cancellationToken: cancellationToken
            )
        )
            channels.Add(Read(row));
        return channels;
    }

    public async Task<StoredChannel?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var row = await tables.Channels.GetEntityIfExistsAsync<TableEntity>(Partition, KeyOf(name), cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <param name="document">The channel.</param>
    /// <param name="before">What it replaces; null if it is new.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False on a concurrent write.</returns>
    public async Task<bool> TryWriteAsync(ChannelDocument document, StoredChannel? before, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Partition, KeyOf(document.Name)) { [Name] = document.Name };
        LongText.Put(row, Document, JsonSerializer.Serialize(document, ChannelJson.Default.ChannelDocument));
        try
        {
            if (before is null)
                await tables.Channels.AddEntityAsync(row, cancellationToken);
            else
                await tables.Channels.UpdateEntityAsync(row, before.Version, TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 409 or 412)
        {
            return false;
        }
    }

    // Names are the same in either case, as those of the settings are.
    private static string KeyOf(string name) => RowKeys.Of(name.ToUpperInvariant());

    private static StoredChannel Read(TableEntity row)
    {
        ChannelDocument? document = null;
        try
        {
            document = JsonSerializer.Deserialize(LongText.Get(row, Document), ChannelJson.Default.ChannelDocument);
        }
        catch (JsonException)
        {
            // It is shown as a channel with a mistake; the other ones work.
        }
        var isWhole = document is { Setup: not null, Secrets: not null };
        return new StoredChannel(row.GetString(Name) ?? row.RowKey, isWhole ? document : null, row.ETag);
    }
}
