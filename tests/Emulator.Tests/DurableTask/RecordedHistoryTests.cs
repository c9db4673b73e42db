using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Stockgate.Emulator.DurableTask;
using Stockgate.Emulator.DurableTask.Testing;

namespace Stockgate.Emulator.Tests.DurableTask;

/// <summary>A recorded history against code that stayed and code that was changed.</summary>
public sealed class RecordedHistoryTests : IAsyncLifetime
{
    private RecordedHistory ended = null!, waiting = null!;

    private static async Task<string> Shop(TaskOrchestrationContext context)
    {
        var price = await context.CallActivityAsync<int>("Price", context.GetInput<string>());
        await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
        context.SendEvent("nobody", "seen", price);
        var child = await context.CallSubOrchestratorAsync<int>("Child", price);
        var answer = await context.WaitForExternalEvent<string>("answer");
        return $"{child} {answer}";
    }

    public async Task InitializeAsync()
    {
        var tasks = new DurableTaskRegistry().AddOrchestratorFunc<string>("Shop", Shop)
            .AddActivityFunc<string, int>("Price", (_, sku) => sku.Length).AddOrchestratorFunc<int, int>("Child", (_, price) => Task.FromResult(price * 2));
        await using var hub = LocalTaskHub.Start(tasks);
        var client = hub.Client;
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Shop", "apple");
        await client.WaitForInstanceStartAsync(id);
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(waiting = await RecordedHistory.ExportAsync(client, id)).ToJson().Contains("SubOrchestrationInstanceCompleted", StringComparison.Ordinal)) await Task.Delay(5, bound.Token);
        await client.RaiseEventAsync(id, "answer", "yes");
        await client.WaitForInstanceCompletionAsync(id, bound.Token);
        ended = await RecordedHistory.ExportAsync(client, id);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void The_same_code_ends_as_it_did()
    {
        var replayed = ended.Replay(Shop);
        Assert.Equal((OrchestrationRuntimeStatus.Completed, "\"10 yes\""), (replayed.RuntimeStatus, replayed.SerializedOutput));
    }

    [Fact]
    public void A_history_that_is_not_at_its_end_leaves_the_code_waiting() => Assert.Equal(OrchestrationRuntimeStatus.Running, waiting.Replay(Shop).RuntimeStatus);

    [Fact]
    public void A_history_survives_its_file()
    {
        var read = RecordedHistory.Parse(ended.ToJson());
        Assert.Equal(("Shop", ended.InstanceId, OrchestrationRuntimeStatus.Completed), (read.Orchestrator, read.InstanceId, read.RuntimeStatus));
        Assert.Equal("\"10 yes\"", read.Replay(Shop).SerializedOutput);
        Assert.Equal(ended.ToJson(), read.ToJson());
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"events":[]}""")]
    [InlineData("""{"events":[{"eventType":"Unheard","at":"2026-01-01T00:00:00Z"}]}""")]
    public void What_is_no_history_is_refused_by_name(string text) => Assert.Contains("here.json", Assert.Throws<FormatException>(() => RecordedHistory.Parse(text, "here.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_renamed_activity_is_named_with_what_was_recorded() => Breaks("Recorded: call #0, activity 'Price'. Made now: call #0, activity 'Cost'", async context =>
        await context.CallActivityAsync<int>("Cost", "apple"));

    [Fact]
    public void A_call_more_is_named() => Breaks("Recorded: call #1, timer", async context =>
    {
        await context.CallActivityAsync<int>("Price", "apple");
        await context.CallActivityAsync<int>("Price", "pear");
    });

    [Fact]
    public void A_call_beside_a_recorded_one_is_named() => Breaks("Recorded: no call at this place. Made now: call #1, activity 'Price'", async context =>
        await Task.WhenAll(context.CallActivityAsync<int>("Price", "apple"), context.CallActivityAsync<int>("Price", "pear")));

    [Fact]
    public void A_call_less_is_named() => Breaks("Made now: call #1, event 'seen' sent to instance 'nobody'", async context =>
    {
        var price = await context.CallActivityAsync<int>("Price", "apple");
        context.SendEvent("nobody", "seen", price);
        await context.CallSubOrchestratorAsync<int>("Child", price);
    });

    [Fact]
    public void Another_child_is_named() => Breaks("sub-orchestration 'Kid'", async context =>
    {
        var price = await context.CallActivityAsync<int>("Price", "apple");
        await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
        context.SendEvent("nobody", "seen", price);
        await context.CallSubOrchestratorAsync<int>("Kid", price);
    });

    [Fact]
    public void Code_that_ends_early_is_named() => Breaks("the code has ended", _ => Task.CompletedTask);

    [Fact]
    public void Code_that_ends_where_the_recorded_one_waited_is_named() => Breaks("Recorded: it goes on from here. Made now: the end of the code", async context =>
    {
        var price = await context.CallActivityAsync<int>("Price", "apple");
        await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
        context.SendEvent("nobody", "seen", price);
        await context.CallSubOrchestratorAsync<int>("Child", price);
    });

    [Fact]
    public void Code_that_waits_where_the_recorded_one_ended_is_named() => Breaks("Recorded: the end (Completed). Made now: the code still waits", async context =>
    {
        await Shop(context);
        await context.WaitForExternalEvent<string>("another");
    });

    private void Breaks(string expected, Func<TaskOrchestrationContext, Task> code)
    {
        var broken = Assert.Throws<NonDeterministicOrchestrationException>(() => ended.Replay(code));
        Assert.Contains("Orchestrator 'Shop'", broken.Message, StringComparison.Ordinal);
        Assert.Contains(expected, broken.Message, StringComparison.Ordinal);
    }
}
