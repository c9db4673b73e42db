using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

/// <summary>How instances begin.</summary>
public abstract class StartingCompliance : DurableTaskCompliance
{
    [Fact]
    public async Task Without_an_id_each_start_has_one_of_its_own()
    {
        await using var hub = await StartAsync(Orchestrate(c => Task.FromResult(c.InstanceId)));
        var (a, b) = (await BeginAsync(hub), await BeginAsync(hub));
        Assert.NotEqual(a, b);
        Assert.Equal(a, Output<string>(await EndAsync(hub, a)));
        Assert.Equal(b, Output<string>(await EndAsync(hub, b)));
    }

    [Theory]
    [InlineData("order-17")]
    [InlineData("Łódź, 3:5 [x] % 'a' \"b\"")]
    public async Task A_given_id_is_kept_as_it_is(string id)
    {
        await using var hub = await StartAsync(Orchestrate(c => Task.FromResult(c.InstanceId)));
        Assert.Equal(id, await BeginAsync(hub, id: id));
        Assert.Equal(id, Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task Ids_that_differ_in_case_are_two()
    {
        await using var hub = await StartAsync(Waiting());
        await BeginAsync(hub, "small", "a");
        await BeginAsync(hub, "big", "A");
        Assert.Equal(("small", "big"), ((await GetAsync(hub, "a")).ReadInputAs<string>(), (await GetAsync(hub, "A")).ReadInputAs<string>()));
    }

    [Fact]
    public async Task An_id_that_is_running_is_refused_and_left_alone()
    {
        await using var hub = await StartAsync(Waiting());
        await BeginAsync(hub, "first", "one");
        AssertContains((await Assert.ThrowsAsync<InvalidOperationException>(() => BeginAsync(hub, "second", "one"))).Message, "'one'");
        await hub.Client.RaiseEventAsync("one", "go", "", Bound);
        Assert.Equal("first", Output<string>(await EndAsync(hub, "one")));
    }

    [Fact]
    public async Task An_id_that_has_ended_is_replaced_with_nothing_of_the_old_left()
    {
        await using var hub = await StartAsync(new DurableTaskRegistry().AddOrchestratorFunc<string, string>(Name, async (c, text) =>
        {
            if (text == "bad") throw new InvalidOperationException(text);
            c.SetCustomStatus(text == "first" ? "status of the first" : null);
            return text == "waits" ? await c.WaitForExternalEvent<string>("go") : text;
        }));
        await BeginAsync(hub, "first", "one");
        Assert.Equal("first", Output<string>(await EndAsync(hub, "one")));
        await BeginAsync(hub, "bad", "one");
        var failed = await EndAsync(hub, "one");
        Assert.Equal("bad", Failure(failed).ErrorMessage);
        Assert.Equal((null, null), (failed.SerializedOutput, failed.SerializedCustomStatus));
        await BeginAsync(hub, "waits", "one");
        await hub.SettleAsync();
        var waits = await GetAsync(hub, "one");
        Assert.Equal((Running, null, null), (waits.RuntimeStatus, waits.SerializedOutput, waits.FailureDetails));
    }

    [Fact]
    public async Task A_status_that_is_to_keep_its_place_refuses_the_start()
    {
        await using var hub = await StartAsync(Orchestrate(_ => Task.FromResult("done")));
        await EndAsync(hub, await BeginAsync(hub, id: "one"));
        var options = new StartOrchestrationOptions("one").WithDedupeStatuses(Completed, Failed);
        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, options, Bound));
        await hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, options.WithDedupeStatuses(Failed), Bound);
    }

    [Theory]
    [InlineData(Running)]
    [InlineData(Pending)]
    [InlineData(Suspended)]
    public async Task One_that_is_under_way_is_replaced_where_its_status_is_not_to_keep_its_place(OrchestrationRuntimeStatus status)
    {
        await using var hub = await StartAsync(Waiting());
        await hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, "old", new StartOrchestrationOptions("one", status == Pending ? hub.Now + Hour : null), Bound);
        await hub.SettleAsync();
        if (status == Suspended) await hub.Client.SuspendInstanceAsync("one", Bound);
        await hub.SettleAsync();
        Assert.Equal(status, await StatusAsync(hub, "one"));
        var old = hub.Client.WaitForInstanceCompletionAsync("one", Bound);
        await hub.SettleAsync();
        var options = new StartOrchestrationOptions("one").WithDedupeStatuses(Completed);
        await hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, "new", options, Bound);
        Assert.Equal(Terminated, (await old).RuntimeStatus);
        await hub.AdvanceAsync(2 * Hour);
        await hub.Client.RaiseEventAsync("one", "go", "", Bound);
        Assert.Equal("new", Output<string>(await EndAsync(hub, "one")));
        Assert.Single(await hub.Client.GetAllInstancesAsync().ToListAsync());
    }

    [Fact]
    public async Task Of_fifty_starts_with_one_id_at_once_one_begins()
    {
        var ran = 0;
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            await c.CallActivityAsync("Count");
            await c.WaitForExternalEvent<string>("go");
        }).AddActivityFunc("Count", _ => { Interlocked.Increment(ref ran); }));
        var starts = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () =>
        {
            try
            {
                await BeginAsync(hub, i, "one");
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        })));
        await hub.SettleAsync();
        Assert.Equal((1, 1), (starts.Count(started => started), ran));
    }

    [Fact]
    public async Task One_that_starts_later_is_pending_until_then_also_over_a_restart()
    {
        await using var first = await StartAsync(Orchestrate(_ => Task.FromResult("done")));
        var id = await first.Client.ScheduleNewOrchestrationInstanceAsync(Name, new StartOrchestrationOptions(StartAt: first.Now + Hour), Bound);
        await first.AdvanceAsync(Minute);
        await first.SettleAsync();
        Assert.Equal(Pending, await StatusAsync(first, id));
        await using var hub = await first.RestartAsync(Orchestrate(_ => Task.FromResult("done")), closedFor: Minute);
        await hub.SettleAsync();
        Assert.Equal(Pending, await StatusAsync(hub, id));
        await hub.AdvanceAsync(58 * Minute);
        Assert.Equal("done", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task One_that_was_to_start_in_the_past_starts_at_once()
    {
        await using var hub = await StartAsync(Orchestrate(_ => Task.FromResult("done")));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, new StartOrchestrationOptions(StartAt: hub.Now - Hour), Bound);
        Assert.Equal("done", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task Tags_are_kept()
    {
        await using var hub = await StartAsync(Orchestrate(_ => Task.FromResult("done")));
        var tags = new Dictionary<string, string> { ["shop"] = "Łódź", ["empty"] = "" };
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, new StartOrchestrationOptions { Tags = tags }, Bound);
        Assert.Equal(tags, (await EndAsync(hub, id)).Tags);
    }

    [Fact]
    public async Task The_version_is_the_given_one_and_else_the_hubs()
    {
        await using var hub = await StartAsync(Orchestrate(c => Task.FromResult(c.Version)), new TestHubSettings { DefaultVersion = "5" });
        Assert.Equal("5", Output<string>(await RunAsync(hub)));
        var given = await hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, new StartOrchestrationOptions { Version = "6.1" }, Bound);
        Assert.Equal("6.1", Output<string>(await EndAsync(hub, given)));
        Assert.Equal("", await OutputAsync<string>(Orchestrate(c => Task.FromResult(c.Version))));
    }

    [Fact]
    public async Task An_unknown_orchestrator_is_refused_with_the_names_there_are()
    {
        await using var hub = await StartAsync(Waiting());
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.ScheduleNewOrchestrationInstanceAsync("Mian", Bound));
        AssertContains(refused.Message, "'Mian'", Name);
        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.ScheduleNewOrchestrationInstanceAsync("", Bound));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("a\u0085b")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901")]
    public async Task An_id_that_no_storage_can_hold_is_refused(string id)
    {
        await using var hub = await StartAsync(Waiting());
        await Assert.ThrowsAsync<ArgumentException>(() => BeginAsync(hub, id: id));
        Assert.Empty(await hub.Client.GetAllInstancesAsync().ToListAsync());
    }

    private static DurableTaskRegistry Waiting() => Orchestrate(async c =>
    {
        await c.WaitForExternalEvent<string>("go");
        return c.GetInput<string>();
    });
}
