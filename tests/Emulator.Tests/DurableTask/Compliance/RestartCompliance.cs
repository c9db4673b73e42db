using System.Diagnostics;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit.Abstractions;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

/// <summary>Instances that are under way when the hub stops.</summary>
public abstract class RestartCompliance(ITestOutputHelper output) : DurableTaskCompliance
{
    [Fact]
    public async Task What_waits_for_an_event_a_timer_and_a_child_goes_on()
    {
        var tasks = Orchestrate(async c =>
        {
            var child = c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child"));
            var timer = c.CreateTimer(Hour, default);
            var received = c.WaitForExternalEvent<string>("go");
            await Task.WhenAll(child, timer, received);
            return $"{await child} {await received}";
        }).AddOrchestratorFunc<object?, string>("Child", (c, _) => c.WaitForExternalEvent<string>("go"));
        await using var first = await StartAsync(tasks);
        var id = await BeginAsync(first);
        await first.SettleAsync();
        await using var second = await first.RestartAsync(tasks);
        await second.Client.RaiseEventAsync(id, "go", "father", Bound);
        await second.SettleAsync();
        await using var third = await second.RestartAsync(tasks, closedFor: Hour);
        await third.SettleAsync();
        await using var hub = await third.RestartAsync(tasks);
        Assert.Equal(OrchestrationRuntimeStatus.Running, await StatusAsync(hub, id));
        await hub.Client.RaiseEventAsync("child", "go", "son", Bound);
        Assert.Equal("son father", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task An_activity_that_was_running_is_run_again_and_what_it_gives_late_is_dropped()
    {
        var runs = new List<TaskCompletionSource<string>>();
        var begun = new SemaphoreSlim(0);
        var tasks = Orchestrate(c => c.CallActivityAsync<string>("Slow")).AddActivityFunc("Slow", _ =>
        {
            var run = new TaskCompletionSource<string>();
            lock (runs) runs.Add(run);
            begun.Release();
            return run.Task;
        });
        await using var first = await StartAsync(tasks, new TestHubSettings { Patience = TimeSpan.Zero });
        var id = await BeginAsync(first);
        await begun.WaitAsync(Bound);
        await using var hub = await first.RestartAsync(tasks);
        await begun.WaitAsync(Bound);
        runs[0].SetResult("first");
        Assert.Equal(OrchestrationRuntimeStatus.Running, await StatusAsync(hub, id));
        runs[1].SetResult("second");
        Assert.Equal("second", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task Stopping_waits_for_activities_that_end_in_time_and_they_are_not_run_again()
    {
        var runs = 0;
        var (begun, release) = (new SemaphoreSlim(0), new TaskCompletionSource<string>());
        var tasks = Orchestrate(c => c.CallActivityAsync<string>("Slow")).AddActivityFunc("Slow", async _ =>
        {
            Interlocked.Increment(ref runs);
            begun.Release();
            return await release.Task;
        });
        await using var first = await StartAsync(tasks);
        var id = await BeginAsync(first);
        await begun.WaitAsync(Bound);
        var restarting = first.RestartAsync(tasks);
        release.SetResult("once");
        await using var hub = await restarting;
        Assert.Equal(("once", 1), (Output<string>(await EndAsync(hub, id)), runs));
    }

    [Fact]
    public async Task Calls_that_were_not_begun_are_begun_after_the_restart()
    {
        var (first, ran) = (new SemaphoreSlim(0), 0);
        var release = new TaskCompletionSource();
        var tasks = Orchestrate(async c => (await Task.WhenAll(Enumerable.Range(0, 50).Select(i => c.CallActivityAsync<int>("Work", i)))).Sum())
            .AddActivityFunc<int, int>("Work", async (_, i) =>
            {
                Interlocked.Increment(ref ran);
                first.Release();
                await release.Task;
                return i;
            });
        await using var one = await StartAsync(tasks, new TestHubSettings { MaxConcurrentActivities = 2, Patience = TimeSpan.Zero });
        var id = await BeginAsync(one);
        await first.WaitAsync(Bound);
        await using var hub = await one.RestartAsync(tasks);
        release.SetResult();
        Assert.Equal(50 * 49 / 2, Output<int>(await EndAsync(hub, id)));
        Assert.InRange(ran, 50, 52);
    }

    [Fact]
    public async Task Many_instances_go_on()
    {
        var tasks = Orchestrate(async c =>
        {
            var n = await c.CallActivityAsync<int>("Next", c.GetInput<int>());
            await c.WaitForExternalEvent<string>("go");
            return await c.CallActivityAsync<int>("Next", n);
        }).AddActivityFunc<int, int>("Next", (_, n) => n + 1);
        await using var first = await StartAsync(tasks);
        var ids = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => BeginAsync(first, i)));
        await using var second = await first.RestartAsync(tasks);
        await Task.WhenAll(ids.Select(id => second.Client.RaiseEventAsync(id, "go", "", Bound)));
        await using var hub = await second.RestartAsync(tasks);
        for (var i = 0; i < ids.Length; i++) Assert.Equal(i + 2, Output<int>(await EndAsync(hub, ids[i])));
    }

    [Fact]
    public async Task A_history_of_ten_thousand_events_is_replayed_cold_in_no_time()
    {
        const int Calls = 5_000;
        var tasks = Orchestrate(async c =>
        {
            var sum = 0L;
            foreach (var part in Enumerable.Range(0, Calls).Chunk(500)) sum += (await Task.WhenAll(part.Select(i => c.CallActivityAsync<int>("Echo", i)))).Sum(n => (long)n);
            await c.WaitForExternalEvent<string>("go");
            return sum;
        }).AddActivityFunc<int, int>("Echo", (_, n) => n);
        await using var first = await StartAsync(tasks);
        var id = await BeginAsync(first);
        await first.SettleAsync();
        await using var hub = await first.RestartAsync(tasks);
        var begun = Stopwatch.GetTimestamp();
        await hub.Client.RaiseEventAsync(id, "go", "", Bound);
        Assert.Equal(Calls * (Calls - 1L) / 2, Output<long>(await EndAsync(hub, id)));
        var took = Stopwatch.GetElapsedTime(begun);
        output.WriteLine($"{2 * Calls:N0} events replayed cold in {took.TotalMilliseconds:N0} ms");
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
