using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

public abstract partial class ManagementCompliance
{
    [Fact]
    public async Task Purging_removes_one_that_has_ended_and_only_such()
    {
        await using var hub = await StartAsync(Mixed());
        await MixAsync(hub);
        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync("a-done", Bound)).PurgedInstanceCount);
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("a-done", Bound)).PurgedInstanceCount);
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("a-waits", Bound)).PurgedInstanceCount);
        Same(["a-failed", "a-waits", "b-done"], await FindAsync(hub, new OrchestrationQuery()));
        await GoAsync(hub, "a-waits");
        Assert.Equal(Completed, await StatusAsync(hub, "a-waits"));
    }

    [Fact]
    public async Task Purging_by_time_of_creation_and_status_removes_those_that_fit_and_have_ended()
    {
        await using var hub = await StartAsync(Mixed());
        var begun = hub.Now;
        await MixAsync(hub);
        var failed = await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [Failed, Running]), Bound);
        Assert.Equal((1, true), (failed.PurgedInstanceCount, failed.IsComplete));
        Assert.Equal(1, (await hub.Client.PurgeInstancesAsync(begun, begun + Minute, Bound)).PurgedInstanceCount);
        Same(["a-waits", "b-done"], await FindAsync(hub, new OrchestrationQuery()));
        Assert.Equal(1, (await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(), Bound)).PurgedInstanceCount);
        Same(["a-waits"], await FindAsync(hub, new OrchestrationQuery()));
    }

    [Fact]
    public async Task Purging_hundreds_removes_all()
    {
        await using var hub = await StartAsync(Orchestrate(_ => Task.FromResult(1)));
        await Task.WhenAll(Enumerable.Range(0, 700).Select(_ => BeginAsync(hub)));
        await hub.SettleAsync();
        Assert.Equal(700, (await hub.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [Completed]), Bound)).PurgedInstanceCount);
        Assert.Empty(await FindAsync(hub, new OrchestrationQuery()));
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public async Task Purging_removes_the_children_where_it_is_to(bool recursive, int removed)
    {
        await using var hub = await StartAsync(Family());
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync(id, new PurgeInstanceOptions(recursive), Bound)).PurgedInstanceCount);
        await hub.Client.RaiseEventAsync("grandchild", "go", "", Bound);
        await EndAsync(hub, id);
        Assert.Equal(removed, (await hub.Client.PurgeInstanceAsync(id, new PurgeInstanceOptions(recursive), Bound)).PurgedInstanceCount);
        Assert.Equal(3 - removed, (await FindAsync(hub, new OrchestrationQuery())).Length);
    }

    [Fact]
    public async Task Restarting_runs_it_again_with_its_input_under_its_id_or_a_new_one()
    {
        var runs = 0;
        await using var hub = await StartAsync(Orchestrate(async c => c.GetInput<string>() + await c.CallActivityAsync<int>("Count")).AddActivityFunc("Count", _ => Interlocked.Increment(ref runs)));
        var id = (await RunAsync(hub, "run ")).InstanceId;
        Assert.Equal(id, await hub.Client.RestartAsync(id, cancellation: Bound));
        Assert.Equal("run 2", Output<string>(await EndAsync(hub, id)));
        var other = await hub.Client.RestartAsync(id, restartWithNewInstanceId: true, Bound);
        Assert.NotEqual(id, other);
        Assert.Equal("run 3", Output<string>(await EndAsync(hub, other)));
        Assert.Equal("run 2", Output<string>(await GetAsync(hub, id)));
    }

    [Fact]
    public async Task Restarting_an_unknown_one_or_one_that_runs_in_its_place_is_refused()
    {
        await using var hub = await StartAsync(Waiting());
        AssertContains((await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RestartAsync("nobody", cancellation: Bound))).Message, "'nobody'");
        var id = await BeginAsync(hub);
        AssertContains((await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.RestartAsync(id, cancellation: Bound))).Message, id);
        var other = await hub.Client.RestartAsync(id, restartWithNewInstanceId: true, Bound);
        await GoAsync(hub, other);
        Assert.Equal((Running, Completed), (await StatusAsync(hub, id), await StatusAsync(hub, other)));
    }
}
