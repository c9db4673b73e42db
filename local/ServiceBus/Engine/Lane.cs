using System.Text;
using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>Messages that are received in one order: a session, or a queue without sessions. Holds counters, never the messages.</summary>
internal sealed class Lane(BrokerQueue queue, string? sessionId)
{
    private LaneTail? _tail;

    public BrokerQueue Queue => queue;

    public string? SessionId => sessionId;

    public byte[] Key { get; } = sessionId is null ? [] : Encoding.UTF8.GetBytes(sessionId);

    public LaneTail Tail => _tail ??= new LaneTail(queue.Place, Key);

    /// <summary>Active messages, those locked included.</summary>
    public long Count { get; set; }

    /// <summary>Active messages that are locked.</summary>
    public long Held { get; set; }

    /// <summary>Every active message up to this one is locked.</summary>
    public long Cursor { get; set; }

    public Dictionary<long, MessageLock> Locks { get; } = [];

    public SessionLock? Lock { get; set; }

    /// <summary>True while it stands in the queue's line of sessions to accept.</summary>
    public bool InLine { get; set; }

    public bool Stirred { get; set; }

    public LinkedList<ReceiveOperation> Receivers { get; } = [];

    public bool HasMessages => Count > Held;

    /// <summary>A message became free: the next receive must not start behind it.</summary>
    public void StepBackTo(long sequence) => Cursor = Math.Min(Cursor, sequence - 1);
}
