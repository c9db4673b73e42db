using Stockgate.Domain;
using Stockgate.Platform.Ingest.Archive;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Replays;

/// <summary>A part of a replay that was done.</summary>
/// <param name="Next">Where it goes on.</param>
/// <param name="BytesRead">Of the blobs that ended in it.</param>
public sealed record ReplaySlice(ReplayCounts Counts, ReplayPosition Next, long BytesRead);

/// <summary>Reads a plan's deliveries slice by slice, so that a replay of years goes on where it was.</summary>
public sealed class ReplaySlices(ArchiveReader archive, Replayer replayer)
{
    private const int MostDeliveries = 500;

    private const long MostBytes = 8 * 1024 * 1024;

    /// <summary>Where a plan begins, and how much it covers.</summary>
    public async Task<(ReplayPosition Start, long Bytes)> PlanAsync(ReplayPlan plan, CancellationToken cancellationToken)
    {
        IReadOnlyList<ChannelId> channels = plan.Channel is { } one ? [one] : await archive.ChannelsAsync(cancellationToken);
        var bytes = 0L;
        foreach (var channel in channels)
            bytes += (await archive.HoursAsync(channel, plan.From, plan.To, cancellationToken)).Sum(static h => h.Bytes);
        return (ReplayPosition.AtStart(channels), bytes);
    }

    /// <summary>Takes the next slice in. Done again, after a crash, it changes nothing.</summary>
    public async Task<ReplaySlice> TakeInAsync(ReplayPlan plan, ReplayPosition at, CancellationToken cancellationToken)
    {
        var channel = at.Channels[0];
        var hours = await archive.HoursAsync(channel, at.Hour ?? plan.From, plan.To, cancellationToken);
        var slice = new Slice();
        foreach (var hour in hours)
        {
            List<string> done = hour.Hour == at.Hour ? [.. at.Done] : [];
            // Blobs of an hour may have been put together meanwhile: that one is read from its start then, which changes nothing.
            foreach (var blob in hour.Blobs.Where(b => !done.Contains(b)))
            {
                var skip = blob == at.Blob ? at.Skip : 0;
                var read = await ReadAsync(plan, blob, skip, slice, cancellationToken);
                if (slice.IsFull)
                    return await EndAsync(
                        plan,
                        slice,
                        at with
                        {
                            Hour = hour.Hour,
                            Done = done,
                            Blob = blob,
                            Skip = read,
                        },
                        cancellationToken
                    );
                done.Add(blob);
            }
            slice.BytesRead += hour.Bytes;
        }
        return await EndAsync(plan, slice, ReplayPosition.AtStart([.. at.Channels.Skip(1)]), cancellationToken);
    }

    /// <returns>How many of the blob's deliveries have been read with those before.</returns>
    private async Task<int> ReadAsync(ReplayPlan plan, string blob, int skip, Slice slice, CancellationToken cancellationToken)
    {
        var read = 0;
        await foreach (var entry in archive.ReadAsync(blob, bodies: true, cancellationToken))
        {
            read++;
            var delivery = entry.Delivery;
            if (read <= skip || delivery.Refused is not null || delivery.ReceivedAt < plan.From || delivery.ReceivedAt >= plan.To)
                continue;
            slice.Add(delivery, await archive.BodyAsync(entry, cancellationToken));
            if (slice.IsFull)
                break;
        }
        return read;
    }

    private async Task<ReplaySlice> EndAsync(ReplayPlan plan, Slice slice, ReplayPosition next, CancellationToken cancellationToken) =>
        new(await replayer.TakeInAsync(plan, slice.Deliveries, cancellationToken), next, slice.BytesRead);

    private sealed class Slice
    {
        private long bytes;

        public List<(ArchivedDelivery Delivery, ReadOnlyMemory<byte> Body)> Deliveries { get; } = [];

        public long BytesRead { get; set; }

        public bool IsFull => Deliveries.Count >= MostDeliveries || bytes >= MostBytes;

        public void Add(ArchivedDelivery delivery, ReadOnlyMemory<byte> body)
        {
            Deliveries.Add((delivery, body));
            bytes += body.Length;
        }
    }
}
