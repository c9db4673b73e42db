using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Operations;

/// <summary>Once a night: holds every decision chain to where it ended the night before, and writes down where it ends now.</summary>
public sealed class AnchorDecisions(DecisionAnchors anchors, ILogger<AnchorDecisions> logger)
{
    [Function("AnchorDecisions")]
    public async Task Run([TimerTrigger("0 20 2 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var (subjects, broken) = await anchors.AnchorAsync(cancellationToken);
        logger.LogInformation("{Subjects} decision chains were compared, {Broken} are broken", subjects, broken.Count);
    }
}
