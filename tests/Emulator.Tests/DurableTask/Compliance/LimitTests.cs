using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit.Abstractions;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

/// <summary>The emulator's own limits. Alone in the process: they measure its memory and block its threads.</summary>
[Collection(nameof(LimitTests))]
public sealed class LimitTests(ITestOutputHelper output) : DurableTaskCompliance
{
    protected override Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null) => EmulatorHub.StartAsync(tasks, settings, cached: true);

    [Fact]
    public async Task As_many_activities_run_at_once_as_the_limit_says_and_never_more()
    {
        var (running, most) = (0, 0);
        var full = new TaskCompletionSource();
        var tasks = Orchestrate(c => Task.WhenAll(Enumerable.Range(0, 100).Select(_ => c.CallActivityAsync("Work")))).AddActivityFunc("Work", async _ =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now == 7) full.TrySetResult();
            await full.Task;
            await Task.Yield();
            Interlocked.Decrement(ref running);
        });
        await using var hub = await StartAsync(tasks, new TestHubSettings { MaxConcurrentActivities = 7 });
        var id = await BeginAsync(hub);
        Output<object>(await EndAsync(hub, id));
        Assert.Equal(7, most);
    }

    [Fact]
    public async Task Activities_that_block_their_threads_do_not_hold_up_orchestrations()
    {
        using var release = new ManualResetEventSlim();
        var begun = new SemaphoreSlim(0);
        var tasks = Orchestrate(async c =>
        {
            for (var i = 0; i < 20; i++) await c.CreateTimer(TimeSpan.Zero, default);
            return await c.CallSubOrchestratorAsync<string>("Child");
        }).AddOrchestratorFunc<object?, string>("Child", (_, _) => Task.FromResult("not held up"))
          .AddOrchestratorFunc("Blocked", (TaskOrchestrationContext c) => c.CallActivityAsync("Block"))
          .AddActivityFunc("Block", _ =>
          {
              begun.Release();
              release.Wait(Bound);
          });
        await using var hub = await StartAsync(tasks, new TestHubSettings { MaxConcurrentActivities = 4 });
        var blocked = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => hub.Client.ScheduleNewOrchestrationInstanceAsync("Blocked", Bound)));
        for (var i = 0; i < blocked.Length; i++) await begun.WaitAsync(Bound);
        Assert.Equal("not held up", Output<string>(await RunAsync(hub)));
        release.Set();
        foreach (var id in blocked) Output<object>(await EndAsync(hub, id));
    }

    [Fact]
    public async Task Twenty_thousand_instances_that_wait_for_a_blocked_activity_do_not_pile_up_in_memory()
    {
        const int Half = 10_000;
        var release = new TaskCompletionSource();
        var done = 0;
        var tasks = Orchestrate(c => c.CallActivityAsync("Work")).AddActivityFunc("Work", async _ =>
        {
            await release.Task;
            Interlocked.Increment(ref done);
        });
        await using var hub = await StartAsync(tasks, new TestHubSettings { MaxConcurrentActivities = 4, Patience = TimeSpan.Zero });
        var empty = GC.GetTotalMemory(forceFullCollection: true);
        var (half, all) = (await GrowAsync(), await GrowAsync());
        output.WriteLine($"{Half:N0} instances {half / 1024.0 / 1024:N1} MB, {2 * Half:N0} instances {all / 1024.0 / 1024:N1} MB");
        // The caches are full after the first half. The inputs of the second alone are 40 MB of text.
        Assert.InRange(all - half, long.MinValue, 16L << 20);
        release.SetResult();
        await Eventually(() => Task.FromResult(done == 2 * Half));

        async Task<long> GrowAsync()
        {
            var input = new string('x', 2_000);
            foreach (var part in Enumerable.Range(0, Half).Chunk(500)) await Task.WhenAll(part.Select(_ => hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, input, Bound)));
            await Eventually(async () => (await hub.Client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Pending], PageSize: 1)).AsPages().FirstAsync()).Values.Count == 0);
            return GC.GetTotalMemory(forceFullCollection: true) - empty;
        }
    }

    [Fact]
    public async Task An_activity_that_was_found_running_at_every_start_is_given_up_by_name()
    {
        const int Most = 3;
        var begun = new SemaphoreSlim(0);
        var never = new TaskCompletionSource();
        var runs = 0;
        var tasks = Orchestrate(c => c.CallActivityAsync("Kill")).AddActivityFunc("Kill", _ =>
        {
            Interlocked.Increment(ref runs);
            begun.Release();
            return never.Task;
        });
        var hub = await StartAsync(tasks, new TestHubSettings { MaxActivityStarts = Most, Patience = TimeSpan.Zero });
        var id = await BeginAsync(hub);
        for (var crash = 0; crash <= Most; crash++)
        {
            await begun.WaitAsync(Bound);
            hub = await hub.RestartAsync(tasks);
        }
        await using var last = hub;
        AssertContains(Failure(await EndAsync(last, id)).ErrorMessage, "'Kill'", $"{Most} times");
        Assert.Equal(Most + 1, runs);
    }

    [Fact]
    public async Task Activities_of_many_instances_begin_in_the_order_of_their_calls()
    {
        var order = new ConcurrentQueue<int>();
        var tasks = Orchestrate(c => c.CallActivityAsync("Note", c.GetInput<int>())).AddActivityFunc<int>("Note", (_, i) => order.Enqueue(i));
        await using var hub = await StartAsync(tasks, new TestHubSettings { MaxConcurrentActivities = 1 });
        for (var i = 0; i < 20; i++)
        {
            await BeginAsync(hub, i);
            await hub.SettleAsync();
        }
        Assert.Equal(Enumerable.Range(0, 20), order);
    }

    [CollectionDefinition(nameof(LimitTests), DisableParallelization = true)]
    public sealed class Alone;

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value; seen = Volatile.Read(ref most)) Interlocked.CompareExchange(ref most, value, seen);
    }
}
