using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Stockgate.Platform.Ingest;

namespace Stockgate.Functions.Ingest;

/// <summary>What a sweep is started with, and started again with every so many pages.</summary>
public sealed record SweepInput(QuarantineSweep Sweep, SweepProgress SoFar);

/// <summary>One page of a sweep.</summary>
public sealed record SweepPageInput(QuarantineSweep Sweep, string? After);

/// <summary>
/// Settles all records in quarantine that one decision is about, page by page, however long it takes and however often the app is
/// restarted meanwhile.
/// </summary>
public sealed class SweepQuarantine(QuarantineSweeper sweeper)
{
    // The history begins anew after so many pages, so that a sweep of a million records replays as fast as one of a thousand.
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
