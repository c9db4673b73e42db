using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Operations;

/// <summary>Nightly: compares every decision chain with the previous night's anchor and stores a new anchor.</summary>
public sealed class AnchorDecisions(DecisionAnchors anchors, ILogger<AnchorDecisions> logger)
{
    [Function("AnchorDecisions")]
    public async Task Run([TimerTrigger("0 20 2 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var (subjects, broken) = await anchors.AnchorAsync(cancellationToken);
        logger.LogInformation("Compared {Subjects} decision chains: {Broken} broken", subjects, broken.Count);
    }
}
