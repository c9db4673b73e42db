using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Stockgate.Local.Host.Functions;
using Stockgate.Local.Host.Protocol;
using Stockgate.Local.Host.Workers;

namespace Stockgate.Local.Host.Timers;

/// <summary>Runs one timer function when it is due. A run that was missed while the host was down happens once, at start.</summary>
internal sealed class TimerListener(
    FunctionDefinition function,
    TimerSchedule schedule,
    TimerRuns runs,
    WorkerSupervisor workers,
    FunctionInputs inputs,
    TimeProvider time,
    ILogger log
)
{
    // Task.Delay takes at most about 49 days; farther timers wait in stretches.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly bool monitored = function.Trigger!.Flag("useMonitor", fallback: true);

    public FunctionDefinition Function => function;

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await LoopAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host ends.
        }
    }

    /// <summary>Runs the function now, by hand, whatever the schedule says.</summary>
    public Task RunOnceAsync() => InvokeAsync(time.GetUtcNow(), pastDue: false, CancellationToken.None);

    private async Task LoopAsync(CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        var due = schedule.Next(monitored ? runs.Watched(function.Name, now) : now);
        if (function.Trigger!.Flag("runOnStartup") || due < now)
        {
            await FireAsync(now, pastDue: due < now, stopping);
            due = schedule.Next(time.GetUtcNow());
        }
        while (true)
        {
            for (var wait = due - time.GetUtcNow(); wait > TimeSpan.Zero; wait = due - time.GetUtcNow())
                await Task.Delay(wait < LongestWait ? wait : LongestWait, time, stopping);
            await FireAsync(due, pastDue: false, stopping);
            // From the due time, so that a slow run does not shift the next; never a time that has passed, so that runs do not pile up.
            due = After(due);
        }
    }

    private DateTimeOffset After(DateTimeOffset due) =>
        schedule.Next(due) is var next && next > time.GetUtcNow() ? next : schedule.Next(time.GetUtcNow());

    private async Task FireAsync(DateTimeOffset due, bool pastDue, CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        try
        {
            await InvokeAsync(due, pastDue, stopping);
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            var what = fault is FunctionFailedException failed ? failed.Headline : fault.Message;
            log.LogError("{Function} failed: {Error}. Next run at {Next:u}", function.Name, what, schedule.Next(time.GetUtcNow()));
        }
        if (monitored)
            runs.Remember(function.Name, time.GetUtcNow());
    }

    private async Task InvokeAsync(DateTimeOffset due, bool pastDue, CancellationToken stopping)
    {
        var worker = await workers.ReadyAsync(stopping);
        var last = runs.Last(function.Name)?.UtcDateTime ?? default;
        var info = new JsonObject
        {
            ["Schedule"] = new JsonObject { ["AdjustForDST"] = true },
            ["ScheduleStatus"] = monitored
                ? new JsonObject
                {
                    ["Last"] = last,
                    ["Next"] = After(due).UtcDateTime,
                    ["LastUpdated"] = last,
                }
                : null,
            ["IsPastDue"] = pastDue,
        };
        // The host's end does not cancel a run: it is waited for.
        await inputs.RunAsync(function, worker, new TypedData { Json = info.ToJsonString() }, null, CancellationToken.None);
    }
}
