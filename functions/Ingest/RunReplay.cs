using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Stockgate.Platform.Ingest.Replays;

namespace Stockgate.Functions.Ingest;

/// <summary>Input of a replay; ContinueAsNew passes it on after a number of slices.</summary>
/// <param name="At">Null before it has begun.</param>
public sealed record ReplayInput(ReplayPlan Plan, ReplayPosition? At, ReplayProgress SoFar);

/// <summary>Input of one slice.</summary>
public sealed record ReplaySliceInput(ReplayPlan Plan, ReplayPosition At);

/// <summary>Where a replay begins, and how many bytes of the archive it covers.</summary>
public sealed record ReplayStart(ReplayPosition At, long Bytes);

/// <summary>Orchestration that takes the deliveries of a plan in again, slice by slice, across restarts.</summary>
public sealed class RunReplay(ReplaySlices slices)
{
    // Continues as new after a number of slices, so that the history of a replay of years stays short.
    private const int SlicesPerExecution = 50;

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(10, TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(1))
    );

    [Function(nameof(RunReplay))]
    public static async Task<ReplayProgress> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<ReplayInput>()!;
        var (plan, at, progress) = (input.Plan, input.At, input.SoFar);
        if (at is null)
        {
            var start = await context.CallActivityAsync<ReplayStart>(nameof(PlanReplay), plan, Retries);
            (at, progress) = (start.At, progress with { BytesAll = start.Bytes });
        }
        for (var slice = 0; slice < SlicesPerExecution && !at.IsAtEnd; slice++)
        {
            var done = await context.CallActivityAsync<ReplaySlice>(nameof(ReplayDeliveries), new ReplaySliceInput(plan, at), Retries);
            progress = progress with { Counts = progress.Counts.Add(done.Counts), BytesRead = progress.BytesRead + done.BytesRead };
            at = done.Next;
            context.SetCustomStatus(progress);
        }
        if (!at.IsAtEnd)
            context.ContinueAsNew(new ReplayInput(plan, at, progress));
        return progress;
    }

    [Function(nameof(PlanReplay))]
    public async Task<ReplayStart> PlanReplay([ActivityTrigger] ReplayPlan plan, CancellationToken cancellationToken)
    {
        var (start, bytes) = await slices.PlanAsync(plan, cancellationToken);
        return new ReplayStart(start, bytes);
    }

    [Function(nameof(ReplayDeliveries))]
    public Task<ReplaySlice> ReplayDeliveries([ActivityTrigger] ReplaySliceInput slice, CancellationToken cancellationToken) =>
        slices.TakeInAsync(slice.Plan, slice.At, cancellationToken);
}
