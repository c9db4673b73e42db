using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Stockgate.Emulator.DurableTask.Engine.Operations;
using Stockgate.Emulator.DurableTask.History;
using Stockgate.Emulator.DurableTask.Storage;

namespace Stockgate.Emulator.DurableTask.Engine;

/// <summary>A call of an activity and the instance that made it.</summary>
internal sealed record ActivityCall(PendingTask Task, InstanceRow Caller);

/// <summary>
/// Gives activities to the slots that run them, oldest first. A call is leased by being handed out: its row stays until its result is
/// recorded, so a process that ends before that leaves it to the next one.
/// </summary>
internal sealed class Activities
{
    private readonly TaskHub hub;
    private readonly TaskTable stored;
    private readonly ActivityCode code;
    private readonly ILogger logger;
    private readonly Channel<ActivityCall> handed = Channel.CreateUnbounded<ActivityCall>();
    private readonly Queue<ActivityCall> chosen = [];
    private readonly Task[] slots;
    private readonly int window;
    private readonly long inherited;
    private long lastSeq, lastChosen;
    private int outstanding;
    private volatile bool stopping;

    public Activities(TaskHub hub, TaskTable stored, ActivityCode code, ILogger logger)
    {
        (this.hub, this.stored, this.code, this.logger) = (hub, stored, code, logger);
        // Handed out and without a recorded result: enough to keep the slots busy, the rest waits on the disk.
        window = Math.Max(1_024, 2 * hub.Options.MaxConcurrentActivities);
        lastSeq = inherited = stored.Last();
        slots = [.. Enumerable.Range(0, hub.Options.MaxConcurrentActivities).Select(_ => Task.Run(RunAsync))];
    }

    /// <summary>Whether no call is without a recorded outcome.</summary>
    public bool IsIdle => outstanding == 0 && lastChosen == lastSeq;

    public void Add(InstanceRow caller, TaskScheduled call)
    {
        var task = new PendingTask(++lastSeq, caller.Key, caller.Generation, call.Id, call.Name, call.Version, call.Input, 0);
        stored.Insert(task);
        // Straight to a slot where nothing older waits on the disk.
        if (outstanding < window && lastChosen == task.Seq - 1) Choose(task, caller);
    }

    /// <summary>Records the outcome.</summary>
    public void End(PendingTask task)
    {
        outstanding--;
        stored.Delete(task.Seq);
    }

    /// <summary>Takes what waits on the disk while there is room. Runs inside the transaction.</summary>
    public void Choose()
    {
        if (stopping || lastChosen == lastSeq) return;
        // What an ended process left is taken one per slot, so that being counted means having been run.
        var inheriting = lastChosen < inherited;
        if (!inheriting && outstanding > window / 2) return;
        var room = (inheriting ? hub.Options.MaxConcurrentActivities : window) - outstanding;
        if (room <= 0) return;
        var waiting = stored.After(lastChosen, room);
        foreach (var task in waiting)
        {
            // Left by a process that ended: counted, so that an activity which ends every process that runs it is found out.
            if (task.Seq <= inherited) stored.CountStart(task.Seq);
            if (hub.Instances.Find(task.Instance) is { } caller) Choose(task, caller);
            else stored.Delete(task.Seq);
            lastChosen = task.Seq;
        }
        if (waiting.Count < room) lastChosen = lastSeq;
    }

    public void HandOut()
    {
        while (chosen.TryDequeue(out var call)) handed.Writer.TryWrite(call);
    }

    public Task StopAsync()
    {
        stopping = true;
        handed.Writer.TryComplete();
        return Task.WhenAll(slots);
    }

    private void Choose(PendingTask task, InstanceRow caller)
    {
        lastChosen = task.Seq;
        outstanding++;
        chosen.Enqueue(new ActivityCall(task, caller));
    }

    private async Task RunAsync()
    {
        await foreach (var call in handed.Reader.ReadAllAsync())
        {
            if (stopping) continue;
            var (task, outcome) = (call.Task, await code.RunAsync(call));
            if (outcome is TaskFailed { FailureDetails: var failure })
                logger.LogWarning("Activity {Activity} (call #{Call}) failed: {ErrorType}: {Message}", task.Name, task.Id, failure.ErrorType, failure.ErrorMessage);
            _ = hub.Writer.Run(new EndTaskOperation(task, outcome, HistoryJson.Write(outcome)));
        }
    }
}
