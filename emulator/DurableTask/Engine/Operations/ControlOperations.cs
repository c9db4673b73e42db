using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Stockgate.Emulator.DurableTask.History;
using Stockgate.Emulator.DurableTask.Storage;
using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.DurableTask.Engine.Operations;

/// <summary>Sends a message to an instance. Answers its row as it stands; null where there is none. One that has ended gets nothing.</summary>
internal sealed class SendOperation(string id, HistoryEvent message) : Operation<TaskHub, InstanceRow?>
{
    private readonly byte[] json = HistoryJson.Write(message);

    public override void Execute(TaskHub hub)
    {
        if (hub.Live.Find(id) is { } live)
        {
            hub.Lifecycle.Deliver(live, message, json);
            Succeed(hub, live.Row);
            return;
        }
        Succeed(hub, hub.Instances.Find(id));
    }
}

/// <summary>Ends an instance from outside. Answers its row as it stood before; null where there is none.</summary>
internal sealed class TerminateOperation(string id, string? output, bool recursive) : Operation<TaskHub, InstanceRow?>
{
    public override void Execute(TaskHub hub)
    {
        var before = hub.Instances.Find(id);
        if (hub.Live.Find(id) is { } live) hub.Lifecycle.Terminate(live, output, recursive);
        Succeed(hub, before);
    }
}

/// <summary>Ends an instance whose code went on outside of its turn: it can't be replayed to where it is.</summary>
internal sealed class StrayedOperation(long key, int generation, TaskFailureDetails failure) : Operation<TaskHub, bool>
{
    public override void Execute(TaskHub hub)
    {
        var live = hub.Live.Find(key);
        if (live is not null && live.Row.Generation == generation)
        {
            var now = new DateTime(hub.Now, DateTimeKind.Utc);
            hub.Histories.Append(key, HistoryJson.WriteTurn(new OrchestratorStarted(now), [], [new ExecutionCompleted(now, OrchestrationRuntimeStatus.Failed, null, failure)]));
            hub.Lifecycle.End(live, OrchestrationRuntimeStatus.Failed, null, failure);
        }
        Succeed(hub, live is not null);
    }
}

/// <summary>Records the outcome of an activity and gives it to the instance that called it, once.</summary>
internal sealed class EndTaskOperation(PendingTask task, HistoryEvent outcome, byte[] json) : Operation<TaskHub, bool>
{
    public override void Execute(TaskHub hub)
    {
        hub.Activities.End(task);
        hub.Lifecycle.DeliverOutcome(task.Instance, task.Generation, outcome, json);
        Succeed(hub, true);
    }
}
