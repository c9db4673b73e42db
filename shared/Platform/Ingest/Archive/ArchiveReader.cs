using System.IO.Compression;
using System.Runtime.CompilerServices;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Stockgate.Domain;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Archive;

/// <summary>What is archived of a channel's hour.</summary>
/// <param name="Hour">Its beginning, in UTC.</param>
/// <param name="Blobs">The blobs that have it.</param>
/// <param name="Bytes">Of the blobs together.</param>
public sealed record ArchiveHour(ChannelId Channel, DateTimeOffset Hour, IReadOnlyList<string> Blobs, long Bytes);

/// <summary>Reads the archive of deliveries.</summary>
public sealed class ArchiveReader(BlobServiceClient blobs)
{
    // A delivery is written a moment after it came in, and that may be in the next hour.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(ArchiveNames.Container),
        bodies = blobs.GetBlobContainerClient(ArchiveNames.Bodies);

    /// <summary>The channels that have anything.</summary>
    public async Task<IReadOnlyList<ChannelId>> ChannelsAsync(CancellationToken cancellationToken)
    {
        var channels = new List<ChannelId>();
        await foreach (
            var found in container.GetBlobsByHierarchyAsync(
                new GetBlobsByHierarchyOptions { Delimiter = "/" },
                cancellationToken: cancellationToken
            )
        )
            if (found.IsPrefix)
                channels.Add(ArchiveNames.ChannelOf(found.Prefix));
        return channels;
    }

    /// <summary>The hours of a time range in which something is, ascending.</summary>
    public async Task<IReadOnlyList<ArchiveHour>> HoursAsync(
        ChannelId channel,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken
    )
    {
        var hours = new SortedDictionary<DateTimeOffset, List<BlobItem>>();
        await foreach (
            var blob in container.GetBlobsAsync(
                new GetBlobsOptions { Prefix = ArchiveNames.Prefix(channel) },
                cancellationToken: cancellationToken
            )
        )
        {
            if (ArchiveNames.HourIn(blob.Name) is not { } hour || hour < ArchiveNames.HourOf(from) || hour > to + Late)
                continue;
            if (!hours.TryGetValue(hour, out var ofHour))
                hours[hour] = ofHour = [];
            ofHour.Add(blob);
        }
        return
        [
            .. hours.Select(h => new ArchiveHour(
                channel,
                h.Key,
                [.. h.Value.Select(static b => b.Name).Order(StringComparer.Ordinal)],
                h.Value.Sum(static b => b.Properties.ContentLength ?? 0)
            )),
        ];
    }

    /// <summary>
    /// The deliveries of a blob, about in the order in which they came in. One whose write had an unknown end may be there twice.
    /// </summary>
    /// <param name="blob">A name of <see cref="ArchiveHour.Blobs"/>.</param>
    /// <param name="bodies">Whether their bodies are read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<ArchiveEntry> ReadAsync(
        string blob,
        bool bodies,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // Its writer may add to it meanwhile, in whole writes.
        await using var open = await container
            .GetBlobClient(blob)
            .OpenReadAsync(new BlobOpenReadOptions(allowModifications: true), cancellationToken);
        await foreach (var entry in ArchiveFrames.ReadAsync(open, bodies, cancellationToken))
            yield return entry;
    }

    /// <summary>The body of an entry that was read without it, or that has its own blob; empty for a refused delivery.</summary>
    public async Task<ReadOnlyMemory<byte>> BodyAsync(ArchiveEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Body is { } read)
            return read;
        if (entry.Delivery.BodyBlob is not { } name)
            return ReadOnlyMemory<byte>.Empty;
        await using var blob = await bodies.GetBlobClient(name).OpenReadAsync(cancellationToken: cancellationToken);
        await using var open = new GZipStream(blob, CompressionMode.Decompress);
        using var body = new MemoryStream(entry.Delivery.Bytes);
        await open.CopyToAsync(body, cancellationToken);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
