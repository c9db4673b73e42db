using Microsoft.DurableTask;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

public abstract partial class DeterminismCompliance
{
    [Fact]
    public async Task A_delay_of_the_process_fails_the_instance() => await FailsAsync(async _ => await Task.Delay(20));

    [Fact]
    public async Task A_delay_beside_a_call_of_the_context_fails_the_instance() => await FailsAsync(async c =>
    {
        _ = c.WaitForExternalEvent<string>("never");
        await Task.Delay(20);
        await c.CallActivityAsync("Act");
    });

    [Fact]
    public async Task A_task_that_nobody_completes_fails_the_instance() => await FailsAsync(_ => new TaskCompletionSource().Task);

    [Fact]
    public async Task A_task_that_nobody_completes_beside_calls_that_nobody_awaits_fails_the_instance() => await FailsAsync(async c =>
    {
        _ = c.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
        _ = c.WaitForExternalEvent<string>("never");
        await new TaskCompletionSource().Task;
    });

    [Fact]
    public async Task Branches_of_the_code_may_wait_for_each_other() => Assert.Equal(1, await OutputAsync<int>(Orchestrate(async c =>
    {
        var handedOver = new TaskCompletionSource<int>();
        async Task CallAsync() => handedOver.SetResult(await c.CallActivityAsync<int>("One"));
        var call = CallAsync();
        var result = await handedOver.Task;
        await call;
        return result;
    }).AddActivityFunc("One", _ => 1)));

    [Fact]
    public async Task Work_of_another_thread_that_ends_turns_later_fails_the_instance()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            await Task.WhenAny(c.WaitForExternalEvent<string>("never"), Task.Run(() => release.Task));
        }));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        release.SetResult();
        AssertContains(Failure(await EndAsync(hub, id)).ErrorMessage, $"'{Name}'", "only tasks of the context");
    }

    [Fact]
    public async Task A_continuation_that_leaves_the_turns_thread_fails_the_instance() => await FailsAsync(async c =>
    {
        await c.CallActivityAsync("Act").ConfigureAwait(false);
        await c.CallActivityAsync("Act");
    });

    [Fact]
    public async Task A_call_from_another_thread_fails_the_instance() => await FailsAsync(async c => await Task.Run(() => c.CallActivityAsync("Act")));

    [Fact]
    public async Task A_task_that_is_complete_already_is_no_foreign_one() =>
        Assert.Equal(3, await OutputAsync<int>(Orchestrate(async c => await Task.FromResult(1) + await ValueTask.FromResult(1) + await c.CallActivityAsync<int>("One")).AddActivityFunc("One", _ => 1)));

    [Fact]
    public async Task One_that_strays_does_not_hold_up_others()
    {
        await using var hub = await StartAsync(Orchestrate(_ => new TaskCompletionSource().Task).AddOrchestratorFunc<object?, string>("Good", (_, _) => Task.FromResult("fine")));
        var stray = await BeginAsync(hub);
        var good = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Good", Bound);
        Assert.Equal("fine", Output<string>(await EndAsync(hub, good)));
        Failure(await EndAsync(hub, stray));
    }

    private async Task FailsAsync(Func<TaskOrchestrationContext, Task> code) =>
        AssertContains((await FailureAsync(Orchestrate(code).AddActivityFunc("Act", _ => { }))).ErrorMessage, $"'{Name}'", "only tasks of the context");
}
