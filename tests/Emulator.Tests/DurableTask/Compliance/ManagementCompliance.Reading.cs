using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

public abstract partial class ManagementCompliance
{
    [Fact]
    public async Task A_query_pages_through_all_in_the_order_of_their_creation()
    {
        await using var hub = await StartAsync(Orchestrate(_ => Task.FromResult(1)));
        string[] ids = [.. Enumerable.Range(0, 25).Select(i => $"i{i:00}")];
        foreach (var id in ids) await BeginAsync(hub, id: id);
        var pages = await hub.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 10)).AsPages().ToListAsync();
        Same([10, 10, 5], pages.Select(page => page.Values.Count));
        Assert.Equal(ids, pages.SelectMany(page => page.Values).Select(instance => instance.InstanceId));
        Assert.Null(pages[^1].ContinuationToken);
        var rest = await hub.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 10, ContinuationToken: pages[0].ContinuationToken)).ToListAsync();
        Assert.Equal(ids[10..], rest.Select(instance => instance.InstanceId));
    }

    [Fact]
    public async Task A_query_finds_by_status_prefix_and_time_of_creation()
    {
        await using var hub = await StartAsync(Mixed());
        var begun = hub.Now;
        await MixAsync(hub);
        Same(["a-done", "b-done"], await FindAsync(hub, new OrchestrationQuery(Statuses: [Completed])));
        Same(["a-failed", "a-waits"], await FindAsync(hub, new OrchestrationQuery(Statuses: [Failed, Running], InstanceIdPrefix: "a-")));
        Same(["b-done"], await FindAsync(hub, new OrchestrationQuery(InstanceIdPrefix: "b-")));
        Same(["a-failed", "a-waits"], await FindAsync(hub, new OrchestrationQuery(CreatedFrom: begun + Minute, CreatedTo: begun + 2 * Minute)));
        Same(["a-done", "a-failed", "a-waits", "b-done"], await FindAsync(hub, new OrchestrationQuery(Statuses: [])));
        Assert.Empty(await FindAsync(hub, new OrchestrationQuery(CreatedFrom: begun + Hour)));
    }

    [Fact]
    public async Task A_query_brings_inputs_and_outputs_where_they_are_asked_for()
    {
        await using var hub = await StartAsync(Orchestrate(c => Task.FromResult("out")));
        await RunAsync(hub, "in");
        var with = Assert.Single(await hub.Client.GetAllInstancesAsync(new OrchestrationQuery(FetchInputsAndOutputs: true)).ToListAsync());
        Assert.Equal(("in", "out"), (with.ReadInputAs<string>(), with.ReadOutputAs<string>()));
        var without = Assert.Single(await hub.Client.GetAllInstancesAsync().ToListAsync());
        Assert.Throws<InvalidOperationException>(() => without.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Listing_ids_gives_those_that_have_ended_page_by_page()
    {
        await using var hub = await StartAsync(Mixed());
        await MixAsync(hub);
        var first = await hub.Client.ListInstanceIdsAsync(pageSize: 2, cancellation: Bound);
        var second = await hub.Client.ListInstanceIdsAsync(pageSize: 2, lastInstanceKey: first.ContinuationToken, cancellation: Bound);
        Same(["a-done", "a-failed", "b-done"], first.Values.Concat(second.Values).Order());
        Same(["a-failed"], (await hub.Client.ListInstanceIdsAsync([Failed], cancellation: Bound)).Values);
        Assert.Empty((await hub.Client.ListInstanceIdsAsync(completedTimeFrom: hub.Now + Second, cancellation: Bound)).Values);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => hub.Client.ListInstanceIdsAsync(pageSize: 0, cancellation: Bound));
    }

    [Fact]
    public async Task An_instance_says_when_it_was_made_and_when_it_moved()
    {
        await using var hub = await StartAsync(Waiting());
        var begun = hub.Now;
        var id = await BeginAsync(hub, "in");
        await hub.SettleAsync();
        await hub.AdvanceAsync(Minute);
        await GoAsync(hub, id);
        var end = await GetAsync(hub, id);
        Assert.Equal((Name, id, begun, begun + Minute), (end.Name, end.InstanceId, end.CreatedAt, end.LastUpdatedAt));
        Assert.True(end is { IsCompleted: true, IsRunning: false, FailureDetails: null });
        Assert.Null((await hub.Client.GetInstanceAsync(id, Bound))!.SerializedInput);
    }

    [Fact]
    public async Task An_unknown_instance_is_null_and_waiting_for_it_is_an_error_that_names_it()
    {
        await using var hub = await StartAsync(Waiting());
        Assert.Null(await hub.Client.GetInstanceAsync("nobody", true, Bound));
        AssertContains((await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.WaitForInstanceStartAsync("nobody", Bound))).Message, "'nobody'");
        AssertContains((await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.WaitForInstanceCompletionAsync("nobody", Bound))).Message, "'nobody'");
    }

    [Fact]
    public async Task Waiting_for_the_start_ends_with_the_start_and_waiting_for_the_end_with_the_end()
    {
        await using var hub = await StartAsync(Waiting());
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, new StartOrchestrationOptions(StartAt: hub.Now + Hour), Bound);
        var (start, end) = (hub.Client.WaitForInstanceStartAsync(id, Bound), hub.Client.WaitForInstanceCompletionAsync(id, true, Bound));
        await hub.SettleAsync();
        Assert.False(start.IsCompleted);
        await hub.AdvanceAsync(Hour);
        Assert.Equal(Running, (await start).RuntimeStatus);
        Assert.False(end.IsCompleted);
        await GoAsync(hub, id);
        Assert.Equal("gone", Output<string>(await end));
        Assert.Equal("gone", Output<string>(await EndAsync(hub, id)));
        Assert.Equal(Completed, (await hub.Client.WaitForInstanceStartAsync(id, Bound)).RuntimeStatus);
    }

    [Fact]
    public async Task Waiting_can_be_cancelled_and_leaves_the_instance_alone()
    {
        await using var hub = await StartAsync(Waiting());
        var id = await BeginAsync(hub);
        using var enough = new CancellationTokenSource();
        var waits = hub.Client.WaitForInstanceCompletionAsync(id, enough.Token);
        await hub.SettleAsync();
        enough.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits.WaitAsync(Bound));
        await GoAsync(hub, id);
        Assert.Equal("gone", Output<string>(await EndAsync(hub, id)));
    }

    private static async Task<string[]> FindAsync(ITestHub hub, OrchestrationQuery query) =>
        [.. (await hub.Client.GetAllInstancesAsync(query).ToListAsync()).Select(instance => instance.InstanceId).Order()];

    private static DurableTaskRegistry Mixed() => new DurableTaskRegistry().AddOrchestratorFunc<string, string>(Name, async (c, what) => what switch
    {
        "done" => what,
        "waits" => await c.WaitForExternalEvent<string>("go"),
        _ => throw new InvalidOperationException(what),
    });

    /// <summary>One per minute: two that end, one that waits, one that fails.</summary>
    private static async Task MixAsync(ITestHub hub)
    {
        foreach (var id in new[] { "a-done", "a-waits", "a-failed", "b-done" })
        {
            await BeginAsync(hub, id.Split('-')[1], id);
            await hub.SettleAsync();
            await hub.AdvanceAsync(Minute);
        }
    }
}
