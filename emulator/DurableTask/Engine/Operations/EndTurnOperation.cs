using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Stockgate.Emulator.DurableTask.History;
using Stockgate.Emulator.DurableTask.Replay;
using Stockgate.Emulator.DurableTask.Storage;
using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.DurableTask.Engine.Operations;

/// <summary>Stores what a turn did: its messages are gone, its history is there and its calls are made in one transaction, or none of it happened.</summary>
internal sealed class EndTurnOperation(Turn turn, LoadedRun? run, TurnResult result, byte[] history) : Operation<TaskHub, bool>
{
    public override void Execute(TaskHub hub)
    {
        hub.Turns.Returned();
        var live = hub.Live.Find(turn.Row.Key);
        if (live is not null) live.Busy = false;
        // Terminated, purged or replaced while the code ran: what it did is nobody's any more.
        if (live is null || live.Row.Generation != turn.Row.Generation)
        {
            run?.Drop();
        }
        else
        {
            live.Run = run;
            live.Head = turn.End;
            if (result.Ending is not Continued)
            {
                hub.Inbox.DeleteBefore(turn.Row.Key, turn.End);
                hub.Histories.Append(turn.Row.Key, history);
            }
            if (result.Status is { } status) hub.Payloads.Set(turn.Row.Key, PayloadKind.CustomStatus, status.Text);
            MakeCalls(hub, live);
            GoOn(hub, live);
        }
        Succeed(hub, live is not null);
    }

    private void GoOn(TaskHub hub, LiveInstance live)
    {
        switch (result.Ending)
        {
            case Returned returned:
                hub.Lifecycle.End(live, OrchestrationRuntimeStatus.Completed, returned.Output, null);
                break;
            case Threw threw:
                hub.Lifecycle.End(live, OrchestrationRuntimeStatus.Failed, null, threw.Failure);
                break;
            case Continued next:
                hub.Lifecycle.ContinueAsNew(live, next, turn.Messages);
                break;
            default:
                live.Row = live.Row with { Status = result.Suspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running, Updated = hub.Now };
                hub.Instances.Update(live.Row);
                if (turn.Row.Status != live.Row.Status) hub.Watchers.Check(live.Row);
                if (!hub.Live.KeepsRuns) live.DropRun();
                if (live.HasMessages) hub.Turns.Enqueue(live);
                break;
        }
    }

    private void MakeCalls(TaskHub hub, LiveInstance live)
    {
        var (key, generation) = (live.Row.Key, live.Row.Generation);
        foreach (var timer in result.CalledOff) hub.Clock.Remove(new DueTimer(timer.FireAt.Ticks, key, generation, timer.Id));
        foreach (var call in result.Made)
        {
            switch (call)
            {
                case TaskScheduled task:
                    hub.Activities.Add(live.Row, task);
                    break;
                case TimerCreated timer when !result.CalledOff.Contains(timer):
                    hub.Clock.Add(new DueTimer(timer.FireAt.Ticks, key, generation, timer.Id));
                    break;
                case SubOrchestrationInstanceCreated child:
                    CreateChild(hub, live, child);
                    break;
                case EventSent sent when hub.Live.Find(sent.InstanceId) is { } target:
                    hub.Lifecycle.Deliver(target, new EventRaised(call.At, sent.Name, sent.Input));
                    break;
            }
        }
    }

    private static void CreateChild(TaskHub hub, LiveInstance parent, SubOrchestrationInstanceCreated child)
    {
        if (hub.Instances.Find(child.InstanceId) is { } taken)
        {
            if (!taken.IsEnded)
            {
                hub.Lifecycle.Deliver(parent, new SubOrchestrationInstanceFailed(child.At, child.Id, new TaskFailureDetails(
                    typeof(InvalidOperationException).FullName!,
                    $"Sub-orchestration '{child.Name}' can't start: instance '{child.InstanceId}' of '{taken.Name}' is {taken.Status}. Leave the id out, or wait for that one.",
                    null!, null!, null!)));
                return;
            }
            hub.Lifecycle.Purge(taken);
        }
        hub.Lifecycle.Create(
            new NewInstance(child.InstanceId, child.Name, child.Version ?? hub.Options.DefaultVersion, child.Input)
            {
                Parent = new ParentLink(parent.Row.Key, parent.Row.Generation, child.Id), Trace = parent.Row.Trace,
            },
            parent.Row);
    }
}
