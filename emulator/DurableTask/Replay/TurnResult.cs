using Microsoft.DurableTask;
using Stockgate.Emulator.DurableTask.History;

namespace Stockgate.Emulator.DurableTask.Replay;

/// <summary>What an orchestrator's code did in one turn.</summary>
/// <param name="Made">Its calls, in order.</param>
/// <param name="CalledOff">Timers that are not waited for any more.</param>
/// <param name="Status">The custom status, where it was set.</param>
/// <param name="Suspended">Whether it is suspended now.</param>
/// <param name="Ending">How it ended; null while it goes on.</param>
internal sealed record TurnResult(IReadOnlyList<MadeCall> Made, IReadOnlyList<TimerCreated> CalledOff, CustomStatus? Status, bool Suspended, Ending? Ending);

/// <summary>How an execution ended.</summary>
internal abstract record Ending;

/// <summary>The code returned.</summary>
internal sealed record Returned(string? Output) : Ending;

/// <summary>The code threw, or could not be run.</summary>
internal sealed record Threw(TaskFailureDetails Failure) : Ending;

/// <summary>The code asked for a new execution, with the events that nobody took and the suspension it is under.</summary>
internal sealed record Continued(string? Input, string? Version, IReadOnlyList<HistoryEvent> Events) : Ending;
