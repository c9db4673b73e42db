using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Forecasting;

/// <summary>Starts a run where none is under way.</summary>
internal static class ForecastStart
{
    /// <returns>Null where one is under way.</returns>
    public static async Task<RunRecord?> TryAsync(ForecastRun run, ForecastRuns runs, DurableTaskClient client, string by, CancellationToken cancellationToken)
    {
        if (await IsRunningAsync(client, cancellationToken)) return null;
        var begun = await run.BeginAsync(by, cancellationToken);
        try
        {
            // A crash before this line leaves a row without an orchestration, which the next start says is lost.
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(ForecastNight), begun.Id, new StartOrchestrationOptions(ForecastNight.Instance), cancellationToken);
            return begun;
        }
        catch (Exception taken) when (taken is not OperationCanceledException)
        {
            // Started at the same moment by somebody else; the real client says so by a type of its transport.
            await runs.RemoveAsync(begun, cancellationToken);
            if (!await IsRunningAsync(client, cancellationToken)) throw;
            return null;
        }
    }

    private static async Task<bool> IsRunningAsync(DurableTaskClient client, CancellationToken cancellationToken) => await client.GetInstanceAsync(ForecastNight.Instance, cancellationToken) is { IsCompleted: false };
}
