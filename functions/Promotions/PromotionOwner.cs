using Microsoft.DurableTask.Client;
using Stockgate.Domain.Promotions;
using Stockgate.Functions.Orchestrations;

namespace Stockgate.Functions.Promotions;

/// <summary>Ensures that a promotion has exactly one orchestration until it ends.</summary>
internal static class PromotionOwner
{
    /// <returns>True if it had to be started.</returns>
    public static async Task<bool> EnsureAsync(DurableTaskClient client, PromotionRecord record, CancellationToken cancellationToken) =>
        record.State is not (PromotionState.Settled or PromotionState.Cancelled or PromotionState.Refused)
        && await OrchestrationOwner.EnsureAsync(
            client,
            nameof(RunPromotion),
            PromotionSignal.InstanceOf(record.Id),
            record.Id.Value,
            cancellationToken
        );
}
