using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

/// <summary>
/// What the app relies on in a durable task hub. Written against the public surface, so that the same suite can be pointed at another
/// backend: it starts a hub that is empty and whose clock the tests move.
/// </summary>
public abstract class DurableTaskCompliance
{
    protected const string Name = "Main";

    protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    protected static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A token that ends a wait which would never end.</summary>
    protected static CancellationToken Bound => new CancellationTokenSource(Patience).Token;

    protected abstract Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings = null);

    /// <summary>A registry with one orchestrator, <see cref="Name"/>.</summary>
    protected static DurableTaskRegistry Orchestrate<T>(Func<TaskOrchestrationContext, Task<T>> code) => new DurableTaskRegistry().AddOrchestratorFunc<object?, T>(Name, (context, _) => code(context));

    protected static DurableTaskRegistry Orchestrate(Func<TaskOrchestrationContext, Task> code) => new DurableTaskRegistry().AddOrchestratorFunc<object?>(Name, (context, _) => code(context));

    /// <summary>Runs <see cref="Name"/> on a hub of its own, to its end.</summary>
    protected async Task<OrchestrationMetadata> RunAsync(DurableTaskRegistry tasks, object? input = null, TestHubSettings? settings = null)
    {
        await using var hub = await StartAsync(tasks, settings);
        return await RunAsync(hub, input);
    }

    protected static async Task<OrchestrationMetadata> RunAsync(ITestHub hub, object? input = null) => await EndAsync(hub, await BeginAsync(hub, input));

    protected async Task<T?> OutputAsync<T>(DurableTaskRegistry tasks, object? input = null, TestHubSettings? settings = null) => Output<T>(await RunAsync(tasks, input, settings));

    protected async Task<TaskFailureDetails> FailureAsync(DurableTaskRegistry tasks, object? input = null, TestHubSettings? settings = null) => Failure(await RunAsync(tasks, input, settings));

    protected static Task<string> BeginAsync(ITestHub hub, object? input = null, string? id = null) =>
        hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, input, new StartOrchestrationOptions(id), Bound).WaitAsync(Bound);

    protected static Task<OrchestrationMetadata> EndAsync(ITestHub hub, string id) => hub.Client.WaitForInstanceCompletionAsync(id, true, Bound);

    protected static async Task<OrchestrationMetadata> GetAsync(ITestHub hub, string id) =>
        await hub.Client.GetInstanceAsync(id, true, Bound) ?? throw new InvalidOperationException($"There is no instance {id}.");

    protected static async Task<OrchestrationRuntimeStatus> StatusAsync(ITestHub hub, string id) => (await GetAsync(hub, id)).RuntimeStatus;

    protected static T? Output<T>(OrchestrationMetadata end)
    {
        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, end.ToString());
        return end.ReadOutputAs<T>();
    }

    protected static TaskFailureDetails Failure(OrchestrationMetadata end)
    {
        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Failed, end.ToString());
        Assert.NotNull(end.FailureDetails);
        return end.FailureDetails;
    }

    protected static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var bound = Bound; !await holds(); await Task.Delay(5, bound))
        {
        }
    }

    protected static void Same<T>(IEnumerable<T> expected, IEnumerable<T>? actual) => Assert.Equal(expected, actual);

    protected static void AssertContains(string text, params string[] parts) => Assert.All(parts, part => Assert.Contains(part, text));
}
