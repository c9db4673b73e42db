using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Ingest.Files;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Ingest.Files;

/// <summary>
/// Files as rows, a partition for each channel: a row by name with the latest version and how far it is, and one by content for each
/// version that was worked.
/// </summary>
public sealed class FileStore(StateTables tables)
{
    public async Task<ChannelFile?> FindAsync(ChannelId channel, string name, CancellationToken cancellationToken)
    {
        var row = await tables.ChannelFiles.GetEntityIfExistsAsync<TableEntity>(
            RowKeys.Of(channel.Value),
            RowKeys.Of("file", name),
            cancellationToken: cancellationToken
        );
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>A page of a channel's files by name, and what the next page comes after.</summary>
    public async Task<(IReadOnlyList<ChannelFile>, string?)> ListAsync(
        ChannelId channel,
        int size,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var filter = RowKeys.Under(RowKeys.Of(channel.Value), "file");
        var rows = tables.ChannelFiles.QueryAsync<TableEntity>(filter, size, cancellationToken: cancellationToken);
        await foreach (var page in rows.AsPages(after, size))
            return ([.. page.Values.Select(Read)], page.ContinuationToken);
        return ([], null);
    }

    /// <summary>Writes a new version of a name in the place of the one before.</summary>
    /// <param name="file">The new version.</param>
    /// <param name="before">What it replaces; null if the name is new.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The stored file; null on a concurrent write.</returns>
    public async Task<ChannelFile?> TryAddAsync(ChannelFile file, ChannelFile? before, CancellationToken cancellationToken)
    {
        try
        {
            var written = before is null
                ? await tables.ChannelFiles.AddEntityAsync(RowOf(file), cancellationToken)
                : await tables.ChannelFiles.UpdateEntityAsync(RowOf(file), before.Row, TableUpdateMode.Replace, cancellationToken);
            return file with { Row = written.Headers.ETag!.Value };
        }
        catch (RequestFailedException lost) when (lost.Status is 409 or 412)
        {
            return null;
        }
    }

    /// <exception cref="RequestFailedException">A concurrent write (412): another one works on it.</exception>
    public async Task<ChannelFile> SaveAsync(ChannelFile file, CancellationToken cancellationToken)
    {
        var written = await tables.ChannelFiles.UpdateEntityAsync(RowOf(file), file.Row, TableUpdateMode.Replace, cancellationToken);
        return file with { Row = written.Headers.ETag!.Value };
    }

    /// <summary>Remembers what became of a content.</summary>
    public Task RememberAsync(ChannelFile file, CancellationToken cancellationToken)
    {
        var row = RowOf(file);
        row.RowKey = RowKeys.Of("content", file.Version);
        return tables.ChannelFiles.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    /// <returns>The file that had this content and was worked; null if there was none.</returns>
    public async Task<ChannelFile?> WorkedAsync(ChannelId channel, string version, CancellationToken cancellationToken)
    {
        var row = await tables.ChannelFiles.GetEntityIfExistsAsync<TableEntity>(
            RowKeys.Of(channel.Value),
            RowKeys.Of("content", version),
            cancellationToken: cancellationToken
        );
        return row.HasValue ? Read(row.Value!) : null;
    }

    private static TableEntity RowOf(ChannelFile file)
    {
        var row = new TableEntity(RowKeys.Of(file.Channel.Value), RowKeys.Of("file", file.Name))
        {
            ["Channel"] = file.Channel.Value,
            ["Name"] = file.Name,
            ["Version"] = file.Version,
            ["Content"] = file.Content.ToString(),
            ["Bytes"] = file.Bytes,
            ["By"] = file.By,
            ["ReceivedAt"] = file.ReceivedAt,
            ["UpdatedAt"] = file.UpdatedAt,
            ["State"] = file.State.ToString(),
            ["NextOffset"] = file.Next.Offset,
            ["NextLine"] = file.Next.Line,
            ["ReceiptBytes"] = file.ReceiptBytes,
            ["Accepted"] = file.Counts.Accepted,
            ["Duplicate"] = file.Counts.Duplicate,
            ["Quarantined"] = file.Counts.Quarantined,
            ["Conflict"] = file.Counts.Conflict,
            ["Ignored"] = file.Counts.Ignored,
        };
        if (file.Reason is { } reason)
            row["Reason"] = reason;
        return row;
    }

    private static ChannelFile Read(TableEntity row) =>
        new()
        {
            Channel = new ChannelId(row.GetString("Channel")),
            Name = row.GetString("Name"),
            Version = row.GetString("Version"),
            Content = new ETag(row.GetString("Content")),
            Bytes = Number(row, "Bytes"),
            By = row.GetString("By"),
            ReceivedAt = row.GetDateTimeOffset("ReceivedAt")!.Value,
            UpdatedAt = row.GetDateTimeOffset("UpdatedAt")!.Value,
            State = Enum.Parse<FileState>(row.GetString("State")),
            Next = new FilePosition(Number(row, "NextOffset"), Number(row, "NextLine")),
            ReceiptBytes = Number(row, "ReceiptBytes"),
            Counts = CountsOf(row),
            Reason = row.GetString("Reason"),
            Row = row.ETag,
        };

    private static FileCounts CountsOf(TableEntity row)
    {
        var (accepted, duplicate) = (Number(row, "Accepted"), Number(row, "Duplicate"));
        var (quarantined, conflict, ignored) = (Number(row, "Quarantined"), Number(row, "Conflict"), Number(row, "Ignored"));
        var records = accepted + duplicate + quarantined + conflict + ignored;
        return new FileCounts(records, accepted, duplicate, quarantined, conflict, ignored);
    }

    private static long Number(TableEntity row, string name) => row.GetInt64(name) ?? 0;
}
