using Microsoft.DurableTask.Client;

namespace Stockgate.Emulator.DurableTask.Storage;

/// <summary>Which call of which execution of which instance is waiting for this one.</summary>
internal sealed record ParentLink(long Key, int Generation, int TaskId);

/// <summary>An instance as it is stored. Times are UTC ticks.</summary>
/// <param name="Generation">Counts how often it has continued as new: what an earlier execution called is nobody's result any more.</param>
/// <param name="Completed">0 while it is not.</param>
/// <param name="Starts">Not before; 0 for at once.</param>
internal sealed record InstanceRow(
    long Key, string Id, string Name, string? Version, OrchestrationRuntimeStatus Status, int Generation, long Created, long Updated, long Completed, long Starts, ParentLink? Parent)
{
    /// <summary>The W3C trace context of whoever started it; its activities are part of that trace.</summary>
    public string? Trace { get; init; }

    public bool IsEnded => Ended(Status);

    public static bool Ended(OrchestrationRuntimeStatus status) => status is
        OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Canceled or OrchestrationRuntimeStatus.Terminated;
}
