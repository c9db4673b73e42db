using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Stockgate.Emulator.DurableTask.Storage;
using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.DurableTask.Engine.Operations;

/// <summary>Starts an instance. Two callers with one id come one after the other, so only one of them starts it.</summary>
/// <param name="kept">The statuses in which an instance that has the id is left alone, and the start refused.</param>
internal sealed class StartOperation(NewInstance wanted, IReadOnlySet<OrchestrationRuntimeStatus> kept) : Operation<TaskHub, string>
{
    public override void Execute(TaskHub hub)
    {
        if (hub.Instances.Find(wanted.Id) is { } taken)
        {
            if (kept.Contains(taken.Status))
            {
                Fail(hub, new InvalidOperationException(
                    $"Orchestration instance '{wanted.Id}' exists already and is {taken.Status}. Take another id, wait for that one, or allow it to be replaced by {nameof(StartOrchestrationOptions)}.DedupeStatuses."));
                return;
            }
            if (hub.Live.Find(taken.Key) is { } running) hub.Lifecycle.Terminate(running, null, recursive: false);
            hub.Lifecycle.Purge(taken);
        }
        hub.Lifecycle.Create(wanted);
        Succeed(hub, wanted.Id);
    }
}
