using Stockgate.Local.ServiceBus.Sqlite;
using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>Locks the next messages of a lane; waits for the first of them.</summary>
internal sealed class ReceiveOperation(Lane lane, SessionLock? session, int max) : Operation<Broker, List<StoredDelivery>>
{
    private LinkedListNode<ReceiveOperation>? _waiting;
    private volatile bool _cancelled;

    public override void Execute(Broker broker)
    {
        if (_cancelled)
            throw new OperationCanceledException();
        if (session is not null)
            Sessions.Check(session);
        // Earlier waiters are served first, at the end of the group.
        if (lane.Receivers.Count == 0 && TryReceive(broker))
            return;
        _waiting = lane.Receivers.AddLast(this);
        if (lane.HasMessages)
            broker.Stir(lane);
    }

    public bool TryReceive(Broker broker)
    {
        var taken = broker.Handout.Take(lane, max, ReceiveMode.PeekLock, session);
        if (taken.Count == 0)
            return false;
        Leave(broker);
        Succeed(broker, taken);
        return true;
    }

    public void Lose(Broker broker, Exception reason)
    {
        Leave(broker);
        Fail(broker, reason);
    }

    /// <summary>Ends the wait. A receive that was answered in the meantime keeps its messages: they are locked for this caller.</summary>
    public void Cancel(Broker broker)
    {
        _cancelled = true;
        if (_waiting is not null)
            Lose(broker, new OperationCanceledException());
    }

    public void CancelBeforeStart() => _cancelled = true;

    /// <summary>The receive was cancelled. Readable from any thread.</summary>
    public bool IsCancelled => _cancelled;

    private void Leave(Broker broker)
    {
        if (_waiting is null)
            return;
        lane.Receivers.Remove(_waiting);
        _waiting = null;
    }
}
