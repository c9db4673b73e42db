using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

/// <summary>Retries of activities, by policy and by handler.</summary>
public abstract class RetryCompliance : DurableTaskCompliance
{
    [Fact]
    public async Task A_policy_waits_its_intervals_growing_to_the_longest()
    {
        var retried = await AttemptsAsync(new RetryPolicy(6, Second, 2, maxRetryInterval: TimeSpan.FromSeconds(5)), failures: 6);
        Same([0, 1, 3, 7, 12, 17], retried.Seconds);
        AssertContains(Failure(retried.End).ErrorMessage, "Try", "attempt 6");
    }

    [Fact]
    public async Task A_policy_stops_with_the_first_success()
    {
        var retried = await AttemptsAsync(new RetryPolicy(5, Second), failures: 2);
        Same([0, 1, 2], retried.Seconds);
        Assert.Equal(3, Output<int>(retried.End));
    }

    [Fact]
    public async Task A_policy_begins_no_attempt_after_its_timeout()
    {
        var retried = await AttemptsAsync(new RetryPolicy(100, TimeSpan.FromSeconds(4), retryTimeout: TimeSpan.FromSeconds(10)), failures: 100);
        Same([0, 4, 8], retried.Seconds);
        AssertContains(Failure(retried.End).ErrorMessage, "attempt 3");
    }

    [Fact]
    public async Task One_attempt_is_no_retry() => Same([0], (await AttemptsAsync(new RetryPolicy(1, Second), failures: 5)).Seconds);

    [Fact]
    public async Task A_failure_that_the_policy_does_not_handle_is_not_retried()
    {
        var retried = await AttemptsAsync(new RetryPolicy(5, Second) { HandleFailure = failure => !failure.IsCausedBy<IOException>() }, failures: 5);
        Same([0], retried.Seconds);
        Failure(retried.End);
    }

    [Fact]
    public async Task A_failure_that_the_policy_handles_is_retried()
    {
        var retried = await AttemptsAsync(new RetryPolicy(5, Second) { HandleFailure = failure => failure.IsCausedBy<IOException>() && failure.ErrorMessage != "attempt 3" }, failures: 5);
        Same([0, 1, 2], retried.Seconds);
    }

    [Fact]
    public async Task A_handler_sees_attempts_and_failures_and_gives_up_when_it_says()
    {
        var seen = new SortedSet<string>();
        var retried = await AttemptsAsync(TaskRetryOptions.FromRetryHandler(context =>
        {
            lock (seen) seen.Add($"{context.LastAttemptNumber}: {context.LastFailure.ErrorMessage} {context.LastFailure.IsCausedBy<IOException>()}");
            return context.LastAttemptNumber < 3;
        }), failures: 10);
        Same([0, 0, 0], retried.Seconds);
        Same(["1: attempt 1 True", "2: attempt 2 True", "3: attempt 3 True"], seen);
        AssertContains(Failure(retried.End).ErrorMessage, "attempt 3");
    }

    [Fact]
    public async Task A_handler_spaces_attempts_by_timers_of_its_own()
    {
        var retried = await AttemptsAsync(TaskRetryOptions.FromRetryHandler(async context =>
        {
            await context.OrchestrationContext.CreateTimer(context.LastAttemptNumber * 2 * Second, context.CancellationToken);
            return context.TotalRetryTime < TimeSpan.FromSeconds(6);
        }), failures: 10);
        Same([0, 2, 6], retried.Seconds);
        Failure(retried.End);
    }

    [Fact]
    public async Task A_handler_that_throws_fails_the_instance_with_what_it_threw()
    {
        var retried = await AttemptsAsync(TaskRetryOptions.FromRetryHandler(bool (_) => throw new InvalidDataException("no idea")), failures: 10);
        Assert.Equal("no idea", Failure(retried.End).ErrorMessage);
    }

    [Fact]
    public async Task An_unknown_activity_is_not_retried()
    {
        var asked = false;
        var policy = new RetryPolicy(5, Hour) { HandleFailure = _ => asked = true };
        AssertContains((await FailureAsync(Orchestrate(c => c.CallActivityAsync("Nowhere", TaskOptions.FromRetryPolicy(policy))))).ErrorMessage, "'Nowhere'");
        Assert.False(asked);
    }

    [Fact]
    public async Task A_retry_goes_on_after_a_restart()
    {
        var attempts = 0;
        DurableTaskRegistry Tasks() => Orchestrate(c => c.CallActivityAsync<int>("Try", TaskOptions.FromRetryPolicy(new RetryPolicy(3, Hour))))
            .AddActivityFunc("Try", _ => Interlocked.Increment(ref attempts) < 3 ? throw new IOException() : attempts);
        await using var first = await StartAsync(Tasks());
        var id = await BeginAsync(first);
        await first.SettleAsync();
        await using var second = await first.RestartAsync(Tasks(), closedFor: 2 * Hour);
        await second.SettleAsync();
        Assert.Equal(2, attempts);
        await using var third = await second.RestartAsync(Tasks());
        await third.AdvanceAsync(Hour);
        Assert.Equal(3, Output<int>(await EndAsync(third, id)));
    }

    /// <summary>Calls an activity that fails so many times; time passes second by second, whenever there is nothing else left to do.</summary>
    private async Task<(int[] Seconds, OrchestrationMetadata End)> AttemptsAsync(TaskRetryOptions retry, int failures)
    {
        var seconds = new List<int>();
        var now = 0;
        var tasks = Orchestrate(c => c.CallActivityAsync<int>("Try", new TaskOptions(retry))).AddActivityFunc("Try", _ =>
        {
            seconds.Add(now);
            return seconds.Count > failures ? seconds.Count : throw new IOException($"attempt {seconds.Count}");
        });
        await using var hub = await StartAsync(tasks);
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        while (!(await GetAsync(hub, id)).IsCompleted && now < 100)
        {
            now++;
            await hub.AdvanceAsync(Second);
            await hub.SettleAsync();
        }
        return ([.. seconds], await GetAsync(hub, id));
    }
}
