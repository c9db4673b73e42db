using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Outbound.Sent;

namespace Stockgate.Functions.Outbound;

/// <summary>Nightly: deletes what was sent to channels longer ago than the log is kept.</summary>
public sealed class TidySentMessages(SentLog log, OutboundChannels channels, ILogger<TidySentMessages> logger)
{
    [Function("TidySentMessages")]
    public async Task Run([TimerTrigger("0 50 2 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var deleted = await log.TidyAsync(channels.All.Select(static c => c.Id), cancellationToken);
        logger.LogInformation("Deleted {Deleted} rows of messages that were sent long ago", deleted);
    }
}
