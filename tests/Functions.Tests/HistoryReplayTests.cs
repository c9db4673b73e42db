using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Stockgate.Emulator.DurableTask;
using Stockgate.Emulator.DurableTask.Testing;
using Stockgate.Functions.Approvals;
using Stockgate.Functions.Forecasting;
using Stockgate.Functions.Ingest;
using Stockgate.Functions.Orders.Actions;
using Stockgate.Functions.Pricing;
using Stockgate.Functions.Promotions;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests;

/// <summary>
/// Orchestrations that ran once are replayed against the code of today. What fails here would fail every instance that is under way when the change is deployed:
/// leave the recorded calls as they are, or give the changed orchestrator a version or a name of its own.
/// </summary>
public class HistoryReplayTests
{
    // Orchestrators are static or made of nothing: all that they need comes from their context.
    private static readonly Dictionary<string, Func<TaskOrchestrationContext, Task>> Orchestrators = new()
    {
        [nameof(SweepQuarantine)] = SweepQuarantine.RunAsync,
        [nameof(RunPromotion)] = RunPromotion.RunAsync,
        [nameof(RunApproval)] = RunApproval.RunAsync,
        [nameof(RunOrderAction)] = RunOrderAction.RunAsync,
        [nameof(ForecastNight)] = ForecastNight.RunAsync,
        [nameof(RunPricing)] = RunPricing.RunAsync,
    };

    private static readonly string Folder = Path.Combine(SharedData.RepositoryRoot, "tests", "Functions.Tests", "Histories");

    public static TheoryData<string> Histories() => [.. Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order()];

    [Theory]
    [MemberData(nameof(Histories))]
    public void Todays_code_does_what_was_recorded(string file)
    {
        var history = RecordedHistory.Load(Path.Combine(Folder, file));
        Assert.Equal(history.RuntimeStatus, history.Replay(Orchestrators[history.Orchestrator]).RuntimeStatus);
    }

    [Fact]
    public void Every_orchestrator_has_a_recorded_history()
    {
        var names = typeof(SweepQuarantine).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters().Any(parameter => parameter.IsDefined(typeof(OrchestrationTriggerAttribute))))
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);
        Assert.All(names, name => Assert.True(
            Directory.Exists(Path.Combine(Folder, name)),
            $"{name} has no history. Run it, then: curl -H \"x-functions-key: $KEY\" http://127.0.0.1:7071/runtime/webhooks/durabletask/instances/ID/history > tests/Functions.Tests/Histories/{name}/what-happens.json"));
    }

    [Fact]
    public void A_change_that_breaks_running_instances_is_found_and_named()
    {
        var history = RecordedHistory.Load(Path.Combine(Folder, nameof(SweepQuarantine), "one-page.json"));
        var broken = Assert.Throws<NonDeterministicOrchestrationException>(() => history.Replay(async context =>
        {
            await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
            return await SweepQuarantine.RunAsync(context);
        }));
        Assert.Contains("activity 'SweepQuarantinePage'", broken.Message, StringComparison.Ordinal);
        Assert.Contains("Made now: call #0, timer", broken.Message, StringComparison.Ordinal);
    }
}
