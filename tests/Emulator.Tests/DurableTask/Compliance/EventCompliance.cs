using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

/// <summary>External events.</summary>
public abstract partial class EventCompliance : DurableTaskCompliance
{
    [Fact]
    public async Task One_that_comes_while_it_is_waited_for_is_taken()
    {
        await using var hub = await StartAsync(Orchestrate(c => c.WaitForExternalEvent<string>("go")));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await RaiseAsync(hub, id, "go", "now");
        Assert.Equal("now", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task One_that_comes_before_the_wait_is_kept_for_it()
    {
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            await c.WaitForExternalEvent<string>("first");
            return await c.WaitForExternalEvent<string>("second");
        }));
        var id = await BeginAsync(hub);
        await RaiseAsync(hub, id, "second", "early");
        await hub.SettleAsync();
        await RaiseAsync(hub, id, "first", "late");
        Assert.Equal("early", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task Those_that_come_before_the_start_are_kept_in_order()
    {
        await using var hub = await StartAsync(Orchestrate(async c => new[] { await c.WaitForExternalEvent<int>("n"), await c.WaitForExternalEvent<int>("n") }));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, new StartOrchestrationOptions(StartAt: hub.Now + Hour), Bound);
        await RaiseAsync(hub, id, "n", 1);
        await RaiseAsync(hub, id, "n", 2);
        await hub.SettleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Pending, await StatusAsync(hub, id));
        await hub.AdvanceAsync(Hour);
        Same([1, 2], Output<int[]>(await EndAsync(hub, id))!);
    }

    [Fact]
    public async Task Two_waits_get_two_events_first_come_first_served()
    {
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            var waits = new[] { c.WaitForExternalEvent<int>("n"), c.WaitForExternalEvent<int>("n") };
            return await Task.WhenAll(waits);
        }));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await RaiseAsync(hub, id, "n", 1);
        await hub.SettleAsync();
        await RaiseAsync(hub, id, "n", 2);
        Same([1, 2], Output<int[]>(await EndAsync(hub, id))!);
    }

    [Fact]
    public async Task Names_are_kept_apart_and_are_the_same_in_any_case()
    {
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            var (b, a) = (c.WaitForExternalEvent<string>("B"), c.WaitForExternalEvent<string>("a"));
            return await a + await b;
        }));
        var id = await BeginAsync(hub);
        await RaiseAsync(hub, id, "A", "A");
        await RaiseAsync(hub, id, "b", "B");
        await RaiseAsync(hub, id, "c", "C");
        Assert.Equal("AB", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task One_for_an_instance_that_has_ended_or_never_was_is_dropped_without_an_error()
    {
        await using var hub = await StartAsync(Orchestrate(_ => Task.FromResult("done")));
        var id = (await RunAsync(hub)).InstanceId;
        await RaiseAsync(hub, id, "go", 1);
        await RaiseAsync(hub, "nobody", "go", 1);
        await hub.SettleAsync();
        Assert.Equal("done", Output<string>(await GetAsync(hub, id)));
        Assert.Null(await hub.Client.GetInstanceAsync("nobody", Bound));
    }

    [Fact]
    public async Task A_payload_comes_with_its_type_and_none_is_the_default()
    {
        var order = new Order(Guid.Parse("0a4f7f0e-8c4a-4a55-9f1c-0c5a8f6d6f11"), "שלום", [1, 2, 3]);
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            var got = await c.WaitForExternalEvent<Order>("order");
            var none = await c.WaitForExternalEvent<Order?>("none");
            var zero = await c.WaitForExternalEvent<int>("none");
            return new { got.Id, got.Text, got.Numbers, IsNone = none is null, Zero = zero };
        }));
        var id = await BeginAsync(hub);
        await RaiseAsync(hub, id, "order", order);
        await hub.Client.RaiseEventAsync(id, "none", Bound);
        await RaiseAsync(hub, id, "none", null);
        var end = await EndAsync(hub, id);
        var back = Output<Order>(end)!;
        Assert.Equal((order.Id, order.Text), (back.Id, back.Text));
        Assert.Equal(order.Numbers, back.Numbers);
        AssertContains(end.SerializedOutput!, "\"isNone\":true", "\"zero\":0");
    }

    [Fact]
    public async Task A_payload_that_does_not_fit_is_an_error_that_names_event_and_orchestrator_and_can_be_caught()
    {
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            try
            {
                await c.WaitForExternalEvent<int>("count");
                return "fits";
            }
            catch (InvalidOperationException e)
            {
                return $"{e.Message} Next: {await c.WaitForExternalEvent<int>("count")}";
            }
        }));
        var id = await BeginAsync(hub);
        await RaiseAsync(hub, id, "count", "many");
        await RaiseAsync(hub, id, "count", 5);
        AssertContains(Output<string>(await EndAsync(hub, id))!, "'count'", $"'{Name}'", "Int32", "Next: 5");
    }

    [Fact]
    public async Task A_payload_that_does_not_fit_and_is_not_caught_fails_the_instance()
    {
        await using var hub = await StartAsync(Orchestrate(c => c.WaitForExternalEvent<int>("count")));
        var id = await BeginAsync(hub);
        await RaiseAsync(hub, id, "count", "many");
        AssertContains(Failure(await EndAsync(hub, id)).ErrorMessage, "'count'", $"'{Name}'");
    }

    [Fact]
    public async Task Ten_thousand_to_one_instance_all_arrive_in_order()
    {
        const int Count = 10_000;
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            var got = new List<int>(Count);
            while (got.Count < Count) got.Add(await c.WaitForExternalEvent<int>("n"));
            return got;
        }));
        var id = await BeginAsync(hub);
        await Task.WhenAll(Enumerable.Range(0, Count).Select(i => hub.Client.RaiseEventAsync(id, "n", i, Bound)));
        Assert.Equal(Enumerable.Range(0, Count), Output<int[]>(await EndAsync(hub, id))!);
    }

    [Fact]
    public async Task An_orchestration_sends_them_to_another_in_order_and_to_nobody_without_an_error()
    {
        var tasks = Orchestrate(async c => new[] { await c.WaitForExternalEvent<int>("n"), await c.WaitForExternalEvent<int>("n"), await c.WaitForExternalEvent<int>("n") })
            .AddOrchestratorFunc<string>("Sender", async (c, target) =>
            {
                c.SendEvent(target, "n", 1);
                c.SendEvent("nobody", "n", 0);
                c.SendEvent(target, "n", 2);
                await c.CreateTimer(TimeSpan.Zero, default);
                c.SendEvent(target, "n", 3);
            });
        await using var hub = await StartAsync(tasks);
        var id = await BeginAsync(hub);
        var sender = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Sender", id, Bound);
        Same([1, 2, 3], Output<int[]>(await EndAsync(hub, id))!);
        Output<object>(await EndAsync(hub, sender));
    }

    [Fact]
    public async Task An_orchestration_can_send_one_to_itself() =>
        Assert.Equal("me", await OutputAsync<string>(Orchestrate(async c =>
        {
            c.SendEvent(c.InstanceId, "note", "me");
            return await c.WaitForExternalEvent<string>("note");
        })));

    [Fact]
    public async Task An_empty_name_or_id_is_refused()
    {
        await using var hub = await StartAsync(Orchestrate(_ => Task.CompletedTask));
        await Assert.ThrowsAsync<ArgumentException>(() => RaiseAsync(hub, "", "go", null));
        await Assert.ThrowsAsync<ArgumentException>(() => RaiseAsync(hub, "id", "", null));
    }

    private static Task RaiseAsync(ITestHub hub, string id, string name, object? payload) => hub.Client.RaiseEventAsync(id, name, payload, Bound);

    private sealed record Order(Guid Id, string Text, int[] Numbers);
}
