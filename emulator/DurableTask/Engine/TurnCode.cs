using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stockgate.Emulator.DurableTask.Engine.Operations;
using Stockgate.Emulator.DurableTask.History;
using Stockgate.Emulator.DurableTask.Replay;

namespace Stockgate.Emulator.DurableTask.Engine;

/// <summary>Runs the code of orchestrators, one turn at a time.</summary>
internal sealed class TurnCode(HubOptions options, DurableTaskRegistry tasks, IServiceProvider services, ILoggerFactory logs, TimeProvider time)
{
    private readonly ILogger logger = logs.CreateLogger("DurableTask.Orchestrations");

    /// <summary>Runs a turn; all that it did is in the operation that commits it.</summary>
    public EndTurnOperation Run(Turn turn, TaskHub hub)
    {
        var begun = new OrchestratorStarted(time.GetUtcNow().UtcDateTime);
        var loaded = turn.Run;
        TurnResult result;
        try
        {
            loaded ??= Load(turn, hub);
            result = loaded.Run.Go(turn.Messages.Select(m => m.Event).Prepend(begun));
        }
        catch (NonDeterministicOrchestrationException differs)
        {
            result = Failed(new TaskFailureDetails(NonDeterministicOrchestrationException.ErrorType, differs.Message, null!, null!, null!));
        }
        catch (UnknownFunctionException unknown)
        {
            result = Failed(new TaskFailureDetails(Retry.UnknownOrchestrator, unknown.Message, null!, null!, null!));
        }
        catch (Exception thrown)
        {
            result = Failed(TaskFailureDetails.FromException(thrown));
        }
        if (result.Ending is Threw { Failure: var failure })
            logger.LogError("Orchestration {InstanceId} of {Orchestrator} failed: {ErrorType}: {Message}", turn.Row.Id, turn.Row.Name, failure.ErrorType, failure.ErrorMessage);
        return new EndTurnOperation(turn, loaded, result, Written(begun, turn, result));
    }

    private LoadedRun Load(Turn turn, TaskHub hub)
    {
        var history = turn.History.SelectMany(t => HistoryJson.ReadTurn(t));
        var first = turn.History.Count > 0 ? HistoryJson.ReadTurn(turn.History[0]) : turn.Messages.Select(m => m.Event);
        var started = first.OfType<ExecutionStarted>().First() with { Input = turn.Input };
        var make = tasks.TryFindOrchestrator(turn.Row.Name, turn.Row.Version, out var found)
            ? found
            : throw UnknownFunctionException.Orchestrator(turn.Row.Name, turn.Row.Version, tasks.OrchestratorNames);
        var scope = services.CreateAsyncScope();
        var run = new OrchestrationRun(
            started, context => CallAsync(make(scope.ServiceProvider), context, started), options.Converter, logs,
            () => _ = hub.Writer.Run(new StrayedOperation(turn.Row.Key, turn.Row.Generation, OrchestrationRun.StrayedFailure(started.Name))));
        var loaded = new LoadedRun(run, scope);
        try
        {
            run.Replay(history);
            return loaded;
        }
        catch
        {
            loaded.Drop();
            throw;
        }
    }

    private async Task<string?> CallAsync(ITaskOrchestrator orchestrator, TaskOrchestrationContext context, ExecutionStarted started)
    {
        var input = orchestrator is IReadsOwnInput ? null : Payloads.Read(options.Converter, started.Input, orchestrator.InputType, $"The input of orchestrator '{started.Name}'");
        // Stays on the turn's context: everything here is part of the replay.
        var output = await orchestrator.RunAsync(context, input!);
        return Payloads.Write(options.Converter, output, $"The output of orchestrator '{started.Name}'");
    }

    private static TurnResult Failed(TaskFailureDetails failure) => new([], [], null, false, new Threw(failure));

    private static byte[] Written(OrchestratorStarted begun, Turn turn, TurnResult result)
    {
        // The next execution begins without a history.
        if (result.Ending is Continued) return [];
        HistoryEvent[] made = result.Ending switch
        {
            Returned returned => [.. result.Made, new ExecutionCompleted(begun.At, OrchestrationRuntimeStatus.Completed, returned.Output, null)],
            Threw threw => [.. result.Made, new ExecutionCompleted(begun.At, OrchestrationRuntimeStatus.Failed, null, threw.Failure)],
            _ => [.. result.Made],
        };
        return HistoryJson.WriteTurn(begun, [.. turn.Messages.Select(m => (ReadOnlyMemory<byte>)m.Json)], made);
    }
}
