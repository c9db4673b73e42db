using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Stockgate.Emulator.DurableTask.History;
using Stockgate.Emulator.DurableTask.Replay;
using Stockgate.Emulator.DurableTask.Storage;

namespace Stockgate.Emulator.DurableTask.Engine;

/// <summary>What is asked of a new instance.</summary>
/// <param name="Starts">Not before, in UTC ticks; 0 for at once.</param>
internal sealed record NewInstance(string Id, string Name, string? Version, string? Input)
{
    public string? Tags { get; init; }

    public long Starts { get; init; }

    public ParentLink? Parent { get; init; }

    public string? Trace { get; init; }
}

/// <summary>How instances begin, get messages and end. Runs on the writer's thread, inside its transaction.</summary>
internal sealed class Lifecycle(TaskHub hub)
{
    private DateTime Now => new(hub.Now, DateTimeKind.Utc);

    /// <summary>Makes an instance. Whoever had the id before must be gone.</summary>
    public void Create(NewInstance wanted, InstanceRow? parent = null)
    {
        var row = new InstanceRow(
            hub.Instances.NewKey(), wanted.Id, wanted.Name, wanted.Version, OrchestrationRuntimeStatus.Pending, 0, hub.Now, hub.Now, 0, wanted.Starts, wanted.Parent) { Trace = wanted.Trace };
        hub.Instances.Insert(row);
        hub.Payloads.SetFirst(row.Key, PayloadKind.Input, wanted.Input);
        hub.Payloads.SetFirst(row.Key, PayloadKind.Tags, wanted.Tags);
        if (row.Starts > hub.Now) hub.Clock.Add(new DueTimer(row.Starts, row.Key, 0, TimerTable.Start));
        Deliver(hub.Live.Add(row), Started(row, parent));
    }

    /// <summary>Gives an instance a message; its next turn takes it.</summary>
    public void Deliver(LiveInstance live, HistoryEvent message) => Deliver(live, message, HistoryJson.Write(message));

    /// <inheritdoc cref="Deliver(LiveInstance, HistoryEvent)" />
    public void Deliver(LiveInstance live, HistoryEvent message, byte[] json)
    {
        hub.Inbox.Insert(live.Row.Key, live.Add(json, message), json);
        hub.Turns.Enqueue(live);
    }

    /// <summary>As <see cref="Deliver(LiveInstance, HistoryEvent)"/>, for the outcome of a call. One that an earlier execution made, or one that has ended, is dropped.</summary>
    public void DeliverOutcome(long key, int generation, HistoryEvent outcome, byte[]? json = null)
    {
        if (hub.Live.Find(key) is { } live && live.Row.Generation == generation) Deliver(live, outcome, json ?? HistoryJson.Write(outcome));
    }

    /// <summary>Ends an instance: nothing is left of what it waited for, and its parent hears of it.</summary>
    public void End(LiveInstance live, OrchestrationRuntimeStatus status, string? output, TaskFailureDetails? failure)
    {
        var row = live.Row = live.Row with { Status = status, Updated = hub.Now, Completed = hub.Now };
        hub.Instances.Update(row);
        hub.Payloads.SetFirst(row.Key, PayloadKind.Output, output);
        if (failure is not null) hub.Payloads.Set(row.Key, PayloadKind.Failure, HistoryJson.Write(failure));
        // Those that a running turn was given are still there.
        if (live.HasMessages || live.Busy) hub.Inbox.Delete(row.Key);
        hub.Live.Remove(live);
        hub.Watchers.Check(row);
        if (row.Parent is { } parent) DeliverOutcome(parent.Key, parent.Generation, Outcome(row, parent.TaskId, output, failure));
    }

    /// <summary>Ends an instance from outside of its code.</summary>
    /// <param name="recursive">Its children too, and theirs.</param>
    public void Terminate(LiveInstance live, string? output, bool recursive)
    {
        var ended = new List<LiveInstance> { live };
        for (var i = 0; i < ended.Count; i++)
        {
            if (recursive) ended.AddRange(hub.Instances.ChildrenOf(ended[i].Row.Key).Select(child => hub.Live.Find(child.Key)).OfType<LiveInstance>());
        }
        foreach (var one in ended)
        {
            hub.Histories.Append(one.Row.Key, HistoryJson.WriteTurn(
                new OrchestratorStarted(Now), [], [new ExecutionTerminated(Now, output), new ExecutionCompleted(Now, OrchestrationRuntimeStatus.Terminated, output, null)]));
            End(one, OrchestrationRuntimeStatus.Terminated, output, null);
        }
    }

    /// <summary>Begins the next execution of an instance, with the events that the last one did not take before all others.</summary>
    /// <param name="given">The messages of the turn that ended the last one.</param>
    public void ContinueAsNew(LiveInstance live, Continued next, IReadOnlyList<InboxMessage> given)
    {
        var untaken = Untaken(next, given);
        if (untaken.Count == 0) hub.Inbox.DeleteBefore(live.Row.Key, live.Head);
        else foreach (var message in given.ExceptBy(untaken.Select(m => m.Number), m => m.Number)) hub.Inbox.Delete(live.Row.Key, message.Number);
        live.PutBack(untaken);
        var parent = live.Row.Parent is { } link ? hub.Instances.Find(link.Key) : null;
        live.Row = live.Row with { Generation = live.Row.Generation + 1, Version = next.Version, Status = OrchestrationRuntimeStatus.Running, Updated = hub.Now };
        hub.Instances.Update(live.Row);
        hub.Histories.Delete(live.Row.Key);
        hub.Payloads.Set(live.Row.Key, PayloadKind.Input, next.Input);
        live.DropRun();
        HistoryEvent[] events = [Started(live.Row, parent), .. next.Events.SkipLast(untaken.Count)];
        var messages = live.AddInFront([.. events.Select(e => (HistoryJson.Write(e), e))]);
        foreach (var message in messages) hub.Inbox.Insert(live.Row.Key, message.Number, message.Json);
        hub.Turns.Enqueue(live);
    }

    // Those of the last turn stay where they are: an orchestration that takes one event per execution would else write all that wait anew for each.
    private static IReadOnlyList<InboxMessage> Untaken(Continued next, IReadOnlyList<InboxMessage> given)
    {
        var kept = next.Events.ToHashSet<HistoryEvent>(ReferenceEqualityComparer.Instance);
        InboxMessage[] untaken = [.. given.Where(message => kept.Contains(message.Event))];
        // In another order (a suspension goes first) they are moved like the rest.
        return next.Events.TakeLast(untaken.Length).SequenceEqual(untaken.Select(message => message.Event), ReferenceEqualityComparer.Instance) ? untaken : [];
    }

    /// <summary>Removes an instance that has ended, with all that is stored of it.</summary>
    public void Purge(InstanceRow row)
    {
        hub.Instances.Delete(row.Key);
        hub.Payloads.Delete(row.Key);
        hub.Histories.Delete(row.Key);
    }

    private ExecutionStarted Started(InstanceRow row, InstanceRow? parent) =>
        new(Now, row.Id, row.Name, row.Version, row.Generation, parent?.Name, parent?.Id, null);

    private HistoryEvent Outcome(InstanceRow child, int taskId, string? output, TaskFailureDetails? failure) => child.Status == OrchestrationRuntimeStatus.Completed
        ? new SubOrchestrationInstanceCompleted(Now, taskId, output)
        : new SubOrchestrationInstanceFailed(Now, taskId, failure ?? new TaskFailureDetails(
            "DurableTask.Core.Exceptions.OrchestrationTerminated", $"Orchestration instance '{child.Id}' was terminated.", null!, null!, null!));
}
