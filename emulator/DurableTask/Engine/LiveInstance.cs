using Microsoft.Extensions.DependencyInjection;
using Stockgate.Emulator.DurableTask.History;
using Stockgate.Emulator.DurableTask.Replay;
using Stockgate.Emulator.DurableTask.Storage;

namespace Stockgate.Emulator.DurableTask.Engine;

/// <summary>A message for an instance: as it is stored, and as it was made where that was in this process.</summary>
internal sealed record InboxMessage(long Number, byte[] Json, HistoryEvent? Made)
{
    private HistoryEvent? read = Made;

    public HistoryEvent Event => read ??= HistoryJson.Read(Json);
}

/// <summary>An execution that is in memory, suspended in its code, and the services it was made from.</summary>
internal sealed record LoadedRun(OrchestrationRun Run, AsyncServiceScope Scope)
{
    /// <summary>Disposes the services off the caller's thread: they are not ours.</summary>
    public void Drop() => _ = Task.Run(async () => await Scope.DisposeAsync());
}

/// <summary>An instance in the hub's memory. Only the writer's thread touches it.</summary>
internal sealed class LiveInstance(InstanceRow row, long head, long tail)
{
    /// <summary>Messages in memory; more of them stay on the disk until there is room.</summary>
    public const int Window = 1_024;

    private Queue<InboxMessage> inbox = [];

    public InstanceRow Row { get; set; } = row;

    /// <summary>The number of the first message that no committed turn has taken.</summary>
    public long Head { get; set; } = head;

    /// <summary>The number of the next message.</summary>
    public long Tail { get; private set; } = tail;

    /// <summary>The number of the first message that is not in memory.</summary>
    private long loaded = head;

    /// <summary>Whether a turn of it is running or being committed.</summary>
    public bool Busy { get; set; }

    /// <summary>Whether it stands in the queue for a turn.</summary>
    public bool Queued { get; set; }

    public LoadedRun? Run { get; set; }

    public LinkedListNode<LiveInstance>? Use { get; set; }

    public bool HasMessages => inbox.Count > 0 || loaded < Tail;

    /// <summary>Gives a message its number and keeps it, where there is room.</summary>
    public long Add(byte[] json, HistoryEvent made)
    {
        var number = Tail++;
        if (loaded == number && inbox.Count < Window)
        {
            inbox.Enqueue(new InboxMessage(number, json, made));
            loaded++;
        }
        return number;
    }

    /// <summary>Takes back, in front of all others, what a turn was given and did not use.</summary>
    public void PutBack(IReadOnlyList<InboxMessage> messages)
    {
        if (messages.Count == 0) return;
        inbox = new Queue<InboxMessage>(messages.Concat(inbox));
        Head = messages[0].Number;
    }

    /// <summary>Gives messages the numbers before all others that are left.</summary>
    public IReadOnlyList<InboxMessage> AddInFront(IReadOnlyList<(byte[] Json, HistoryEvent Made)> messages)
    {
        InboxMessage[] first = [.. messages.Select((m, i) => new InboxMessage(Head - messages.Count + i, m.Json, m.Made))];
        inbox = new Queue<InboxMessage>(first.Concat(inbox));
        Head -= messages.Count;
        return first;
    }

    /// <summary>The messages for the next turn, in order.</summary>
    public IReadOnlyList<InboxMessage> Take(InboxTable stored)
    {
        if (inbox.Count == 0 && loaded < Tail)
        {
            foreach (var (number, json) in stored.Read(Row.Key, loaded, Window)) inbox.Enqueue(new InboxMessage(number, json, null));
            loaded = inbox.Count == 0 ? Tail : inbox.Last().Number + 1;
        }
        InboxMessage[] taken = [.. inbox];
        inbox.Clear();
        return taken;
    }

    public void DropRun()
    {
        Run?.Drop();
        Run = null;
    }
}
