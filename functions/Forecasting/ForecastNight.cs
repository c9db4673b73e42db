using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Stockgate.Platform.Forecasting;

namespace Stockgate.Functions.Forecasting;

/// <summary>
/// One run of the forecast: history, training, publication. Whatever fails, the forecast before it stays in force and the reason is kept.
/// </summary>
public sealed class ForecastNight(ForecastRun run)
{
    /// <summary>One at a time: who starts a second finds the id taken.</summary>
    public const string Instance = "forecast";

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(4, TimeSpan.FromSeconds(2), backoffCoefficient: 3, maxRetryInterval: TimeSpan.FromMinutes(1))
    );

    [Function(nameof(ForecastNight))]
    public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var id = context.GetInput<string>()!;
        try
        {
            await context.CallActivityAsync(nameof(CompactHistory), id, Retries);
            // Not tried again: what an engine can't do it can't do a minute later either, and a file at fault stays so. A process that
            // was killed is no failure, and begins it anew.
            if (!await context.CallActivityAsync<bool>(nameof(TrainForecast), id))
                return "nothing to forecast";
            await context.CallActivityAsync(nameof(PublishForecast), id, Retries);
            return "published";
        }
        catch (TaskFailedException failed)
        {
            await context.CallActivityAsync(nameof(FailForecast), new FailedRun(id, failed.FailureDetails.ErrorMessage), Retries);
            return "failed";
        }
    }

    [Function(nameof(CompactHistory))]
    public Task CompactHistory([ActivityTrigger] string id, CancellationToken cancellationToken) => run.CompactAsync(id, cancellationToken);

    [Function(nameof(TrainForecast))]
    public Task<bool> TrainForecast([ActivityTrigger] string id, CancellationToken cancellationToken) =>
        run.TrainAsync(id, cancellationToken);

    [Function(nameof(PublishForecast))]
    public Task PublishForecast([ActivityTrigger] string id, CancellationToken cancellationToken) =>
        run.PublishAsync(id, cancellationToken);

    [Function(nameof(FailForecast))]
    public Task FailForecast([ActivityTrigger] FailedRun failed, CancellationToken cancellationToken) =>
        run.FailAsync(failed.Run, failed.Reason, cancellationToken);
}

/// <summary>A run that failed, and why.</summary>
public sealed record FailedRun(string Run, string Reason);
