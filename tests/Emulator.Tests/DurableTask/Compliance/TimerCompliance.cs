using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

/// <summary>Durable timers.</summary>
public abstract class TimerCompliance : DurableTaskCompliance
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData(1)]
    [InlineData(400 * 24 * 3_600)]
    public async Task It_fires_at_its_time_and_not_before(int seconds)
    {
        await using var hub = await StartAsync(Orchestrate(c => c.CreateTimer(TimeSpan.FromSeconds(seconds), default)));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await hub.AdvanceAsync(TimeSpan.FromSeconds(seconds) - Tick);
        await hub.SettleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Running, await StatusAsync(hub, id));
        await hub.AdvanceAsync(Tick);
        Output<object>(await EndAsync(hub, id));
    }

    [Fact]
    public async Task The_orchestrators_time_after_it_is_not_before_its_time()
    {
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            var at = c.CurrentUtcDateTime + Hour;
            await c.CreateTimer(at, default);
            return c.CurrentUtcDateTime - at;
        }));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await hub.AdvanceAsync(Hour);
        Assert.Equal(TimeSpan.Zero, Output<TimeSpan>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task Several_fire_in_the_order_of_their_times_also_where_they_come_due_together()
    {
        await using var hub = await StartAsync(Orchestrate(FireInOrder));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await hub.AdvanceAsync(Hour);
        Assert.Equal("ABCDE", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task Those_that_came_due_while_nothing_ran_fire_in_order()
    {
        await using var first = await StartAsync(Orchestrate(FireInOrder));
        var id = await BeginAsync(first);
        await first.SettleAsync();
        await first.AdvanceAsync(2 * Minute + Second);
        await first.SettleAsync();
        await using var hub = await first.RestartAsync(Orchestrate(FireInOrder), closedFor: Hour);
        Assert.Equal("ABCDE", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task Those_of_many_instances_fire_in_the_order_of_their_times()
    {
        var fired = new List<int>();
        var tasks = new DurableTaskRegistry().AddOrchestratorFunc<int>(Name, async (c, i) =>
        {
            await c.CreateTimer(c.CurrentUtcDateTime + i * Minute, default);
            await c.CallActivityAsync("Note", i);
        }).AddActivityFunc<int>("Note", (_, i) => fired.Add(i));
        await using var hub = await StartAsync(tasks, new TestHubSettings { MaxConcurrentActivities = 1 });
        foreach (var i in new[] { 5, 2, 4, 1, 3 }) await BeginAsync(hub, i);
        await hub.SettleAsync();
        for (var i = 0; i < 5; i++)
        {
            await hub.AdvanceAsync(Minute);
            await hub.SettleAsync();
        }
        Same([1, 2, 3, 4, 5], fired);
    }

    [Fact]
    public async Task One_in_the_past_fires_at_once() =>
        Assert.Equal("past", await OutputAsync<string>(Orchestrate(async c =>
        {
            await c.CreateTimer(c.CurrentUtcDateTime - Hour, default);
            await c.CreateTimer(TimeSpan.Zero, default);
            return "past";
        })));

    [Fact]
    public async Task One_that_is_cancelled_lets_the_orchestration_end_at_once_and_is_never_heard_of()
    {
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            using var enough = new CancellationTokenSource();
            var timer = c.CreateTimer(Hour, enough.Token);
            enough.Cancel();
            var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => timer);
            return $"{timer.IsCanceled} {cancelled.CancellationToken == enough.Token}";
        }));
        var id = await BeginAsync(hub);
        var end = await EndAsync(hub, id);
        Assert.Equal("True True", Output<string>(end));
        await hub.AdvanceAsync(2 * Hour);
        await hub.SettleAsync();
        Assert.Equal(end.LastUpdatedAt, (await GetAsync(hub, id)).LastUpdatedAt);
    }

    [Fact]
    public async Task One_that_is_cancelled_turns_later_does_not_resume_what_waits_for_another()
    {
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            using var enough = new CancellationTokenSource();
            var first = c.CreateTimer(Minute, enough.Token);
            await c.WaitForExternalEvent<string>("go");
            enough.Cancel();
            var begun = c.CurrentUtcDateTime;
            await c.CreateTimer(Hour, default);
            return $"{first.IsCanceled} {c.CurrentUtcDateTime - begun}";
        }));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await hub.Client.RaiseEventAsync(id, "go", "now", Bound);
        await hub.SettleAsync();
        await hub.AdvanceAsync(2 * Minute);
        await hub.SettleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Running, await StatusAsync(hub, id));
        await hub.AdvanceAsync(58 * Minute);
        Assert.Equal("True 01:00:00", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task One_with_a_token_that_was_cancelled_before_is_cancelled() =>
        Assert.True(await OutputAsync<bool>(Orchestrate(c => Task.FromResult(c.CreateTimer(Hour, new CancellationToken(canceled: true)).IsCanceled))));

    [Fact]
    public async Task The_losing_timer_does_not_keep_an_orchestration_that_returned() =>
        Assert.Equal("activity", await OutputAsync<string>(Orchestrate(async c =>
        {
            var call = c.CallActivityAsync<string>("Act");
            return await Task.WhenAny(call, c.CreateTimer(Hour, default)) == call ? await call : "timer";
        }).AddActivityFunc("Act", _ => "activity")));

    private static async Task<string> FireInOrder(TaskOrchestrationContext c)
    {
        var open = new List<(Task Timer, char Letter)>();
        foreach (var (letter, minutes) in new[] { ('D', 4), ('A', 1), ('E', 5), ('C', 3), ('B', 2) }) open.Add((c.CreateTimer(minutes * Minute, default), letter));
        var order = "";
        while (open.Count > 0)
        {
            var fired = await Task.WhenAny(open.Select(o => o.Timer));
            order += open.Single(o => o.Timer == fired).Letter;
            open.RemoveAll(o => o.Timer == fired);
        }
        return order;
    }
}
