using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

/// <summary>Orchestrations that call orchestrations.</summary>
public abstract class SubOrchestrationCompliance : DurableTaskCompliance
{
    [Fact]
    public async Task A_result_comes_back() =>
        Assert.Equal(42, await OutputAsync<int>(Orchestrate(c => c.CallSubOrchestratorAsync<int>("double", 21)).AddOrchestratorFunc<int, int>("Double", (_, n) => Task.FromResult(n * 2))));

    [Fact]
    public async Task A_failure_arrives_with_its_details()
    {
        var seen = await OutputAsync<string[]>(Orchestrate(async c =>
        {
            try
            {
                await c.CallSubOrchestratorAsync("Child");
                return ["nothing thrown"];
            }
            catch (TaskFailedException e)
            {
                return new[] { e.TaskName, e.FailureDetails.ErrorType, e.FailureDetails.ErrorMessage, e.FailureDetails.InnerFailure?.ErrorMessage ?? "-" };
            }
        }).AddOrchestratorFunc("Child", Throw));
        Same(["Child", typeof(InvalidDataException).FullName!, "row 7", "the cause"], seen);

        static Task Throw(TaskOrchestrationContext _) => throw new InvalidDataException("row 7", new IOException("the cause"));
    }

    [Fact]
    public async Task A_failing_activity_of_a_grandchild_can_be_traced_to_its_cause()
    {
        var failure = await FailureAsync(Orchestrate(c => c.CallSubOrchestratorAsync("Child"))
            .AddOrchestratorFunc("Child", (TaskOrchestrationContext c) => c.CallSubOrchestratorAsync("Grandchild"))
            .AddOrchestratorFunc("Grandchild", (TaskOrchestrationContext c) => c.CallActivityAsync("Pay"))
            .AddActivityFunc("Pay", _ => throw new IOException("no line to the bank")));
        var types = new List<string>();
        for (var f = failure; f is not null; f = f.InnerFailure) types.Add(f.ErrorType);
        Same([typeof(TaskFailedException).FullName!, typeof(TaskFailedException).FullName!, typeof(TaskFailedException).FullName!, typeof(IOException).FullName!], types);
    }

    [Fact]
    public async Task A_child_has_the_id_that_was_asked_for_and_knows_its_parent()
    {
        await using var hub = await StartAsync(Orchestrate(c => c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child-1")))
            .AddOrchestratorFunc<object?, string>("Child", (c, _) => Task.FromResult($"{c.InstanceId} of {c.Parent?.Name.Name} {c.Parent?.InstanceId}")));
        var end = await RunAsync(hub);
        Assert.Equal($"child-1 of {Name} {end.InstanceId}", Output<string>(end));
        Assert.Equal("Child", (await GetAsync(hub, "child-1")).Name);
    }

    [Fact]
    public async Task One_that_a_client_started_has_no_parent() => Assert.True(await OutputAsync<bool>(Orchestrate(c => Task.FromResult(c.Parent is null))));

    [Fact]
    public async Task Ids_that_are_made_up_are_unique_and_fit_for_ids()
    {
        var ids = await OutputAsync<string[]>(Orchestrate(c => Task.WhenAll(Enumerable.Range(0, 100).Select(_ => c.CallSubOrchestratorAsync<string>("Child"))))
            .AddOrchestratorFunc<object?, string>("Child", (c, _) => Task.FromResult(c.InstanceId)));
        Assert.Equal(100, ids!.Distinct().Count());
        Assert.All(ids!, id => Assert.InRange(id.Length, 1, 100));
    }

    [Fact]
    public async Task An_id_that_is_running_fails_the_call_and_leaves_that_one_alone()
    {
        var tasks = Orchestrate(c => c.CallSubOrchestratorAsync("Child", null, new SubOrchestrationOptions(instanceId: "taken")))
            .AddOrchestratorFunc("Child", (TaskOrchestrationContext c) => c.WaitForExternalEvent<string>("go"));
        await using var hub = await StartAsync(tasks);
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Child", new StartOrchestrationOptions("taken"), Bound);
        await hub.SettleAsync();
        AssertContains(Failure(await RunAsync(hub)).ErrorMessage, "'taken'", "Child");
        Assert.Equal(OrchestrationRuntimeStatus.Running, await StatusAsync(hub, "taken"));
    }

    [Fact]
    public async Task An_id_that_has_ended_is_taken_again() =>
        Same([1, 2], await OutputAsync<int[]>(Orchestrate(async c => new[]
        {
            await c.CallSubOrchestratorAsync<int>("Child", 1, new SubOrchestrationOptions(instanceId: "again")),
            await c.CallSubOrchestratorAsync<int>("Child", 2, new SubOrchestrationOptions(instanceId: "again")),
        }).AddOrchestratorFunc<int, int>("Child", (_, n) => Task.FromResult(n))));

    [Fact]
    public async Task A_failing_child_is_tried_again_as_the_policy_says()
    {
        var failures = 2;
        var tasks = Orchestrate(c => c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(new RetryPolicy(3, Minute))))
            .AddOrchestratorFunc<object?, string>("Child", (c, _) => c.CallActivityAsync<string>("Try"))
            .AddActivityFunc("Try", _ => Interlocked.Decrement(ref failures) >= 0 ? throw new IOException("not yet") : "at last");
        await using var hub = await StartAsync(tasks);
        var id = await BeginAsync(hub);
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await hub.SettleAsync();
            Assert.Equal(OrchestrationRuntimeStatus.Running, await StatusAsync(hub, id));
            await hub.AdvanceAsync(Minute);
        }
        Assert.Equal("at last", Output<string>(await EndAsync(hub, id)));
    }

    [Fact]
    public async Task A_tree_thirty_deep_gives_its_result_to_the_top() =>
        Assert.Equal(30, await OutputAsync<int>(Orchestrate(c => c.CallSubOrchestratorAsync<int>("Level", 30))
            .AddOrchestratorFunc<int, int>("Level", async (c, left) => left == 0 ? 0 : 1 + await c.CallSubOrchestratorAsync<int>("Level", left - 1))));

    [Fact]
    public async Task A_tree_of_fifty_with_three_each_gives_its_results_to_the_top()
    {
        var tasks = Orchestrate(async c => (await Task.WhenAll(Enumerable.Range(0, 50).Select(i => c.CallSubOrchestratorAsync<int>("Branch", i)))).Sum())
            .AddOrchestratorFunc<int, int>("Branch", async (c, i) => (await Task.WhenAll(Enumerable.Range(0, 3).Select(j => c.CallSubOrchestratorAsync<int>("Leaf", i * 3 + j)))).Sum())
            .AddOrchestratorFunc<int, int>("Leaf", (c, n) => c.CallActivityAsync<int>("Weigh", n))
            .AddActivityFunc<int, int>("Weigh", (_, n) => n);
        Assert.Equal(150 * 149 / 2, await OutputAsync<int>(tasks));
    }

    [Fact]
    public async Task An_unknown_orchestrator_is_named_with_those_there_are() =>
        AssertContains((await FailureAsync(Orchestrate(c => c.CallSubOrchestratorAsync("Chlid")).AddOrchestratorFunc("Child", (TaskOrchestrationContext _) => Task.CompletedTask))).ErrorMessage, "'Chlid'", "Child");

    [Fact]
    public async Task The_version_that_is_asked_for_runs() =>
        Same(["v2", "plain"], await OutputAsync<string[]>(Orchestrate(async c => new[]
        {
            await c.CallSubOrchestratorAsync<string>("Child", new SubOrchestrationOptions { Version = "2" }),
            await c.CallSubOrchestratorAsync<string>("Child"),
        }).AddOrchestratorFunc<object?, string>("Child", (_, _) => Task.FromResult("plain")).AddOrchestratorFunc<object?, string>("Child", "2", (c, _) => Task.FromResult("v" + c.Version))));

    [Fact]
    public async Task A_child_that_is_terminated_fails_the_call()
    {
        var tasks = Orchestrate(c => c.CallSubOrchestratorAsync("Child", null, new SubOrchestrationOptions(instanceId: "child")))
            .AddOrchestratorFunc("Child", (TaskOrchestrationContext c) => c.WaitForExternalEvent<string>("go"));
        await using var hub = await StartAsync(tasks);
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await hub.Client.TerminateInstanceAsync("child", (object?)"enough", Bound);
        AssertContains(Failure(await EndAsync(hub, id)).ErrorMessage, "Child", "erminated");
    }
}
