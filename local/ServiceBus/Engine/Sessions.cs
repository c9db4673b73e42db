namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>Session locks: one receiver at a time, for as long as it renews the lock.</summary>
internal sealed class Sessions(Broker broker)
{
    public static BrokerException Lost(Lane lane) =>
        new(
            $"The session lock on '{lane.SessionId}' of {lane.Queue.Path} has expired or was released. Accept the session again.",
            BrokerFailure.SessionLockLost
        );

    public void Serve(BrokerQueue queue)
    {
        while (queue.Accepting.First is { } first && queue.NextInLine() is { } lane)
            first.Value.Grant(broker, lane);
    }

    public SessionLock Grant(Lane lane)
    {
        var held = lane.Lock = new SessionLock(lane, EndOf(lane));
        held.Deadline = broker.Deadlines.Add(held.Until, () => Expire(held));
        return held;
    }

    public DateTimeOffset Renew(SessionLock held)
    {
        Check(held);
        broker.Deadlines.CallOff(held.Deadline);
        held.Until = EndOf(held.Lane);
        held.Deadline = broker.Deadlines.Add(held.Until, () => Expire(held));
        return new DateTimeOffset(held.Until, TimeSpan.Zero);
    }

    /// <summary>Gives the session up; its unsettled messages are available again, in order, as if they had not been delivered.</summary>
    public void Release(SessionLock held)
    {
        if (!held.IsHeld)
            return;
        foreach (var message in held.Lane.Locks.Values.ToList())
            broker.Settlement.GiveBack(message);
        End(held);
    }

    public static void Check(SessionLock held)
    {
        if (!held.IsHeld)
            throw Lost(held.Lane);
    }

    // The lock ran out: its messages count as delivered, and its receiver has to hear of it.
    private void Expire(SessionLock held)
    {
        if (!held.IsHeld)
            return;
        foreach (var message in held.Lane.Locks.Values.ToList())
            broker.Settlement.Release(message);
        End(held);
        held.OnLost?.Invoke();
    }

    private void End(SessionLock held)
    {
        var lane = held.Lane;
        broker.Deadlines.CallOff(held.Deadline);
        lane.Lock = null;
        while (lane.Receivers.First is { } first)
            first.Value.Lose(broker, Lost(lane));
        lane.Queue.Arrived(lane);
        lane.Queue.Forget(lane);
    }

    private long EndOf(Lane lane) => broker.Now + lane.Queue.Settings.LockDuration.Ticks;
}
