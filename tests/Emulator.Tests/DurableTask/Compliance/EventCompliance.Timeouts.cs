using Microsoft.DurableTask;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

public abstract partial class EventCompliance
{
    [Fact]
    public async Task One_that_comes_in_time_wins_against_the_timer()
    {
        await using var hub = await StartAsync(Orchestrate(AgainstTimer));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await hub.AdvanceAsync(Hour - Second);
        await RaiseAsync(hub, id, "go", "event");
        Assert.Equal("event", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task The_timer_wins_where_none_comes()
    {
        await using var hub = await StartAsync(Orchestrate(AgainstTimer));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await hub.AdvanceAsync(Hour);
        Assert.Equal("timer", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task A_wait_with_a_timeout_takes_one_that_comes_in_time_and_ends_at_once()
    {
        await using var hub = await StartAsync(Orchestrate(c => c.WaitForExternalEvent<string>("go", Hour)));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await RaiseAsync(hub, id, "go", "now");
        Assert.Equal("now", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task One_that_is_too_late_goes_to_the_next_wait()
    {
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            try
            {
                return await c.WaitForExternalEvent<string>("go", Hour);
            }
            catch (TaskCanceledException)
            {
                c.SetCustomStatus("timed out");
                return "late: " + await c.WaitForExternalEvent<string>("go");
            }
        }));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await hub.AdvanceAsync(Hour);
        await hub.SettleAsync();
        Assert.Equal("timed out", (await GetAsync(hub, id)).ReadCustomStatusAs<string>());
        await RaiseAsync(hub, id, "go", "at last");
        Assert.Equal("late: at last", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task A_timeout_that_nobody_catches_fails_the_instance()
    {
        await using var hub = await StartAsync(Orchestrate(c => c.WaitForExternalEvent<string>("go", Hour)));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await hub.AdvanceAsync(Hour);
        Assert.Equal(typeof(TaskCanceledException).FullName, Failure(await EndAsync(hub, id)).ErrorType);
    }

    [Fact]
    public async Task One_that_is_there_is_taken_even_with_no_time_left()
    {
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            await c.WaitForExternalEvent<string>("first");
            return await c.WaitForExternalEvent<string>("go", TimeSpan.Zero);
        }));
        var id = await BeginAsync(hub);
        await RaiseAsync(hub, id, "go", "there");
        await hub.SettleAsync();
        await RaiseAsync(hub, id, "first", "");
        Assert.Equal("there", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task An_infinite_timeout_waits_without_a_limit()
    {
        await using var hub = await StartAsync(Orchestrate(c => c.WaitForExternalEvent<string>("go", Timeout.InfiniteTimeSpan)));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await hub.AdvanceAsync(TimeSpan.FromDays(10_000));
        await RaiseAsync(hub, id, "go", "still here");
        Assert.Equal("still here", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task A_wait_that_was_cancelled_takes_none_from_the_one_behind_it()
    {
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            using var enough = new CancellationTokenSource();
            var (given, kept) = (c.WaitForExternalEvent<string>("go", enough.Token), c.WaitForExternalEvent<string>("go"));
            await c.WaitForExternalEvent<string>("cancel");
            enough.Cancel();
            return $"{given.IsCanceled} {await kept}";
        }));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await RaiseAsync(hub, id, "cancel", "");
        await hub.SettleAsync();
        await RaiseAsync(hub, id, "go", "mine");
        Assert.Equal("True mine", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task A_timeout_counts_from_the_wait_also_after_a_restart()
    {
        static Task<string> Code(TaskOrchestrationContext c) => c.WaitForExternalEvent<string>("go", Hour);
        await using var first = await StartAsync(Orchestrate(Code));
        var id = await BeginAsync(first);
        await first.SettleAsync();
        await using var hub = await first.RestartAsync(Orchestrate(Code), closedFor: 59 * Minute);
        await hub.SettleAsync();
        Assert.False((await GetAsync(hub, id)).IsCompleted);
        await hub.AdvanceAsync(Minute);
        Failure(await EndAsync(hub, id));
    }

    private static async Task<string> AgainstTimer(TaskOrchestrationContext c)
    {
        using var enough = new CancellationTokenSource();
        var (received, timer) = (c.WaitForExternalEvent<string>("go"), c.CreateTimer(Hour, enough.Token));
        if (await Task.WhenAny(received, timer) == timer) return "timer";
        enough.Cancel();
        return await received;
    }
}
