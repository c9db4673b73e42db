using System.Diagnostics;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Emulator.DurableTask.Client;
using Stockgate.Emulator.DurableTask.Engine;

namespace Stockgate.Benchmarks;

/// <summary>The task hub, committed durably, beside its store without an engine around it: the same rows in as many transactions.</summary>
internal sealed class DurableBenchmark(string folder)
{
    private const int InFlight = 200, Orchestrations = 10_000, Width = 1_000, Fans = 40, Events = 100_000, Raisers = 64, Resumptions = 2_000, Stored = 100_000;

    /// <summary>A rate of the hub; that of its rows in as many transactions; that of its bytes appended to a file with as many flushes.</summary>
    public sealed record Rate(double PerSecond, double Rows, double Bytes);

    public async Task<Rate> FivesAsync()
    {
        await using var hub = Open("fives");
        await RunFivesAsync(hub, Orchestrations);
        return await BesideBareAsync(hub, Orchestrations, () => RunFivesAsync(hub, Orchestrations), bare => bare.Fives(Orchestrations, InFlight));
    }

    public async Task<Rate> FanOutAsync()
    {
        await using var hub = Open("fan");
        await RunFansAsync(hub, 10);
        return await BesideBareAsync(hub, Fans * Width, () => RunFansAsync(hub, Fans), bare => bare.Fan(Fans, Width));
    }

    public async Task<Rate> EventsAsync()
    {
        await using var hub = Open("events");
        await RaiseAsync(hub, Events / 4);
        return await BesideBareAsync(hub, Events, () => RaiseAsync(hub, Events), bare => bare.Events(Events));
    }

    /// <summary>Milliseconds from raising an event to the orchestrator's next line, one at a time: p50 and p99.</summary>
    public async Task<(double P50, double P99)> ResumeAsync()
    {
        await using var hub = Open("resume");
        var client = new HubClient(hub);
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Resume", Resumptions);
        var latencies = new List<double>();
        for (var i = 0; i < Resumptions; i++)
        {
            // The hub has nothing to do in between: this is the latency when idle.
            await Task.Delay(2);
            var resumed = Tasks.Resumed = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            var raised = Stopwatch.GetTimestamp();
            await client.RaiseEventAsync(id, "go", i);
            latencies.Add(Stopwatch.GetElapsedTime(raised, await resumed.Task).TotalMilliseconds);
        }
        await client.WaitForInstanceCompletionAsync(id);
        latencies.Sort();
        return (latencies[latencies.Count / 2], latencies[latencies.Count * 99 / 100]);
    }

    /// <summary>Orchestrations a second beside 1,000 stored ones and beside 100,000, in turns.</summary>
    public async Task<(double Few, double Many, double Ratio)> GrowthAsync()
    {
        await using var few = Open("few");
        await using var many = Open("many");
        await RunFivesAsync(few, 1_000);
        await RunFivesAsync(many, Stored);
        var rounds = new List<(double Few, double Many)>();
        for (var round = 0; round < 15; round++) rounds.Add((await RoundAsync(few), await RoundAsync(many)));
        return (AcceptBenchmark.Median(rounds.Select(r => r.Few)), AcceptBenchmark.Median(rounds.Select(r => r.Many)), AcceptBenchmark.Median(rounds.Select(r => r.Many / r.Few)));
    }

    // What a round adds is taken away again, so that a thousand stay a thousand.
    private static async Task<double> RoundAsync(TaskHub hub)
    {
        const int count = 2_000;
        var (before, begun) = (TimeProvider.System.GetUtcNow(), Stopwatch.GetTimestamp());
        await RunFivesAsync(hub, count);
        var rate = count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await new HubClient(hub).PurgeAllInstancesAsync(new PurgeInstancesFilter(before));
        return rate;
    }

    /// <summary>Milliseconds to bring back an orchestration with a history of 10,000 events and let it go on.</summary>
    public async Task<double> ColdReplayAsync()
    {
        const int events = 10_000;
        string id;
        await using (var hub = Open("cold"))
        {
            var client = new HubClient(hub);
            id = await client.ScheduleNewOrchestrationInstanceAsync("Count", events + 1);
            for (var i = 0; i < events; i++) await client.RaiseEventAsync(id, "e", 1);
        }
        await using var again = Open("cold", keep: true);
        var begun = Stopwatch.GetTimestamp();
        var reopened = new HubClient(again);
        await reopened.RaiseEventAsync(id, "e", 1);
        var ended = await reopened.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        if (ended.ReadOutputAs<int>() != events + 1) throw new InvalidOperationException($"{ended.SerializedOutput} of {events + 1} events were counted.");
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    /// <summary>Managed memory in MiB before and with a backlog of 100,000 instances whose activities can't run.</summary>
    public async Task<(double Before, double With)> BacklogAsync()
    {
        await using var hub = Open("backlog");
        var client = new HubClient(hub);
        await RunFivesAsync(hub, 1_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            for (var i = 0; i < Stored / InFlight; i++) await client.ScheduleNewOrchestrationInstanceAsync("Blocked", new string('x', 500));
        }));
        var with = GC.GetTotalMemory(forceFullCollection: true);
        Tasks.Gate.SetResult();
        return (before / 1048576.0, with / 1048576.0);
    }

    private async Task<Rate> BesideBareAsync(TaskHub hub, int count, Func<Task> run, Func<BareStore, IReadOnlyList<Action>> rows)
    {
        var (commits, bytes, begun) = (hub.Commits, BareStore.Written(), Stopwatch.GetTimestamp());
        await run();
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        (commits, bytes) = (hub.Commits - commits, BareStore.Written() - bytes);
        using var bare = new BareStore(Path.Combine(folder, "bare.db"));
        return new Rate(count / seconds, count / bare.Run(rows(bare), commits), count / BareStore.Append(Path.Combine(folder, "bare.bytes"), bytes, commits));
    }

    private static Task RunFivesAsync(TaskHub hub, int count)
    {
        var client = new HubClient(hub);
        return Task.WhenAll(Enumerable.Range(0, InFlight).Select(async worker =>
        {
            for (var i = worker; i < count; i += InFlight)
            {
                var id = await client.ScheduleNewOrchestrationInstanceAsync("Five", 1);
                await client.WaitForInstanceCompletionAsync(id);
            }
        }));
    }

    private static async Task RunFansAsync(TaskHub hub, int count)
    {
        var client = new HubClient(hub);
        for (var i = 0; i < count; i++)
            await client.WaitForInstanceCompletionAsync(await client.ScheduleNewOrchestrationInstanceAsync("Fan", Width));
    }

    private static async Task RaiseAsync(TaskHub hub, int count)
    {
        var client = new HubClient(hub);
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Count", count);
        await Task.WhenAll(Enumerable.Range(0, Raisers).Select(async raiser =>
        {
            for (var i = raiser; i < count; i += Raisers) await client.RaiseEventAsync(id, "e", 1);
        }));
        await client.WaitForInstanceCompletionAsync(id);
    }

    private TaskHub Open(string name, bool keep = false)
    {
        var path = Path.Combine(folder, $"{name}.db");
        if (!keep) BareStore.Delete(path);
        return TaskHub.Open(new HubOptions(path), Tasks.Registry(), new ServiceCollection().BuildServiceProvider());
    }

    private static class Tasks
    {
        public static TaskCompletionSource<long> Resumed = new();

        public static readonly TaskCompletionSource Gate = new();

        public static DurableTaskRegistry Registry() => new DurableTaskRegistry()
            .AddActivityFunc<int, int>("AddOne", (_, number) => number + 1)
            .AddActivityFunc<string, int>("Wait", async (_, text) =>
            {
                await Gate.Task;
                return text.Length;
            })
            .AddOrchestratorFunc<int, int>("Five", async (context, number) =>
            {
                for (var i = 0; i < 5; i++) number = await context.CallActivityAsync<int>("AddOne", number);
                return number;
            })
            .AddOrchestratorFunc<int, int>("Fan", async (context, width) =>
                (await Task.WhenAll(Enumerable.Range(0, width).Select(i => context.CallActivityAsync<int>("AddOne", i)))).Sum())
            .AddOrchestratorFunc<int, int>("Count", async (context, count) =>
            {
                var sum = 0;
                for (var i = 0; i < count; i++) sum += await context.WaitForExternalEvent<int>("e");
                return sum;
            })
            .AddOrchestratorFunc<int>("Resume", async (context, count) =>
            {
                for (var i = 0; i < count; i++)
                {
                    await context.WaitForExternalEvent<int>("go");
                    Resumed.TrySetResult(Stopwatch.GetTimestamp());
                }
            })
            .AddOrchestratorFunc<string, int>("Blocked", (context, text) => context.CallActivityAsync<int>("Wait", text));
    }
}
