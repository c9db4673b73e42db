using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Archive;

/// <summary>What a night's upkeep did.</summary>
/// <param name="Hours">Hours whose blobs were put together.</param>
/// <param name="Deleted">Blobs that were older than they are kept.</param>
public sealed record ArchiveUpkeepResult(int Hours, int Deleted);

/// <summary>Puts the blobs of an hour together, and deletes what is older than it is kept.</summary>
public sealed class ArchiveUpkeep(BlobServiceClient blobs, ArchiveReader archive, ArchiveOptions options, TimeProvider time)
{
    // Nobody writes to an hour that is over for so long, whatever its clock says.
    private static readonly TimeSpan Settled = TimeSpan.FromHours(6);

    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(7);

    private const int BlockBytes = 8 * 1024 * 1024;

    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(ArchiveNames.Container),
        bodies = blobs.GetBlobContainerClient(ArchiveNames.Bodies);

    /// <summary>Done again, after a crash, it ends what was begun.</summary>
    public async Task<ArchiveUpkeepResult> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hours = 0;
        foreach (var channel in await archive.ChannelsAsync(cancellationToken))
        foreach (var hour in await archive.HoursAsync(channel, now - LookedBack, now - Settled, cancellationToken))
            if (hour.Blobs.Count > 1 && hour.Hour < now - Settled)
            {
                await PutTogetherAsync(hour, cancellationToken);
                hours++;
            }
        var before = now - options.Keep;
        var deleted = await DeleteAsync(container, before, cancellationToken) + await DeleteAsync(bodies, before, cancellationToken);
        return new ArchiveUpkeepResult(hours, deleted);
    }

    // Gzip members that stand one after the other are one file (RFC 1952, 2.2), so nothing is decompressed. Its blocks become the blob at
    // once, and the parts are deleted last: after a crash in between deliveries stand in both, which readers know.
    private async Task PutTogetherAsync(ArchiveHour hour, CancellationToken cancellationToken)
    {
        var name = ArchiveNames.OfHour(hour.Channel, hour.Hour);
        var together = container.GetBlockBlobClient(name);
        var blocks = new List<string>();
        var buffer = new byte[BlockBytes];
        foreach (var blob in hour.Blobs)
        {
            await using var from = await container.GetBlobClient(blob).OpenReadAsync(cancellationToken: cancellationToken);
            while (await from.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken) is > 0 and var read)
            {
                var block = Convert.ToBase64String(BitConverter.GetBytes(blocks.Count));
                await together.StageBlockAsync(block, new MemoryStream(buffer, 0, read), cancellationToken: cancellationToken);
                blocks.Add(block);
            }
        }
        await together.CommitBlockListAsync(
            blocks,
            new CommitBlockListOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/gzip" } },
            cancellationToken
        );
        foreach (var part in hour.Blobs.Where(b => b != name))
            await container.GetBlobClient(part).DeleteIfExistsAsync(cancellationToken: cancellationToken);
    }

    private static async Task<int> DeleteAsync(BlobContainerClient from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var deleted = 0;
        await foreach (var blob in from.GetBlobsAsync(new GetBlobsOptions(), cancellationToken))
            if (ArchiveNames.DayIn(blob.Name) is { } day && day.AddDays(1) <= before)
            {
                await from.GetBlobClient(blob.Name).DeleteIfExistsAsync(cancellationToken: cancellationToken);
                deleted++;
            }
        return deleted;
    }
}
