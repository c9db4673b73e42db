using System.Threading.Channels;
using Stockgate.Emulator.DurableTask.Storage;

namespace Stockgate.Emulator.DurableTask.Engine;

/// <summary>A turn of an orchestrator: its new messages, and what its code needs to get to where it was.</summary>
/// <param name="Run">The code where it is in memory; null to replay it.</param>
/// <param name="History">Its recorded turns, where it has to be replayed.</param>
internal sealed record Turn(InstanceRow Row, IReadOnlyList<InboxMessage> Messages, LoadedRun? Run, IReadOnlyList<byte[]> History, string? Input)
{
    public long End => Messages[^1].Number + 1;
}

/// <summary>
/// Gives instances their turns, in the order in which they had something to do. The code runs on threads of its own: activities that block
/// the pool's threads don't hold orchestrators up.
/// </summary>
internal sealed class Turns
{
    // Handed out and not committed: enough to fill a commit, few enough that a flood waits on the disk and not in memory.
    private const int MostAtOnce = 512;

    private readonly TaskHub hub;
    private readonly TurnCode code;
    private readonly Queue<long> ready = [];
    private readonly Channel<Turn> handed = Channel.CreateUnbounded<Turn>();
    private readonly Task[] threads;
    private int outstanding;
    private volatile bool stopping;

    public Turns(TaskHub hub, TurnCode code)
    {
        (this.hub, this.code) = (hub, code);
        var count = Math.Min(hub.Options.MaxConcurrentOrchestrators, Math.Max(2, Environment.ProcessorCount));
        threads = [.. Enumerable.Range(1, count).Select(i => Task.Factory.StartNew(Run, TaskCreationOptions.LongRunning))];
    }

    /// <summary>Finds who had messages when the hub was closed.</summary>
    public void Load()
    {
        for (var next = hub.Inbox.NextInstance(0); next is { } key; next = hub.Inbox.NextInstance(key + 1)) ready.Enqueue(key);
    }

    public void Enqueue(LiveInstance live)
    {
        if (live.Queued || live.Busy) return;
        live.Queued = true;
        ready.Enqueue(live.Row.Key);
    }

    public void HandOut()
    {
        while (outstanding < MostAtOnce && !stopping && ready.TryDequeue(out var key))
        {
            if (hub.Live.Find(key) is not { Busy: false } live) continue;
            live.Queued = false;
            // Its timer queues it again.
            if (live.Row.Starts > hub.Now && live.Row.Status == Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Pending) continue;
            var messages = live.Take(hub.Inbox);
            if (messages.Count == 0) continue;
            live.Busy = true;
            outstanding++;
            handed.Writer.TryWrite(live.Run is { } run
                ? new Turn(live.Row, messages, run, [], null)
                : new Turn(live.Row, messages, null, hub.Histories.Read(key), hub.Payloads.Get(key, PayloadKind.Input)));
        }
    }

    /// <summary>Called when a turn's outcome is being committed.</summary>
    public void Returned() => outstanding--;

    public Task StopAsync()
    {
        stopping = true;
        handed.Writer.TryComplete();
        return Task.WhenAll(threads);
    }

    private void Run()
    {
        // A thread of its own, so blocking here holds up nobody.
        while (handed.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            // Turns that were handed out and not begun are taken by the next process: their messages are still there.
            while (handed.Reader.TryRead(out var turn) && !stopping) _ = hub.Writer.Run(code.Run(turn, hub));
        }
    }
}
