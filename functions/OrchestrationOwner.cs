using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Stockgate.Functions;

/// <summary>The orchestration that owns a thing: one at a time, started again where it is gone.</summary>
internal static class OrchestrationOwner
{
    /// <returns>True where it had to be started.</returns>
    public static async Task<bool> EnsureAsync(DurableTaskClient client, string orchestrator, string instance, object input, CancellationToken cancellationToken)
    {
        if (await IsThereAsync()) return false;
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(instance), cancellationToken);
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
