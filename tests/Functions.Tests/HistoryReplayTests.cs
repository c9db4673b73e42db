using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Worker.Grpc;
using Stockgate.Functions.Approvals;
using Stockgate.Functions.Forecasting;
using Stockgate.Functions.Ingest;
using Stockgate.Functions.Orders.Actions;
using Stockgate.Functions.Pricing;
using Stockgate.Functions.Promotions;
using Stockgate.Platform.Ingest.Files;
using Stockgate.Platform.Orders.Actions;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests;

/// <summary>
/// Orchestrations that ran once are replayed against the code of today. What fails here would fail every instance that is under way when
/// the change is deployed: leave the recorded calls as they are, or give the changed orchestrator a version or a name of its own.
/// </summary>
public class HistoryReplayTests
{
    // Orchestrators are static or made of nothing: all that they need comes from their context.
    private static readonly Dictionary<string, ITaskOrchestrator> Orchestrators = new()
    {
        [nameof(SweepQuarantine)] = new Replayed(typeof(SweepInput), SweepQuarantine.RunAsync),
        [nameof(RunReplay)] = new Replayed(typeof(ReplayInput), RunReplay.RunAsync),
        [nameof(WorkFile)] = new Replayed(typeof(FileKey), WorkFile.RunAsync),
        [nameof(RunPromotion)] = new Replayed(typeof(string), RunPromotion.RunAsync),
        [nameof(RunApproval)] = new Replayed(typeof(string), RunApproval.RunAsync),
        [nameof(RunOrderAction)] = new Replayed(typeof(OrderActionKey), RunOrderAction.RunAsync),
        [nameof(ForecastNight)] = new Replayed(typeof(string), ForecastNight.RunAsync),
        [nameof(RunPricing)] = new Replayed(typeof(string), RunPricing.RunAsync),
    };

    private static readonly string Folder = Path.Combine(SharedData.RepositoryRoot, "tests", "Functions.Tests", "Histories");

    public static TheoryData<string> Histories() =>
        [
            .. Directory
                .EnumerateFiles(Folder, "*.txt", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Folder, file))
                .Order(),
        ];

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task Todays_code_does_what_was_recorded(string file) =>
        Assert.Equal("", await FailureOfAsync(file, Orchestrators[Path.GetDirectoryName(file)!]) ?? "");

    [Fact]
    public void Every_orchestrator_has_a_recorded_history()
    {
        var names = typeof(SweepQuarantine)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters().Any(parameter => parameter.IsDefined(typeof(OrchestrationTriggerAttribute))))
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);
        Assert.All(
            names,
            name =>
                Assert.True(
                    Directory.Exists(Path.Combine(Folder, name)),
                    $"{name} has no history. docs/developer.md, \"Recorded histories\", says how to record one."
                )
        );
    }

    [Fact]
    public async Task A_change_that_breaks_running_instances_is_found_and_named()
    {
        var failure = await FailureOfAsync(
            Path.Combine(nameof(SweepQuarantine), "in-the-middle.txt"),
            new Replayed(
                typeof(SweepInput),
                static async context =>
                {
                    await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
                    await SweepQuarantine.RunAsync(context);
                }
            )
        );
        Assert.Contains(nameof(SweepQuarantine.SweepQuarantinePage), failure, StringComparison.Ordinal);
    }

    /// <summary>An activity is about ten storage transactions: that is what an orchestration costs.</summary>
    [Theory]
    [InlineData("RunOrderAction/asked-approved-and-confirmed.txt", "RunApproval/mailed-and-approved.txt", 12)]
    [InlineData("RunPricing/prices.txt", null, 3)]
    [InlineData("ForecastNight/published.txt", null, 4)]
    public async Task It_takes_few_activities(string file, string? question, int atMost) =>
        Assert.InRange(await ActivitiesOfAsync(file) + (question is null ? 0 : await ActivitiesOfAsync(question)), 1, atMost);

    private static async Task<int> ActivitiesOfAsync(string file)
    {
        var recorded = Convert.FromBase64String((await File.ReadAllTextAsync(Path.Combine(Folder, file))).Trim());
        var request = OrchestratorRequest.Parser.ParseFrom(recorded);
        return request.PastEvents.Concat(request.NewEvents).Count(static e => e.TaskScheduled is not null)
            // What the last turn schedules is in no history yet.
            + OrchestratorResponse
                .Parser.ParseFrom(
                    Convert.FromBase64String(
                        GrpcOrchestrationRunner.LoadAndRun(Convert.ToBase64String(recorded), Orchestrators[Path.GetDirectoryName(file)!])
                    )
                )
                .Actions.Count(static a => a.ScheduleTask is not null);
    }

    /// <summary>What the replay of a trigger as the host sent it comes to: null, or the call that does not fit.</summary>
    private static async Task<string?> FailureOfAsync(string file, ITaskOrchestrator orchestrator)
    {
        var recorded = await File.ReadAllTextAsync(Path.Combine(Folder, file));
        var answered = GrpcOrchestrationRunner.LoadAndRun(recorded.Trim(), orchestrator);
        var done = OrchestratorResponse
            .Parser.ParseFrom(Convert.FromBase64String(answered))
            .Actions.Select(static a => a.CompleteOrchestration)
            .FirstOrDefault(static c => c is not null);
        return done?.OrchestrationStatus == OrchestrationStatus.Failed ? done.FailureDetails.ErrorMessage : null;
    }

    private sealed class Replayed(Type input, Func<TaskOrchestrationContext, Task> run) : ITaskOrchestrator
    {
        public Type InputType => input;

        public Type OutputType => typeof(object);

        public async Task<object?> RunAsync(TaskOrchestrationContext context, object? given)
        {
            await run(context);
            return null;
        }
    }
}
