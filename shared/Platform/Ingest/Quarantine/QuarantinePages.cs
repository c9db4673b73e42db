using Azure.Data.Tables;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Ingest.Quarantine;

/// <summary>
/// Pages of quarantined records. What waits is read channel by channel, by its range of keys, so that a page costs what it shows and not
/// what was settled in all the years before.
/// </summary>
internal sealed class QuarantinePages(StateTables tables)
{
    // Through channels that have little, for one page.
    private const int MostTurns = 20;

    public async Task<(IReadOnlyList<QuarantinedRecord> Records, string? Next)> ReadAsync(
        QuarantineFilter filter,
        int size,
        string? after,
        CancellationToken cancellationToken
    )
    {
        if (filter is { Channel: null, State: QuarantineStore.Waiting })
            return await WalkAsync(filter, size, after, cancellationToken);
        var partition = filter.Channel is { } channel ? RowKeys.Of(channel) : null;
        return await PageAsync(filter.Of(partition), size, after, cancellationToken);
    }

    // A turn is two requests: a page of a channel, and where the next channel begins.
    private async Task<(IReadOnlyList<QuarantinedRecord> Records, string? Next)> WalkAsync(
        QuarantineFilter filter,
        int size,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var found = new List<QuarantinedRecord>();
        var (partition, token) = after is null ? (await NextChannelAsync("", cancellationToken), null) : PlaceOf(after);
        for (var turns = 0; partition is not null && turns < MostTurns && found.Count < size; turns++)
        {
            var (records, next) = await PageAsync(filter.Of(partition), size - found.Count, token, cancellationToken);
            found.AddRange(records);
            token = next;
            if (token is null)
                partition = await NextChannelAsync(partition, cancellationToken);
        }
        return (found, partition is null ? null : $"{Uri.EscapeDataString(partition)}/{token}");
    }

    private static (string Partition, string? Token) PlaceOf(string after) =>
        after.Split('/', 2) is [var partition, var token]
            ? (Uri.UnescapeDataString(partition), token.Length > 0 ? token : null)
            : throw new FormatException("no place in a list of several channels");

    private async Task<string?> NextChannelAsync(string partition, CancellationToken cancellationToken)
    {
        var behind = tables.Quarantine.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey gt {partition}"),
            1,
            ["PartitionKey"],
            cancellationToken
        );
        await foreach (var row in behind)
            return row.PartitionKey;
        return null;
    }

    private async Task<(IReadOnlyList<QuarantinedRecord> Records, string? Next)> PageAsync(
        string? filter,
        int size,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var pages = tables.Quarantine.QueryAsync<TableEntity>(filter, size, cancellationToken: cancellationToken).AsPages(after, size);
        await foreach (var page in pages)
            return ([.. page.Values.Select(QuarantineRows.Read)], page.ContinuationToken);
        return ([], null);
    }
}
