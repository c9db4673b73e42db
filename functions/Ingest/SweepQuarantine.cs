using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Stockgate.Platform.Ingest.Quarantine;

namespace Stockgate.Functions.Ingest;

/// <summary>Input of a sweep; ContinueAsNew passes it on after a number of pages.</summary>
public sealed record SweepInput(QuarantineSweep Sweep, SweepProgress SoFar);

/// <summary>One page of a sweep.</summary>
public sealed record SweepPageInput(QuarantineSweep Sweep, string? After);

/// <summary>Orchestration that settles all quarantined records of a sweep, page by page, across restarts.</summary>
public sealed class SweepQuarantine(QuarantineSweeper sweeper)
{
    // Continues as new after a number of pages, so that the history of a sweep of a million records stays short.
    private const int PagesPerExecution = 50;

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(8, TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(1))
    );

    [Function(nameof(SweepQuarantine))]
    public static async Task<SweepProgress> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<SweepInput>()!;
        var progress = input.SoFar;
        for (var page = 0; page < PagesPerExecution; page++)
        {
            progress = progress.Add(
                await context.CallActivityAsync<SweepProgress>(
                    nameof(SweepQuarantinePage),
                    new SweepPageInput(input.Sweep, progress.After),
                    Retries
                )
            );
            context.SetCustomStatus(progress);
            if (progress.After is null)
                return progress;
        }
        context.ContinueAsNew(input with { SoFar = progress });
        return progress;
    }

    [Function(nameof(SweepQuarantinePage))]
    public Task<SweepProgress> SweepQuarantinePage([ActivityTrigger] SweepPageInput page, CancellationToken cancellationToken) =>
        sweeper.SweepPageAsync(page.Sweep, page.After, cancellationToken);
}
