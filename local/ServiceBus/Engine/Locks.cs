using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>A delivered message that is not settled yet. Locks live in memory: a crash releases them.</summary>
internal sealed class MessageLock
{
    public required Lane Lane { get; init; }

    public required WaitingRow Row { get; init; }

    public required MessageState State { get; init; }

    public required Guid Token { get; init; }

    /// <summary>The message before it in its lane, so that neighbours can be deleted as one range; -1 when that is not known.</summary>
    public long Previous { get; init; }

    public long Sequence => Row.Sequence;

    /// <summary>How long it holds; null in a session, whose own lock counts.</summary>
    public LockTerm? Term { get; set; }
}

/// <summary>The messages of one receive call run out together.</summary>
internal sealed class LockTerm(long until)
{
    private readonly List<MessageLock> _locks = [];
    private int _open;

    public long Until => until;

    public Deadline? Deadline { get; set; }

    /// <summary>True when all of them were settled or renewed.</summary>
    public bool IsOver => _open == 0;

    public IEnumerable<MessageLock> Open => _locks.Where(held => held.Term == this);

    public void Add(MessageLock held)
    {
        held.Term = this;
        _locks.Add(held);
        _open++;
    }

    public void Remove(MessageLock held)
    {
        held.Term = null;
        _open--;
    }
}

/// <summary>A receiver's hold on a session. A receiver whose lock is no longer the lane's has lost it.</summary>
internal sealed class SessionLock(Lane lane, long until)
{
    public Lane Lane => lane;

    public long Until { get; set; } = until;

    public Deadline? Deadline { get; set; }

    public bool IsHeld => lane.Lock == this;

    /// <summary>Called on the writer's thread when the lock has run out.</summary>
    public Action? OnLost { get; set; }
}
