using System.Collections.Concurrent;
using System.IO.Compression;
using Azure.Storage.Blobs;
using Stockgate.Domain;

namespace Stockgate.Platform.Ingest.Archive;

/// <summary>Keeps every delivery that was answered, with its body: for the log of deliveries, and to be taken in again.</summary>
public sealed class DeliveryArchive(BlobServiceClient blobs, TimeProvider time)
{
    // Larger bodies would not fit one block together with others.
    private const int InlineBytes = 1024 * 1024;

    // As with the queue: a sender waits for the answer, and is better told to come again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(ArchiveNames.Container),
        bodies = blobs.GetBlobContainerClient(ArchiveNames.Bodies);
    private readonly ConcurrentDictionary<ChannelId, ArchiveWriter> writers = new();
    private readonly string instance = Guid.NewGuid().ToString("N")[..12];

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await bodies.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
    }

    /// <summary>A new delivery's id.</summary>
    public static string NewId(DateTimeOffset receivedAt) => Guid.CreateVersion7(receivedAt).ToString("N");

    /// <summary>Ends when the delivery is stored.</summary>
    /// <exception cref="TimeoutException">Storage is out of reach. The body may still be read then: its buffer must not be used again.</exception>
    public async Task KeepAsync(ArchivedDelivery delivery, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var isLarge = body.Length > InlineBytes;
        var kept = delivery with
        {
            Bytes = body.Length,
            BodyBlob = isLarge ? ArchiveNames.OfBody(delivery.Channel, delivery.ReceivedAt, delivery.Id) : null,
        };
        // The body first: a line never names a blob that is not there.
        if (isLarge)
            await KeepBodyAsync(kept.BodyBlob!, body, cancellationToken);
        var writer = writers.GetOrAdd(delivery.Channel, id => new ArchiveWriter(container, id, instance, time));
        var written = writer.AddAsync(delivery.ReceivedAt, ArchiveFrames.LineOf(kept), isLarge ? default : body);
        await written.WaitAsync(Patience, cancellationToken);
    }

    private async Task KeepBodyAsync(string name, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var compressed = new MemoryStream();
        await using (var member = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            await member.WriteAsync(body, cancellationToken);
        compressed.Position = 0;
        await bodies.GetBlobClient(name).UploadAsync(compressed, overwrite: true, cancellationToken);
    }
}
