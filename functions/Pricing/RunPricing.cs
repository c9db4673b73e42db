using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Stockgate.Platform.Pricing.Runs;

namespace Stockgate.Functions.Pricing;

/// <summary>
/// One run over all prices: a dry run, one whose moves go out, or a simulation. Whatever fails, prices stay as they are and the reason is
/// kept.
/// </summary>
public sealed class RunPricing(PriceRun run, PriceSimulationRun simulation)
{
    /// <summary>One at a time: who starts a second finds the id taken.</summary>
    public const string Instance = "pricing";

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(4, TimeSpan.FromSeconds(2), backoffCoefficient: 3, maxRetryInterval: TimeSpan.FromMinutes(1))
    );

    [Function(nameof(RunPricing))]
    public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var id = context.GetInput<string>()!;
        try
        {
            if (id.StartsWith(PriceRuns.Simulation, StringComparison.Ordinal))
                await context.CallActivityAsync(nameof(SimulatePrices), id);
            else if (await context.CallActivityAsync<bool>(nameof(DecidePrices), id, Retries))
                await context.CallActivityAsync(nameof(SendPricePlan), id, Retries);
            return "ended";
        }
        catch (TaskFailedException failed)
        {
            await context.CallActivityAsync(nameof(FailPricing), new FailedPricing(id, failed.FailureDetails.ErrorMessage), Retries);
            return "failed";
        }
    }

    [Function(nameof(DecidePrices))]
    public Task<bool> DecidePrices([ActivityTrigger] string id, CancellationToken cancellationToken) =>
        run.DecideAsync(id, cancellationToken);

    [Function(nameof(SendPricePlan))]
    public Task SendPricePlan([ActivityTrigger] string id, CancellationToken cancellationToken) => run.SendAsync(id, cancellationToken);

    [Function(nameof(SimulatePrices))]
    public Task SimulatePrices([ActivityTrigger] string id, CancellationToken cancellationToken) =>
        simulation.RunAsync(id, cancellationToken);

    [Function(nameof(FailPricing))]
    public Task FailPricing([ActivityTrigger] FailedPricing failed, CancellationToken cancellationToken) =>
        run.FailAsync(failed.Run, failed.Reason, cancellationToken);
}

/// <summary>A run that failed, and why.</summary>
public sealed record FailedPricing(string Run, string Reason);
