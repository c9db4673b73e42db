using Stockgate.Local.ServiceBus.Sqlite;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>Asks for a session: the named one at once, or the next one that has messages and waits for it.</summary>
internal sealed class AcceptOperation(BrokerQueue queue, string? sessionId, TimeSpan maxWait) : Operation<Broker, SessionLock>
{
    private LinkedListNode<AcceptOperation>? _waiting;
    private Deadline? _deadline;
    private volatile bool _cancelled;

    public override void Execute(Broker broker)
    {
        if (_cancelled)
            throw new OperationCanceledException();
        // Earlier waiters come first.
        var lane = sessionId is not null || queue.Accepting.Count == 0 ? FindLane() : null;
        if (lane is { Lock: not null })
            throw new BrokerException(
                $"The requested session '{sessionId}' cannot be accepted. It is locked by another receiver.",
                BrokerFailure.SessionCannotBeLocked
            );
        if (lane is not null)
        {
            Grant(broker, lane);
            return;
        }
        _waiting = queue.Accepting.AddLast(this);
        broker.Stir(queue);
        if (maxWait == TimeSpan.MaxValue)
            return;
        _deadline = broker.Deadlines.Add(
            broker.Now + maxWait.Ticks,
            () => Lose(broker, new BrokerException("No session had messages within the time given.", BrokerFailure.Timeout))
        );
    }

    private Lane? FindLane() => sessionId is not null ? queue.LaneOf(sessionId) : queue.NextInLine();

    public void Grant(Broker broker, Lane lane)
    {
        Leave(broker);
        Succeed(broker, broker.Sessions.Grant(lane));
    }

    public void Cancel(Broker broker)
    {
        _cancelled = true;
        if (_waiting is not null)
            Lose(broker, new OperationCanceledException());
    }

    public void CancelBeforeStart() => _cancelled = true;

    private void Lose(Broker broker, Exception reason)
    {
        Leave(broker);
        Fail(broker, reason);
    }

    private void Leave(Broker broker)
    {
        if (_waiting is null)
            return;
        queue.Accepting.Remove(_waiting);
        _waiting = null;
        broker.Deadlines.CallOff(_deadline);
    }
}
