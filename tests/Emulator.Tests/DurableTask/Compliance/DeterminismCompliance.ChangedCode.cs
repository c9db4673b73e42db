using Microsoft.DurableTask;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

public abstract partial class DeterminismCompliance
{
    [Fact]
    public async Task The_same_code_goes_on_after_a_restart() => Assert.Equal("gone", Output<string>(await ChangeAsync(Recorded)));

    [Fact]
    public async Task Code_that_differs_only_behind_what_was_recorded_goes_on() =>
        Assert.Equal("B", Output<string>(await ChangeAsync(async c =>
        {
            await Recorded(c);
            return await c.CallActivityAsync<string>("B");
        })));

    [Fact]
    public async Task Another_activity_is_named_beside_the_recorded_one() => await DiffersAsync(["activity 'A'", "activity 'B'"], async c =>
    {
        await c.CallActivityAsync<string>("B");
        return await c.WaitForExternalEvent<string>("go");
    });

    [Fact]
    public async Task A_timer_is_named_beside_the_recorded_activity() => await DiffersAsync(["activity 'A'", "timer"], async c =>
    {
        await c.CreateTimer(Minute, default);
        return await c.WaitForExternalEvent<string>("go");
    });

    [Fact]
    public async Task A_child_is_named_beside_the_recorded_activity() => await DiffersAsync(["activity 'A'", "sub-orchestration 'A'"], async c =>
    {
        await c.CallSubOrchestratorAsync<string>("A");
        return await c.WaitForExternalEvent<string>("go");
    });

    [Fact]
    public async Task A_call_before_the_recorded_one_is_named() => await DiffersAsync(["activity 'A'", "activity 'B'"], async c =>
    {
        _ = c.CallActivityAsync<string>("B");
        return await Recorded(c);
    });

    [Fact]
    public async Task A_call_behind_the_recorded_one_is_named() => await DiffersAsync(["no call", "activity 'B'"], async c =>
    {
        await c.CallActivityAsync<string>("A");
        await c.CallActivityAsync<string>("B");
        return await c.WaitForExternalEvent<string>("go");
    });

    [Fact]
    public async Task A_call_in_the_same_turn_as_the_recorded_one_is_named() => await DiffersAsync(["no call", "activity 'B'"], async c =>
    {
        var a = c.CallActivityAsync<string>("A");
        _ = c.CallActivityAsync<string>("B");
        await a;
        return await c.WaitForExternalEvent<string>("go");
    });

    [Fact]
    public async Task A_call_that_is_missing_is_named() => await DiffersAsync(["activity 'A'", "no call"], c => c.WaitForExternalEvent<string>("go"));

    [Fact]
    public async Task Code_that_ends_before_what_was_recorded_is_told() => await DiffersAsync(["goes on", "the end"], c => c.CallActivityAsync<string>("A"));

    [Fact]
    public async Task Code_that_ends_before_its_first_call_is_told() => await DiffersAsync(["activity 'A'", "ended"], _ => Task.FromResult("nothing to do"));

    [Fact]
    public async Task Code_that_is_gone_fails_the_instance_with_its_name()
    {
        await using var first = await StartAsync(Tasks(Recorded));
        var id = await BeginAsync(first);
        await first.SettleAsync();
        await using var hub = await first.RestartAsync(new DurableTaskRegistry().AddOrchestratorFunc<object?, string>("Other", (_, _) => Task.FromResult("")));
        await hub.Client.RaiseEventAsync(id, "go", "gone", Bound);
        AssertContains(Failure(await EndAsync(hub, id)).ErrorMessage, $"'{Name}'", "Other");
    }

    private static async Task<string> Recorded(TaskOrchestrationContext c)
    {
        await c.CallActivityAsync<string>("A");
        return await c.WaitForExternalEvent<string>("go");
    }

    private async Task DiffersAsync(string[] named, Func<TaskOrchestrationContext, Task<string>> changed) =>
        AssertContains(Failure(await ChangeAsync(changed)).ErrorMessage, [$"'{Name}'", "not deterministic", .. named]);

    /// <summary>Runs the recorded code up to its wait, and the changed code from there.</summary>
    private async Task<Microsoft.DurableTask.Client.OrchestrationMetadata> ChangeAsync(Func<TaskOrchestrationContext, Task<string>> changed)
    {
        await using var first = await StartAsync(Tasks(Recorded));
        var id = await BeginAsync(first);
        await first.SettleAsync();
        await using var hub = await first.RestartAsync(Tasks(changed));
        await hub.Client.RaiseEventAsync(id, "go", "gone", Bound);
        return await EndAsync(hub, id);
    }

    private static DurableTaskRegistry Tasks(Func<TaskOrchestrationContext, Task<string>> code) => Orchestrate(code).AddActivityFunc("A", _ => "A").AddActivityFunc("B", _ => "B");
}
