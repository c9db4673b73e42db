using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Stockgate.Platform.Pricing.Runs;

namespace Stockgate.Functions.Pricing;

/// <summary>
/// One run over all prices: dry run, publishing run or simulation. On failure prices stay unchanged and the reason is stored.
/// </summary>
public sealed class RunPricing(PriceRun run, PriceSimulationRun simulation)
{
    /// <summary>The fixed instance id allows one run at a time.</summary>
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

/// <summary>A failed run and its reason.</summary>
public sealed record FailedPricing(string Run, string Reason);
