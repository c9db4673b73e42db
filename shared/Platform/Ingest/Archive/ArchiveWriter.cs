using System.IO.Compression;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Stockgate.Domain;

namespace Stockgate.Platform.Ingest.Archive;

/// <summary>
/// Writes the deliveries of one channel that this instance answers. Those that come while one write is under way are the next write: a
/// busy channel costs a storage transaction for many deliveries, a quiet one does not wait.
/// </summary>
/// <param name="container">The archive.</param>
/// <param name="channel">The channel.</param>
/// <param name="instance">Names this instance: no two write to one blob.</param>
/// <param name="time">Spaces the writes.</param>
internal sealed class ArchiveWriter(BlobContainerClient container, ChannelId channel, string instance, TimeProvider time)
{
    // Where many senders post at once, waiting a moment for more costs each of them little and saves transactions.
    private const int ManyDeliveries = 32;

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(25);

    // A block of an append blob has 4 MiB at most, and a blob 50,000 blocks.
    private const int WriteBytes = 3 * 1024 * 1024,
        MostBlocks = 45_000;

    private readonly Lock gate = new();
    private readonly Queue<Frame> waiting = new();
    private bool writing;

    private AppendBlobClient? segment;
    private DateTimeOffset slot;
    private int blocks,
        segments;

    /// <summary>Ends when the delivery is stored.</summary>
    public Task AddAsync(DateTimeOffset at, ReadOnlyMemory<byte> line, ReadOnlyMemory<byte> body)
    {
        var frame = new Frame(at, line, body, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (gate)
        {
            waiting.Enqueue(frame);
            if (!writing)
                _ = Task.Run(WriteAllAsync);
            writing = true;
        }
        return frame.Written.Task;
    }

    private async Task WriteAllAsync()
    {
        while (Next() is { Count: > 0 } frames)
        {
            try
            {
                await WriteAsync(frames);
                foreach (var frame in frames)
                    frame.Written.SetResult();
                if (frames.Count >= ManyDeliveries)
                    await Task.Delay(Gathering, time);
            }
            catch (Exception failure)
            {
                // Whether the block is there is not known. The senders will come again, and readers take each delivery once.
                segment = null;
                foreach (var frame in frames)
                    frame.Written.SetException(failure);
            }
        }
    }

    private List<Frame> Next()
    {
        lock (gate)
        {
            List<Frame> next = [];
            for (
                var bytes = 0;
                waiting.TryPeek(out var frame) && (next.Count == 0 || bytes + frame.Bytes <= WriteBytes);
                bytes += frame.Bytes
            )
                next.Add(waiting.Dequeue());
            writing = next.Count > 0;
            return next;
        }
    }

    private async Task WriteAsync(List<Frame> frames)
    {
        using var block = new MemoryStream();
        using (var member = new GZipStream(block, CompressionLevel.Fastest, leaveOpen: true))
            foreach (var frame in frames)
                ArchiveFrames.Write(member, frame.Line.Span, frame.Body.Span);
        block.Position = 0;
        var into = await SegmentAsync(ArchiveNames.SlotOf(frames[^1].At));
        await into.AppendBlockAsync(block);
        blocks++;
    }

    private async Task<AppendBlobClient> SegmentAsync(DateTimeOffset now)
    {
        if (segment is not null && now <= slot && blocks < MostBlocks)
            return segment;
        // Clocks are set back: a later name never comes before an earlier one.
        slot = now > slot ? now : slot;
        var next = container.GetAppendBlobClient(ArchiveNames.OfSegment(channel, slot, $"{instance}-{++segments}"));
        await next.CreateAsync(new AppendBlobCreateOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/gzip" } });
        (segment, blocks) = (next, 0);
        return next;
    }

    private sealed record Frame(DateTimeOffset At, ReadOnlyMemory<byte> Line, ReadOnlyMemory<byte> Body, TaskCompletionSource Written)
    {
        public int Bytes => Line.Length + Body.Length;
    }
}
