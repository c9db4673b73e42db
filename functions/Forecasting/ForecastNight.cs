using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Stockgate.Platform.Forecasting;

namespace Stockgate.Functions.Forecasting;

/// <summary>
/// One forecast run: history, training, publication. On failure the previous forecast stays in force and the reason is stored.
/// </summary>
public sealed class ForecastNight(ForecastRun run)
{
    /// <summary>The fixed instance id allows one run at a time.</summary>
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
            // No retry: a failure of the engine or a faulty file would repeat. A killed process is not a failure; its activity is
            // restarted.
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

/// <summary>A failed run and its reason.</summary>
public sealed record FailedRun(string Run, string Reason);
