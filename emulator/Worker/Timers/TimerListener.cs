using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stockgate.Emulator.Worker.Functions;
using Stockgate.Emulator.Worker.Hosting;

namespace Stockgate.Emulator.Worker.Timers;

/// <summary>Runs one timer function when it is due. A run that was missed while the app was down happens once, at start.</summary>
internal sealed class TimerListener(
    Function function, TimerSchedule schedule, TimerRuns runs, InvocationPipeline pipeline, IServiceScopeFactory scopes, HostSettings host, TimeProvider time, ILogger logger) : IListener
{
    // Task.Delay takes at most about 49 days; farther timers wait in stretches.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly TimerTriggerAttribute trigger = (TimerTriggerAttribute)function.Trigger;

    public static Bind[]? Bind(Function function, ICollection<string> mistakes)
    {
        var before = mistakes.Count;
        var binds = function.Method.GetParameters().Select<System.Reflection.ParameterInfo, Bind>(parameter =>
        {
            if (CommonParameters.Bind(parameter) is { } common) return common;
            if (parameter == function.TriggerParameter && parameter.ParameterType == typeof(TimerInfo)) return static invocation => new(invocation.TriggerValue);
            mistakes.Add($"{function}: parameter '{parameter.Name}' of type {parameter.ParameterType.Name} can't be bound; a timer function takes TimerInfo, [DurableClient] DurableTaskClient, FunctionContext and CancellationToken");
            return static _ => new((object?)null);
        }).ToArray();
        return mistakes.Count == before ? binds : null;
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        var due = schedule.Next(trigger.UseMonitor ? runs.Watched(function.Name, now) : now);
        if (trigger.RunOnStartup || due < now)
        {
            await FireAsync(now, isPastDue: due < now, stopping);
            due = schedule.Next(time.GetUtcNow());
        }
        while (!stopping.IsCancellationRequested)
        {
            for (var wait = due - time.GetUtcNow(); wait > TimeSpan.Zero; wait = due - time.GetUtcNow())
                await Task.Delay(wait < LongestWait ? wait : LongestWait, time, stopping);
            await FireAsync(due, isPastDue: false, stopping);
            // From the due time, so that a slow run does not shift the next; never a time that has passed, so that runs do not pile up.
            due = After(due);
        }
    }

    private DateTimeOffset After(DateTimeOffset due) => schedule.Next(due) is var next && next > time.GetUtcNow() ? next : schedule.Next(time.GetUtcNow());

    /// <summary>Runs the function now, by hand, whatever the schedule says.</summary>
    public Task RunOnceAsync(CancellationToken stopping) => InvokeAsync(time.GetUtcNow(), isPastDue: false, stopping);

    private async Task FireAsync(DateTimeOffset due, bool isPastDue, CancellationToken stopping)
    {
        try
        {
            await InvokeAsync(due, isPastDue, stopping);
        }
        catch (Exception fault)
        {
            logger.LogError(fault, "{Function} failed; it runs again at {Next:u}", function.Name, schedule.Next(time.GetUtcNow()));
        }
        if (trigger.UseMonitor) runs.Remember(function.Name, time.GetUtcNow());
    }

    private async Task InvokeAsync(DateTimeOffset due, bool isPastDue, CancellationToken stopping)
    {
        var last = runs.Last(function.Name);
        var info = new TimerInfo
        {
            IsPastDue = isPastDue,
            ScheduleStatus = new ScheduleStatus
            {
                Last = last?.UtcDateTime ?? default, Next = After(due).UtcDateTime, LastUpdated = last?.UtcDateTime ?? default,
            },
        };
        await Retries.RunAsync(function, async attempt =>
        {
            await using var scope = scopes.CreateAsyncScope();
            // The token ends only when the function's time is up: a shutdown lets the run finish.
            using var timeUp = new CancellationTokenSource(host.FunctionTimeout, time);
            await pipeline.RunAsync(new Invocation(function, scope.ServiceProvider, timeUp.Token) { TriggerValue = info, Try = attempt });
        }, time, logger, stopping);
    }
}
