using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Stockgate.Domain.Promotions;

namespace Stockgate.Functions.Promotions;

/// <summary>The orchestration that owns a promotion: one, always, until the promotion is over.</summary>
internal static class PromotionOwner
{
    /// <returns>True where it had to be started.</returns>
    public static async Task<bool> EnsureAsync(DurableTaskClient client, PromotionRecord record, CancellationToken cancellationToken)
    {
        if (record.State is PromotionState.Settled or PromotionState.Cancelled or PromotionState.Refused) return false;
        var instance = PromotionSignal.InstanceOf(record.Id);
        if (await IsThereAsync()) return false;
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(RunPromotion), record.Id.Value, new StartOrchestrationOptions(instance), cancellationToken);
            return true;
        }
        catch (Exception taken) when (taken is not OperationCanceledException)
        {
            // Started at the same moment by somebody else; the real client says so by a type of its transport.
            if (!await IsThereAsync()) throw;
            return false;
        }

        async Task<bool> IsThereAsync() => await client.GetInstanceAsync(instance, cancellationToken) is { IsCompleted: false };
    }
}
