using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Ingest.Quarantine;

/// <summary>
/// Quarantined records: bytes in a blob, the reason in a row. A record that is refused costs three requests (was it settled before, blob,
/// row), and a decision about it one.
/// </summary>
public sealed class QuarantineStore(StateTables tables, BlobServiceClient blobs, TimeProvider time)
{
    public const string Waiting = "waiting",
        Replayed = "replayed",
        Discarded = "discarded";

    // A row's property holds 32,000 characters, which would make lists unreadable. The blob has the whole record.
    private const int IdCharacters = 256,
        ReasonCharacters = 1_000;

    private readonly BlobContainerClient container = blobs.GetBlobContainerClient("quarantine");

    public Task PrepareAsync(CancellationToken cancellationToken) => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Ends when the record is kept. The same record again changes nothing.</summary>
    public async Task<QuarantinedRecord> KeepAsync(
        ChannelId channel,
        string? eventId,
        string? topic,
        Rejection rejection,
        ReadOnlyMemory<byte> record,
        DeliveryHeaders? said,
        QuarantineOrigin origin,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var id = IdOf(channel, topic, record.Span);
        // A sender who posts it again does not undo what a person decided.
        if (await ReadAsync(channel, QuarantineRows.SettledKey(id), cancellationToken) is { } settled)
            return settled;
        var kept = new QuarantinedRecord(
            id,
            channel,
            Clipped(eventId),
            Clipped(topic),
            Clip.To(rejection.Field, IdCharacters),
            Clip.To(rejection.Reason, ReasonCharacters),
            now,
            $"{Uri.EscapeDataString(channel.Value)}/{id}.json",
            record.Length,
            Waiting,
            said
        )
        {
            Code = QuarantineReasons.Of(rejection),
            Exposure = RecordExposure.Of(record),
            Origin = origin,
        };
        // The blob first: a row never points to nothing.
        await container.GetBlobClient(kept.Blob).UploadAsync(new BinaryData(record), overwrite: true, cancellationToken);
        try
        {
            await tables.Quarantine.AddEntityAsync(QuarantineRows.Of(kept), cancellationToken);
        }
        catch (RequestFailedException there) when (there.Status == 409)
        {
            return await FindAsync(channel, id, cancellationToken) ?? kept;
        }
        return kept;
    }

    /// <summary>A record that waits or is settled.</summary>
    public async Task<QuarantinedRecord?> FindAsync(ChannelId channel, string id, CancellationToken cancellationToken) =>
        await ReadAsync(channel, QuarantineRows.WaitingKey(id), cancellationToken)
        ?? await ReadAsync(channel, QuarantineRows.SettledKey(id), cancellationToken);

    private async Task<QuarantinedRecord?> ReadAsync(ChannelId channel, string rowKey, CancellationToken cancellationToken)
    {
        var row = await tables.Quarantine.GetEntityIfExistsAsync<TableEntity>(
            RowKeys.Of(channel.Value),
            rowKey,
            cancellationToken: cancellationToken
        );
        return row.HasValue ? QuarantineRows.Read(row.Value!) : null;
    }

    public async Task<ReadOnlyMemory<byte>> ReadBytesAsync(QuarantinedRecord record, CancellationToken cancellationToken)
    {
        BlobDownloadResult content = await container.GetBlobClient(record.Blob).DownloadContentAsync(cancellationToken);
        return content.Content.ToMemory();
    }

    /// <summary>Keeps a correction beside the record that it corrects.</summary>
    public async Task<StoredCorrection> KeepCorrectionAsync(
        QuarantinedRecord record,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    )
    {
        var hash = StoredCorrection.DigestOf(bytes);
        var blob = $"{Uri.EscapeDataString(record.Channel.Value)}/{record.Id}.corrected-{hash[..16]}.json";
        await container.GetBlobClient(blob).UploadAsync(new BinaryData(bytes), overwrite: true, cancellationToken);
        return new StoredCorrection(hash, blob);
    }

    /// <summary>Moves a record that waits to the settled ones. Done again, it changes nothing.</summary>
    public Task SettleAsync(QuarantinedRecord record, string state, CancellationToken cancellationToken) =>
        MoveAsync(record with { State = state }, QuarantineRows.WaitingKey(record.Id), cancellationToken);

    /// <summary>Moves a discarded record back to those that wait. Done again, it changes nothing.</summary>
    public async Task ReopenAsync(QuarantinedRecord record, CancellationToken cancellationToken)
    {
        var waiting = record with { State = Waiting };
        if (await MoveAsync(waiting, QuarantineRows.SettledKey(record.Id), cancellationToken))
            return;
        // Rows that were settled before the two were kept apart stand where they waited.
        var row = QuarantineRows.Of(waiting);
        var old = await tables.Quarantine.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey, ["State"], cancellationToken);
        if (old.HasValue && old.Value!.GetString("State") != Waiting)
            await tables.Quarantine.UpdateEntityAsync(row, old.Value.ETag, TableUpdateMode.Replace, cancellationToken);
    }

    // One transaction of one partition: a record is never in both places, nor in none.
    private async Task<bool> MoveAsync(QuarantinedRecord record, string from, CancellationToken cancellationToken)
    {
        var row = QuarantineRows.Of(record);
        try
        {
            await tables.Quarantine.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.Delete, new TableEntity(row.PartitionKey, from), ETag.All),
                    new(TableTransactionActionType.UpsertReplace, row),
                ],
                cancellationToken
            );
            return true;
        }
        catch (TableTransactionFailedException moved) when (moved.Status == 404)
        {
            return false;
        }
    }

    private static string IdOf(ChannelId channel, string? topic, ReadOnlySpan<byte> record)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{channel}\n{topic}\n"));
        hash.AppendData(record);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static string? Clipped(string? text) => text is null ? null : Clip.To(text, IdCharacters);
}
