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

/// <summary>A person's correction of a record.</summary>
/// <param name="Sha256">Of its bytes, in hex.</param>
/// <param name="Blob">Where its bytes are, in the container <c>quarantine</c>.</param>
public sealed record StoredCorrection(string Sha256, string Blob);

/// <summary>Quarantined records: bytes in a blob, the reason in a row.</summary>
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

    public async Task<QuarantinedRecord?> FindAsync(ChannelId channel, string id, CancellationToken cancellationToken)
    {
        var row = await tables.Quarantine.GetEntityIfExistsAsync<TableEntity>(
            RowKeys.Of(channel.Value),
            RowKeys.Of(id),
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
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        var correction = new StoredCorrection(
            hash,
            $"{Uri.EscapeDataString(record.Channel.Value)}/{record.Id}.corrected-{hash[..16]}.json"
        );
        await container.GetBlobClient(correction.Blob).UploadAsync(new BinaryData(bytes), overwrite: true, cancellationToken);
        return correction;
    }

    public async Task SetStateAsync(QuarantinedRecord record, string state, CancellationToken cancellationToken) =>
        await tables.Quarantine.UpdateEntityAsync(
            new TableEntity(RowKeys.Of(record.Channel.Value), RowKeys.Of(record.Id)) { ["State"] = state },
            ETag.All,
            TableUpdateMode.Merge,
            cancellationToken
        );

    private static string IdOf(ChannelId channel, string? topic, ReadOnlySpan<byte> record)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{channel}\n{topic}\n"));
        hash.AppendData(record);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static string? Clipped(string? text) => text is null ? null : Clip.To(text, IdCharacters);
}
