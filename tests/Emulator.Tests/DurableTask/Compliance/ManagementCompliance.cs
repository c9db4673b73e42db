using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

/// <summary>What clients do with instances that are there.</summary>
public abstract partial class ManagementCompliance : DurableTaskCompliance
{
    [Fact]
    public async Task The_custom_status_is_the_last_that_was_set_and_null_clears_it()
    {
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            c.SetCustomStatus(new { Step = 1 });
            c.SetCustomStatus(new { Step = 2 });
            await c.WaitForExternalEvent<string>("go");
            c.SetCustomStatus(null);
            await c.WaitForExternalEvent<string>("go");
            c.SetCustomStatus("at the end");
        }));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        Assert.Equal("""{"step":2}""", (await GetAsync(hub, id)).SerializedCustomStatus);
        await GoAsync(hub, id);
        Assert.Null((await GetAsync(hub, id)).SerializedCustomStatus);
        await GoAsync(hub, id);
        Assert.Equal("at the end", (await GetAsync(hub, id)).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task Terminating_ends_one_that_waits_with_the_output_it_is_given()
    {
        await using var hub = await StartAsync(Waiting());
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await hub.Client.TerminateInstanceAsync(id, (object?)"enough", Bound);
        var end = await EndAsync(hub, id);
        Assert.Equal((Terminated, "enough"), (end.RuntimeStatus, end.ReadOutputAs<string>()));
        await GoAsync(hub, id);
        await hub.AdvanceAsync(2 * Hour);
        await hub.SettleAsync();
        Assert.Equal(Terminated, await StatusAsync(hub, id));
    }

    [Fact]
    public async Task Terminating_ends_one_whose_start_is_to_come()
    {
        await using var hub = await StartAsync(Waiting());
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, new StartOrchestrationOptions(StartAt: hub.Now + Hour), Bound);
        await hub.Client.TerminateInstanceAsync(id, Bound);
        Assert.Equal(Terminated, (await EndAsync(hub, id)).RuntimeStatus);
        await hub.AdvanceAsync(Hour);
        await hub.SettleAsync();
        Assert.Equal(Terminated, await StatusAsync(hub, id));
    }

    [Fact]
    public async Task Terminating_one_that_has_ended_or_never_was_changes_nothing()
    {
        await using var hub = await StartAsync(Orchestrate(_ => Task.FromResult("done")));
        var id = (await RunAsync(hub)).InstanceId;
        await hub.Client.TerminateInstanceAsync(id, (object?)"late", Bound);
        await hub.Client.TerminateInstanceAsync("nobody", Bound);
        Assert.Equal("done", Output<string>(await GetAsync(hub, id)));
    }

    [Theory]
    [InlineData(true, Terminated)]
    [InlineData(false, Running)]
    public async Task Terminating_ends_the_children_where_it_is_to(bool recursive, OrchestrationRuntimeStatus children)
    {
        await using var hub = await StartAsync(Family());
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await hub.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions("all", recursive), Bound);
        Assert.Equal(Terminated, (await EndAsync(hub, id)).RuntimeStatus);
        Same([children, children], [await StatusAsync(hub, "child"), await StatusAsync(hub, "grandchild")]);
        await hub.Client.RaiseEventAsync("grandchild", "go", "", Bound);
        await hub.SettleAsync();
        Assert.Equal(recursive ? Terminated : Completed, await StatusAsync(hub, "child"));
        Assert.Equal(Terminated, await StatusAsync(hub, id));
    }

    [Fact]
    public async Task Terminating_drops_what_an_activity_under_way_gives()
    {
        var slow = new TaskCompletionSource<string>();
        await using var hub = await StartAsync(Orchestrate(c => c.CallActivityAsync<string>("Slow")).AddActivityFunc("Slow", _ => slow.Task));
        var id = await BeginAsync(hub);
        await hub.Client.WaitForInstanceStartAsync(id, Bound);
        await hub.Client.TerminateInstanceAsync(id, (object?)"enough", Bound);
        slow.SetResult("late");
        await hub.SettleAsync();
        Assert.Equal("enough", (await GetAsync(hub, id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Terminating_drops_what_a_turn_under_way_does()
    {
        using var running = new SemaphoreSlim(0);
        using var released = new ManualResetEventSlim();
        var acted = false;
        await using var hub = await StartAsync(Orchestrate(c =>
        {
            running.Release();
            released.Wait(Bound);
            c.SetCustomStatus("too late");
            return c.CallActivityAsync("Act");
        }).AddActivityFunc("Act", _ => { acted = true; }));
        var id = await BeginAsync(hub);
        await running.WaitAsync(Bound);
        await hub.Client.TerminateInstanceAsync(id, (object?)"enough", Bound);
        released.Set();
        await hub.SettleAsync();
        var end = await GetAsync(hub, id);
        Assert.Equal((Terminated, null, false), (end.RuntimeStatus, end.SerializedCustomStatus, acted));
    }

    [Fact]
    public async Task What_comes_while_it_is_suspended_is_seen_in_order_when_it_is_resumed()
    {
        var timers = 0;
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            var timer = c.CreateTimer(Minute, default);
            var got = new List<int> { await c.WaitForExternalEvent<int>("n"), await c.WaitForExternalEvent<int>("n") };
            await timer;
            if (!c.IsReplaying) timers++;
            return got;
        }));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await hub.Client.SuspendInstanceAsync(id, "stocktaking", Bound);
        await hub.Client.RaiseEventAsync(id, "n", 1, Bound);
        await hub.SettleAsync();
        await hub.Client.RaiseEventAsync(id, "n", 2, Bound);
        await hub.AdvanceAsync(Hour);
        await hub.SettleAsync();
        Assert.Equal((Suspended, 0), (await StatusAsync(hub, id), timers));
        await hub.Client.ResumeInstanceAsync(id, "counted", Bound);
        Same([1, 2], Output<int[]>(await EndAsync(hub, id))!);
        Assert.Equal(1, timers);
    }

    [Fact]
    public async Task Suspending_and_resuming_without_anything_in_between_changes_nothing()
    {
        await using var hub = await StartAsync(Waiting());
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await hub.Client.SuspendInstanceAsync(id, Bound);
        await hub.Client.SuspendInstanceAsync(id, Bound);
        await hub.SettleAsync();
        Assert.Equal(Suspended, await StatusAsync(hub, id));
        await hub.Client.ResumeInstanceAsync(id, Bound);
        await hub.SettleAsync();
        Assert.Equal(Running, await StatusAsync(hub, id));
        await GoAsync(hub, id);
        Assert.Equal("gone", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task One_that_is_suspended_stays_so_over_a_restart_and_can_be_terminated()
    {
        await using var first = await StartAsync(Waiting());
        var id = await BeginAsync(first);
        await first.SettleAsync();
        await first.Client.SuspendInstanceAsync(id, Bound);
        await first.SettleAsync();
        await using var hub = await first.RestartAsync(Waiting());
        await GoAsync(hub, id);
        Assert.Equal(Suspended, await StatusAsync(hub, id));
        await hub.Client.TerminateInstanceAsync(id, (object?)"enough", Bound);
        Assert.Equal(Terminated, (await EndAsync(hub, id)).RuntimeStatus);
    }

    [Fact]
    public async Task One_suspended_before_its_first_turn_begins_when_it_is_resumed()
    {
        await using var hub = await StartAsync(Waiting());
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, new StartOrchestrationOptions(StartAt: hub.Now + Hour), Bound);
        await hub.Client.SuspendInstanceAsync(id, Bound);
        await hub.Client.RaiseEventAsync(id, "go", "", Bound);
        await hub.AdvanceAsync(Hour);
        await hub.SettleAsync();
        Assert.Equal(Suspended, await StatusAsync(hub, id));
        await hub.Client.ResumeInstanceAsync(id, Bound);
        Assert.Equal("gone", Output<string>(await EndAsync(hub, id)));
    }

    private static DurableTaskRegistry Waiting() => Orchestrate(async c =>
    {
        _ = c.CreateTimer(Hour, default);
        await c.WaitForExternalEvent<string>("go");
        return "gone";
    });

    /// <summary>Three generations, the youngest of which waits.</summary>
    private static DurableTaskRegistry Family() => Orchestrate(c => c.CallSubOrchestratorAsync("Child", null, new SubOrchestrationOptions(instanceId: "child")))
        .AddOrchestratorFunc("Child", (TaskOrchestrationContext c) => c.CallSubOrchestratorAsync("Grandchild", null, new SubOrchestrationOptions(instanceId: "grandchild")))
        .AddOrchestratorFunc("Grandchild", (TaskOrchestrationContext c) => c.WaitForExternalEvent<string>("go"));

    private static async Task GoAsync(ITestHub hub, string id)
    {
        await hub.Client.RaiseEventAsync(id, "go", "", Bound);
        await hub.SettleAsync();
    }
}
