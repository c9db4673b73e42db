using System.Text.Json.Serialization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Stockgate.Emulator.DurableTask.History;

/// <summary>Something that happened to an orchestration. Names and meaning are those of the Durable Task Framework's history.</summary>
/// <param name="At">When it was recorded, in UTC.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "eventType")]
[JsonDerivedType(typeof(OrchestratorStarted), nameof(OrchestratorStarted))]
[JsonDerivedType(typeof(ExecutionStarted), nameof(ExecutionStarted))]
[JsonDerivedType(typeof(ExecutionSuspended), nameof(ExecutionSuspended))]
[JsonDerivedType(typeof(ExecutionResumed), nameof(ExecutionResumed))]
[JsonDerivedType(typeof(ExecutionTerminated), nameof(ExecutionTerminated))]
[JsonDerivedType(typeof(ExecutionCompleted), nameof(ExecutionCompleted))]
[JsonDerivedType(typeof(TaskScheduled), nameof(TaskScheduled))]
[JsonDerivedType(typeof(TaskCompleted), nameof(TaskCompleted))]
[JsonDerivedType(typeof(TaskFailed), nameof(TaskFailed))]
[JsonDerivedType(typeof(SubOrchestrationInstanceCreated), nameof(SubOrchestrationInstanceCreated))]
[JsonDerivedType(typeof(SubOrchestrationInstanceCompleted), nameof(SubOrchestrationInstanceCompleted))]
[JsonDerivedType(typeof(SubOrchestrationInstanceFailed), nameof(SubOrchestrationInstanceFailed))]
[JsonDerivedType(typeof(TimerCreated), nameof(TimerCreated))]
[JsonDerivedType(typeof(TimerFired), nameof(TimerFired))]
[JsonDerivedType(typeof(EventRaised), nameof(EventRaised))]
[JsonDerivedType(typeof(EventSent), nameof(EventSent))]
internal abstract record HistoryEvent(DateTime At);

/// <summary>A turn begins; its time is what <c>CurrentUtcDateTime</c> says until the next one.</summary>
internal sealed record OrchestratorStarted(DateTime At) : HistoryEvent(At);

/// <summary>The first event of an execution.</summary>
/// <param name="Input">Filled in when a history is exported; the hub keeps inputs apart from the history.</param>
internal sealed record ExecutionStarted(DateTime At, string InstanceId, string Name, string? Version, int Generation, string? ParentName, string? ParentInstanceId, string? Input) : HistoryEvent(At);

/// <summary>What arrives from here on waits for <see cref="ExecutionResumed"/>.</summary>
internal sealed record ExecutionSuspended(DateTime At, string? Reason) : HistoryEvent(At);

/// <summary>What arrived since <see cref="ExecutionSuspended"/> takes effect.</summary>
internal sealed record ExecutionResumed(DateTime At, string? Reason) : HistoryEvent(At);

/// <summary>Somebody ended it.</summary>
internal sealed record ExecutionTerminated(DateTime At, string? Output) : HistoryEvent(At);

/// <summary>The last event.</summary>
internal sealed record ExecutionCompleted(DateTime At, OrchestrationRuntimeStatus Status, string? Result, TaskFailureDetails? FailureDetails) : HistoryEvent(At);

/// <summary>A call that the code made. Replaying the code must make it again, at the same place.</summary>
/// <param name="Id">Counts the calls of one execution from 0.</param>
internal abstract record MadeCall(DateTime At, int Id) : HistoryEvent(At);

/// <summary>An activity was called.</summary>
internal sealed record TaskScheduled(DateTime At, int Id, string Name, string? Version, string? Input) : MadeCall(At, Id);

/// <summary>A child orchestration was called.</summary>
internal sealed record SubOrchestrationInstanceCreated(DateTime At, int Id, string Name, string? Version, string InstanceId, string? Input) : MadeCall(At, Id);

/// <summary>A durable timer was set.</summary>
internal sealed record TimerCreated(DateTime At, int Id, DateTime FireAt) : MadeCall(At, Id);

/// <summary>An event was sent to another instance.</summary>
internal sealed record EventSent(DateTime At, int Id, string InstanceId, string Name, string? Input) : MadeCall(At, Id);

/// <summary>The result of a call.</summary>
/// <param name="TaskId">The call's <see cref="MadeCall.Id"/>.</param>
internal abstract record CallEnded(DateTime At, int TaskId) : HistoryEvent(At);

/// <summary>An activity returned.</summary>
internal sealed record TaskCompleted(DateTime At, int TaskId, string? Result) : CallEnded(At, TaskId);

/// <summary>An activity threw.</summary>
internal sealed record TaskFailed(DateTime At, int TaskId, TaskFailureDetails FailureDetails) : CallEnded(At, TaskId);

/// <summary>A child orchestration returned.</summary>
internal sealed record SubOrchestrationInstanceCompleted(DateTime At, int TaskId, string? Result) : CallEnded(At, TaskId);

/// <summary>A child orchestration failed, was terminated or could not be started.</summary>
internal sealed record SubOrchestrationInstanceFailed(DateTime At, int TaskId, TaskFailureDetails FailureDetails) : CallEnded(At, TaskId);

/// <summary>A timer's time has come.</summary>
internal sealed record TimerFired(DateTime At, int TaskId, DateTime FireAt) : CallEnded(At, TaskId);

/// <summary>An external event arrived.</summary>
internal sealed record EventRaised(DateTime At, string Name, string? Input) : HistoryEvent(At);
