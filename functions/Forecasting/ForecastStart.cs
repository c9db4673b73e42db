using Microsoft.DurableTask.Client;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Forecasting;

/// <summary>Starts a run unless one is in progress.</summary>
internal static class ForecastStart
{
    /// <returns>Null if one is in progress.</returns>
    public static Task<RunRecord?> TryAsync(
        ForecastRun run,
        ForecastRuns runs,
        DurableTaskClient client,
        string by,
        CancellationToken cancellationToken
    ) =>
        RunStart.TryAsync(
            client,
            runs,
            nameof(ForecastNight),
            ForecastNight.Instance,
            () => run.BeginAsync(by, cancellationToken),
            cancellationToken
        );
}
