using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Stockgate.Platform.Ingest.Archive;

namespace Stockgate.Functions.Ingest;

/// <summary>Nightly: puts the archive of deliveries together by channel and hour, and deletes what is older than it is kept.</summary>
public sealed class KeepArchive(ArchiveUpkeep upkeep, ILogger<KeepArchive> logger)
{
    [Function("KeepArchive")]
    public async Task Run([TimerTrigger("0 40 2 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var (hours, deleted) = await upkeep.RunAsync(cancellationToken);
        logger.LogInformation("Put the deliveries of {Hours} hours together and deleted {Deleted} old blobs", hours, deleted);
    }
}
