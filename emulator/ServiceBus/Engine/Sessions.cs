using Azure.Messaging.ServiceBus;

namespace Stockgate.Emulator.ServiceBus.Engine;

/// <summary>Who may read which session: one receiver at a time, for as long as it renews.</summary>
internal sealed class Sessions(Broker broker)
{
    public static ServiceBusException Lost(Lane lane) => new(
        $"The session lock on '{lane.SessionId}' has expired or was released. Accept the session again.", ServiceBusFailureReason.SessionLockLost, lane.Queue.Path);

    public void Serve(BrokerQueue queue)
    {
        while (queue.Accepting.First is { } first && queue.NextInLine() is { } lane) first.Value.Grant(broker, lane);
    }

    public SessionLock Grant(Lane lane)
    {
        var held = lane.Lock = new SessionLock(lane, End(lane));
        held.Deadline = broker.Deadlines.Add(held.Until, () => Release(held));
        return held;
    }

    public DateTimeOffset Renew(SessionLock held)
    {
        Check(held);
        broker.Deadlines.CallOff(held.Deadline);
        held.Until = End(held.Lane);
        held.Deadline = broker.Deadlines.Add(held.Until, () => Release(held));
        return new DateTimeOffset(held.Until, TimeSpan.Zero);
    }

    /// <summary>Gives the session up, or takes it away when its lock ran out; its unsettled messages are available again, in order.</summary>
    public void Release(SessionLock held)
    {
        if (!held.IsHeld) return;
        var lane = held.Lane;
        broker.Deadlines.CallOff(held.Deadline);
        foreach (var message in lane.Locks.Values.ToList()) broker.Settlement.Release(message);
        lane.Lock = null;
        while (lane.Receivers.First is { } first) first.Value.Lose(broker, Lost(lane));
        lane.Queue.Arrived(lane);
        lane.Queue.Forget(lane);
    }

    public static void Check(SessionLock held)
    {
        if (!held.IsHeld) throw Lost(held.Lane);
    }

    private long End(Lane lane) => broker.Now + lane.Queue.Settings.LockDuration.Ticks;
}
