using System.Collections.Concurrent;
using System.IO.Compression;
using Azure;
using Azure.Storage.Blobs;
using Stockgate.Domain;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Archive;

/// <summary>Keeps every delivery that was answered, with its body: for the log of deliveries, and to be taken in again.</summary>
public sealed class DeliveryArchive(BlobServiceClient blobs, LateDeliveries late, TimeProvider time)
{
    // Larger bodies would not fit one block together with others.
    private const int InlineBytes = 1024 * 1024;

    // A sender waits for the answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5),
        Away = TimeSpan.FromSeconds(10);

    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(ArchiveNames.Container),
        bodies = blobs.GetBlobContainerClient(ArchiveNames.Bodies);
    private readonly ConcurrentDictionary<ChannelId, ArchiveWriter> writers = new();

    // A timestamp; 0 where storage answers as far as is known.
    private long awaySince;

    private readonly string instance = Guid.NewGuid().ToString("N")[..12];

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await bodies.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
    }

    /// <summary>A new delivery's id.</summary>
    public static string NewId(DateTimeOffset receivedAt) => Guid.CreateVersion7(receivedAt).ToString("N");

    /// <summary>Ends when the delivery is stored, or queued to be stored where storage is away.</summary>
    /// <exception cref="TimeoutException">Neither is possible: the sender has to come again.</exception>
    public async Task KeepAsync(ArchivedDelivery delivery, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        // Not every sender waits for what the one before waited for in vain.
        if (Volatile.Read(ref awaySince) is not 0 and var since && time.GetElapsedTime(since, now) < Away)
            if (await late.TrySendAsync(Measured(delivery, body), body, cancellationToken))
                return;
        try
        {
            await StoreAsync(delivery, body, cancellationToken).WaitAsync(Patience, cancellationToken);
            Volatile.Write(ref awaySince, 0);
        }
        catch (Exception away)
            when (away is TimeoutException or RequestFailedException or HttpRequestException or IOException or AggregateException)
        {
            Volatile.Write(ref awaySince, now);
            if (!await late.TrySendAsync(Measured(delivery, body), body, cancellationToken))
                throw;
        }
    }

    /// <summary>Ends when the delivery is stored, however long it takes.</summary>
    /// <exception cref="RequestFailedException">Storage is away.</exception>
    public async Task StoreAsync(ArchivedDelivery delivery, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var isLarge = body.Length > InlineBytes;
        var kept = Measured(delivery, body) with
        {
            BodyBlob = isLarge ? ArchiveNames.OfBody(delivery.Channel, delivery.ReceivedAt, delivery.Id) : null,
        };
        // The body first: a line never names a blob that is not there.
        if (isLarge)
            await KeepBodyAsync(kept.BodyBlob!, body, cancellationToken);
        var writer = writers.GetOrAdd(delivery.Channel, id => new ArchiveWriter(container, id, instance, time));
        // A copy: where the sender is answered before it is written, the request's buffer serves the next one.
        await writer.AddAsync(delivery.ReceivedAt, ArchiveFrames.LineOf(kept), isLarge ? default : body.ToArray());
    }

    private static ArchivedDelivery Measured(ArchivedDelivery delivery, ReadOnlyMemory<byte> body) => delivery with { Bytes = body.Length };

    private async Task KeepBodyAsync(string name, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var compressed = new MemoryStream();
        await using (var member = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            await member.WriteAsync(body, cancellationToken);
        compressed.Position = 0;
        await bodies.GetBlobClient(name).UploadAsync(compressed, overwrite: true, cancellationToken);
    }
}
