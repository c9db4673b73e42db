using Stockgate.Emulator.DurableTask.History;

namespace Stockgate.Emulator.DurableTask;

/// <summary>The code of an orchestrator does not do what its recorded history says it did.</summary>
/// <param name="message">Names the call: what was recorded, what the code makes now.</param>
public sealed class NonDeterministicOrchestrationException(string message) : Exception(message)
{
    internal const string Advice =
        "An orchestrator must make the same calls in the same order on every replay: keep time, chance and I/O in activities, and give changed code a version of its own.";

    /// <summary>The name that the real framework gives to this failure.</summary>
    internal const string ErrorType = "DurableTask.Core.Exceptions.NonDeterministicOrchestrationException";

    internal static NonDeterministicOrchestrationException Differs(string orchestrator, HistoryEvent recorded, HistoryEvent? made, string otherwise) =>
        new($"Orchestrator '{orchestrator}' is not deterministic. Recorded: {Describe(recorded)}. Made now: {(made is null ? otherwise : Describe(made))}. {Advice}");

    internal static NonDeterministicOrchestrationException Added(string orchestrator, HistoryEvent made) =>
        new($"Orchestrator '{orchestrator}' is not deterministic. Recorded: no call at this place. Made now: {Describe(made)}. {Advice}");

    internal static NonDeterministicOrchestrationException Ended(string orchestrator) =>
        new($"Orchestrator '{orchestrator}' is not deterministic. Recorded: it goes on from here. Made now: the end of the code. {Advice}");

    internal static string Describe(HistoryEvent e) => e switch
    {
        TaskScheduled call => $"call #{call.Id}, activity '{call.Name}'",
        SubOrchestrationInstanceCreated call => $"call #{call.Id}, sub-orchestration '{call.Name}'",
        TimerCreated call => $"call #{call.Id}, timer for {call.FireAt:O}",
        EventSent call => $"call #{call.Id}, event '{call.Name}' sent to instance '{call.InstanceId}'",
        ExecutionCompleted { Status: var status } => $"the end ({status})",
        _ => e.GetType().Name,
    };
}
