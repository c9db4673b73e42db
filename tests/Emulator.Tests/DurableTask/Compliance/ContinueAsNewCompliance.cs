using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

/// <summary>Orchestrations that start over.</summary>
public abstract class ContinueAsNewCompliance : DurableTaskCompliance
{
    [Fact]
    public async Task Hundreds_of_generations_hand_on_their_input_under_one_id_with_one_completion()
    {
        await using var hub = await StartAsync(new DurableTaskRegistry().AddOrchestratorFunc<int, string>(Name, async (c, n) =>
        {
            n = await c.CallActivityAsync<int>("Next", n);
            if (n < 300) c.ContinueAsNew(n);
            return $"{n} {c.InstanceId}";
        }).AddActivityFunc<int, int>("Next", (_, n) => n + 1));
        var end = await RunAsync(hub, 0);
        Assert.Equal("300 " + end.InstanceId, Output<string>(end));
        Assert.Equal(299, end.ReadInputAs<int>());
        Assert.Single(await hub.Client.GetAllInstancesAsync().ToListAsync());
    }

    [Fact]
    public async Task A_generation_that_awaits_nothing_starts_over_as_well() =>
        Assert.Equal(200, await OutputAsync<int>(new DurableTaskRegistry().AddOrchestratorFunc<int, int>(Name, (c, n) =>
        {
            if (n < 200) c.ContinueAsNew(n + 1);
            return Task.FromResult(n);
        }), 0));

    [Fact]
    public async Task Events_that_nobody_took_go_over_in_order_before_those_that_come_later()
    {
        await using var hub = await StartAsync(Collecting(preserve: true));
        var id = await BeginAsync(hub, Array.Empty<int>());
        for (var i = 0; i < 50; i++) await hub.Client.RaiseEventAsync(id, "n", i, Bound);
        Assert.Equal(Enumerable.Range(0, 50), Output<int[]>(await EndAsync(hub, id))!);
    }

    [Fact]
    public async Task A_storm_of_events_is_taken_one_by_one_each_in_an_execution_of_its_own()
    {
        const int events = 5_000;
        await using var hub = await StartAsync(new DurableTaskRegistry().AddOrchestratorFunc<int, int>(Name, async (c, n) =>
        {
            if (await c.WaitForExternalEvent<int>("n") != n) throw new InvalidOperationException($"another event than {n} came at its turn");
            if (n + 1 < events) c.ContinueAsNew(n + 1);
            return n + 1;
        }));
        var id = await BeginAsync(hub, 0);
        await Task.WhenAll(Enumerable.Range(0, events).Select(i => hub.Client.RaiseEventAsync(id, "n", i, Bound)));
        Assert.Equal(events, Output<int>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task Events_of_several_names_go_over_in_order()
    {
        await using var hub = await StartAsync(new DurableTaskRegistry().AddOrchestratorFunc<bool, int[]>(Name, async (c, again) =>
        {
            await c.WaitForExternalEvent<string>("go");
            if (!again) c.ContinueAsNew(true);
            else return [await c.WaitForExternalEvent<int>("a"), await c.WaitForExternalEvent<int>("b"), await c.WaitForExternalEvent<int>("a")];
            return [];
        }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, false, new StartOrchestrationOptions(StartAt: hub.Now + Hour), Bound);
        await RaiseAsync(("a", 1), ("b", 2), ("a", 3), ("go", "x"), ("go", "y"));
        await hub.AdvanceAsync(Hour);
        Same([1, 2, 3], Output<int[]>(await EndAsync(hub, id))!);

        async Task RaiseAsync(params (string Name, object Payload)[] events)
        {
            foreach (var (name, payload) in events) await hub.Client.RaiseEventAsync(id, name, payload, Bound);
        }
    }

    [Fact]
    public async Task Events_that_arrive_while_the_last_turn_runs_go_over_behind_those_that_were_there()
    {
        using var running = new SemaphoreSlim(0);
        using var released = new ManualResetEventSlim();
        await using var hub = await StartAsync(new DurableTaskRegistry().AddOrchestratorFunc<int, int[]>(Name, async (c, generation) =>
        {
            if (generation == 1) return [await c.WaitForExternalEvent<int>("n"), await c.WaitForExternalEvent<int>("n"), await c.WaitForExternalEvent<int>("n")];
            await c.WaitForExternalEvent<string>("go");
            running.Release();
            released.Wait(Bound);
            c.ContinueAsNew(1);
            return [];
        }));
        var id = await BeginAsync(hub, 0);
        await hub.Client.RaiseEventAsync(id, "n", 1, Bound);
        await hub.SettleAsync();
        await hub.Client.RaiseEventAsync(id, "go", "", Bound);
        await running.WaitAsync(Bound);
        await hub.Client.RaiseEventAsync(id, "n", 2, Bound);
        await hub.Client.RaiseEventAsync(id, "n", 3, Bound);
        released.Set();
        Same([1, 2, 3], Output<int[]>(await EndAsync(hub, id))!);
    }

    [Fact]
    public async Task Events_that_nobody_took_are_dropped_when_it_says_so()
    {
        await using var hub = await StartAsync(new DurableTaskRegistry().AddOrchestratorFunc<bool, string>(Name, async (c, again) =>
        {
            await c.WaitForExternalEvent<string>("go");
            if (!again) c.ContinueAsNew(true, preserveUnprocessedEvents: false);
            return again ? await c.WaitForExternalEvent<string>("note") : "";
        }));
        var id = await BeginAsync(hub, false);
        await hub.Client.RaiseEventAsync(id, "note", "old", Bound);
        await hub.SettleAsync();
        await hub.Client.RaiseEventAsync(id, "go", "", Bound);
        await hub.SettleAsync();
        await hub.Client.RaiseEventAsync(id, "go", "", Bound);
        await hub.Client.RaiseEventAsync(id, "note", "new", Bound);
        Assert.Equal("new", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task A_suspension_that_comes_with_the_last_event_of_a_generation_holds_the_next_one()
    {
        await using var hub = await StartAsync(Collecting(preserve: true, count: 2));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, Array.Empty<int>(), new StartOrchestrationOptions(StartAt: hub.Now + Hour), Bound);
        await hub.Client.RaiseEventAsync(id, "n", 1, Bound);
        await hub.Client.SuspendInstanceAsync(id, "wait", Bound);
        await hub.Client.RaiseEventAsync(id, "n", 2, Bound);
        await hub.AdvanceAsync(Hour);
        await hub.SettleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, await StatusAsync(hub, id));
        await hub.Client.ResumeInstanceAsync(id, "go on", Bound);
        Same([1, 2], Output<int[]>(await EndAsync(hub, id))!);
    }

    [Fact]
    public async Task Results_of_calls_of_an_earlier_generation_do_not_reach_the_next()
    {
        var (old, next) = (new TaskCompletionSource<string>(), new TaskCompletionSource<string>());
        await using var hub = await StartAsync(new DurableTaskRegistry().AddOrchestratorFunc<bool, string>(Name, async (c, again) =>
        {
            if (again) return await c.CallActivityAsync<string>("Next");
            _ = c.CallActivityAsync<string>("Old");
            _ = c.CreateTimer(Minute, default);
            c.ContinueAsNew(true);
            return "";
        }).AddActivityFunc("Old", _ => old.Task).AddActivityFunc("Next", _ => next.Task));
        var id = await BeginAsync(hub, false);
        await Eventually(async () => (await GetAsync(hub, id)).ReadInputAs<bool>());
        await hub.AdvanceAsync(Hour);
        old.SetResult("old");
        next.SetResult("next");
        Assert.Equal("next", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task The_next_generation_can_be_of_another_version()
    {
        var tasks = new DurableTaskRegistry()
            .AddOrchestratorFunc<string, string>(Name, "1", (c, _) =>
            {
                c.ContinueAsNew(new ContinueAsNewOptions { NewInput = "from " + c.Version, NewVersion = "2" });
                return Task.FromResult("");
            })
            .AddOrchestratorFunc<string, string>(Name, "2", (c, input) => Task.FromResult($"{input} to {c.Version}"));
        await using var hub = await StartAsync(tasks);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, "", new StartOrchestrationOptions { Version = "1" }, Bound);
        Assert.Equal("from 1 to 2", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task A_child_that_starts_over_answers_its_parent_once_at_its_end() =>
        Assert.Equal(5, await OutputAsync<int>(Orchestrate(c => c.CallSubOrchestratorAsync<int>("Child", 0)).AddOrchestratorFunc<int, int>("Child", (c, n) =>
        {
            if (n < 5) c.ContinueAsNew(n + 1);
            return Task.FromResult(n);
        })));

    private static DurableTaskRegistry Collecting(bool preserve, int count = 50) => new DurableTaskRegistry().AddOrchestratorFunc<int[], int[]>(Name, async (c, got) =>
    {
        got = [.. got, await c.WaitForExternalEvent<int>("n")];
        if (got.Length < count) c.ContinueAsNew(got, preserve);
        return got;
    });
}
