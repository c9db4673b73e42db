using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Stockgate.Emulator.DurableTask.Client;
using Stockgate.Emulator.DurableTask.History;
using Stockgate.Emulator.DurableTask.Replay;

namespace Stockgate.Emulator.DurableTask.Testing;

/// <summary>
/// The history of an orchestration that ran once, to be replayed against the code of today. Keep the file beside the tests: a change of the
/// orchestrator that would break instances which are under way then fails in the build, and says at which call.
/// </summary>
public sealed class RecordedHistory
{
    private readonly HistoryEvent[] events;
    private readonly ExecutionStarted started;

    private RecordedHistory(HistoryEvent[] events, OrchestrationRuntimeStatus status, string source)
    {
        this.events = events;
        started = events.OfType<ExecutionStarted>().FirstOrDefault() ?? throw new FormatException($"{source} has no ExecutionStarted event: it is not the history of an orchestration that has started.");
        RuntimeStatus = status;
    }

    /// <summary>The name of the orchestrator.</summary>
    public string Orchestrator => started.Name;

    /// <summary>The id of the instance.</summary>
    public string InstanceId => started.InstanceId;

    /// <summary>Where the instance stood when it was exported.</summary>
    public OrchestrationRuntimeStatus RuntimeStatus { get; }

    /// <summary>Reads a file as <c>GET /runtime/webhooks/durabletask/instances/{id}/history</c> writes it.</summary>
    /// <exception cref="FormatException">The file is something else.</exception>
    public static RecordedHistory Load(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>As <see cref="Load"/>, from the text.</summary>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static RecordedHistory Parse(string json, string source = "The text")
    {
        try
        {
            var document = JsonSerializer.Deserialize(json, HistoryJson.Readable.HistoryDocument) ?? throw new JsonException("it is null");
            return new RecordedHistory(document.Events ?? throw new JsonException("it has no events"), document.RuntimeStatus, source);
        }
        catch (Exception unfit) when (unfit is JsonException or NotSupportedException)
        {
            throw new FormatException($"{source} is not a recorded history: {unfit.Message}", unfit);
        }
    }

    /// <summary>Takes the history of an instance of this process's hub.</summary>
    /// <exception cref="ArgumentException">There is no such instance, or the client is not this runtime's.</exception>
    /// <exception cref="InvalidOperationException">It has not begun.</exception>
    public static async Task<RecordedHistory> ExportAsync(DurableTaskClient client, string instanceId, CancellationToken cancellation = default)
    {
        if (client is not HubClient local) throw new ArgumentException("Histories are exported from the task hub on this machine, which this client is not of.", nameof(client));
        var (state, events) = await local.ReadHistoryAsync(instanceId, cancellation) ?? throw new ArgumentException($"There is no orchestration instance '{instanceId}'.", nameof(instanceId));
        if (events.Count == 0) throw new InvalidOperationException($"Orchestration instance '{instanceId}' has not begun, or has just continued as new: there is no history yet.");
        return new RecordedHistory([.. events], state.Row.Status, $"Instance '{instanceId}'");
    }

    /// <summary>The text of the file.</summary>
    public string ToJson() => JsonSerializer.Serialize(new HistoryDocument(Orchestrator, InstanceId, RuntimeStatus, events), HistoryJson.Readable.HistoryDocument);

    /// <summary>Runs the orchestrator through all that was recorded. Activities don't run: their results are in the history.</summary>
    /// <param name="orchestrator">Calls the code: <c>context => new LaunchPromotion().RunAsync(context)</c>.</param>
    /// <param name="converter">What the history's texts were written with; JSON by default.</param>
    /// <returns>Where the code stands after it.</returns>
    /// <exception cref="NonDeterministicOrchestrationException">The code makes other calls than were recorded; the message names the first.</exception>
    public ReplayedOrchestration Replay<TOutput>(Func<TaskOrchestrationContext, Task<TOutput>> orchestrator, DataConverter? converter = null) =>
        ReplayCode(async context => Payloads.Write(converter ?? JsonDataConverter.Default, await orchestrator(context), $"The output of orchestrator '{Orchestrator}'"), converter);

    /// <inheritdoc cref="Replay{TOutput}" />
    public ReplayedOrchestration Replay(Func<TaskOrchestrationContext, Task> orchestrator, DataConverter? converter = null) =>
        ReplayCode(async context => { await orchestrator(context); return null; }, converter);

    private ReplayedOrchestration ReplayCode(OrchestratorCode code, DataConverter? converter)
    {
        var run = new OrchestrationRun(started, code, converter ?? JsonDataConverter.Default, NullLoggerFactory.Instance);
        run.Replay(events);
        return run.Go([]).Ending switch
        {
            Returned returned => new ReplayedOrchestration(OrchestrationRuntimeStatus.Completed, returned.Output, null),
            Threw threw => new ReplayedOrchestration(OrchestrationRuntimeStatus.Failed, null, threw.Failure),
            Continued next => new ReplayedOrchestration(OrchestrationRuntimeStatus.ContinuedAsNew, next.Input, null),
            _ => new ReplayedOrchestration(OrchestrationRuntimeStatus.Running, null, null),
        };
    }
}

/// <summary>Where the code of today stands after a recorded history.</summary>
/// <param name="RuntimeStatus">Running where it still waits for something.</param>
/// <param name="SerializedOutput">What it returned, or what it continues as new with.</param>
/// <param name="FailureDetails">What it threw.</param>
public sealed record ReplayedOrchestration(OrchestrationRuntimeStatus RuntimeStatus, string? SerializedOutput, TaskFailureDetails? FailureDetails);
