using Microsoft.DurableTask.Client;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Orchestrations;

/// <summary>Starts a run with a fixed orchestration id, so that one runs at a time.</summary>
internal static class RunStart
{
    /// <param name="client">Of the orchestrations.</param>
    /// <param name="runs">Where the run's row goes.</param>
    /// <param name="orchestrator">Its name.</param>
    /// <param name="instance">The id that all its runs have.</param>
    /// <param name="begin">Puts the row there.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Null if one is in progress.</returns>
    public static async Task<RunRecord?> TryAsync(
        DurableTaskClient client,
        RunLog runs,
        string orchestrator,
        string instance,
        Func<Task<RunRecord>> begin,
        CancellationToken cancellationToken
    )
    {
        if (await IsRunningAsync(client, instance, cancellationToken))
            return null;
        var begun = await begin();
        // A crash before this line leaves a row without an orchestration; the next start marks it lost.
        if (await OrchestrationOwner.TryStartAsync(client, orchestrator, instance, begun.Id, cancellationToken))
            return begun;
        await runs.RemoveAsync(begun, cancellationToken);
        return null;
    }

    private static async Task<bool> IsRunningAsync(DurableTaskClient client, string instance, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(instance, cancellationToken) is { IsCompleted: false };
}
