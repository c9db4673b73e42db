using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Stockgate.Platform.Forecasting;

namespace Stockgate.Functions.Forecasting;

/// <summary>Starts the nightly run at the time in the settings.</summary>
public sealed class RunForecasts(
    ForecastRun run,
    ForecastRuns runs,
    ForecastSettings settings,
    TimeProvider time,
    ILogger<RunForecasts> logger
)
{
    // A time of day in the settings and not a schedule in the trigger: a schedule that a deployment forgot to set would keep the whole
    // app from starting.
    [Function("RunForecasts")]
    public async Task Run(
        [TimerTrigger("0 */5 * * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        if (settings.DailyAt is not { } at || !NightlyRun.IsDue(at, time.GetUtcNow(), await runs.ListAsync(20, cancellationToken)))
            return;
        var begun = await ForecastStart.TryAsync(run, runs, client, NightlyRun.By, cancellationToken);
        logger.LogInformation("Nightly forecast: {Run}", begun?.Id ?? "one is in progress already");
    }
}
