using Microsoft.Azure.Functions.Worker;
using Stockgate.Platform.Promotions.Settlement;

namespace Stockgate.Functions.Promotions;

/// <summary>Books what comes after a promotion was settled.</summary>
public sealed class CorrectSettlements(SettlementCorrections corrections)
{
    [Function("CorrectSettlements")]
    public Task Run([TimerTrigger("*/15 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        corrections.RunAsync(cancellationToken);
}
