using Stockgate.Local.ServiceBus.Sqlite;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>Releases a session.</summary>
internal sealed class ReleaseSessionOperation(SessionLock held) : Operation<Broker, bool>
{
    public override void Execute(Broker broker)
    {
        broker.Sessions.Release(held);
        Succeed(broker, true);
    }
}

/// <summary>Holds a session for another lock duration.</summary>
internal sealed class RenewSessionOperation(SessionLock held) : Operation<Broker, DateTimeOffset>
{
    public override void Execute(Broker broker) => Succeed(broker, broker.Sessions.Renew(held));
}

/// <summary>Reads what receivers keep with a session.</summary>
internal sealed class GetSessionStateOperation(SessionLock held) : Operation<Broker, byte[]?>
{
    public override void Execute(Broker broker)
    {
        Sessions.Check(held);
        Succeed(broker, broker.States.Get(held.Lane.Queue.Entity, held.Lane.Key));
    }
}

/// <summary>Keeps something with a session; null clears it.</summary>
internal sealed class SetSessionStateOperation(SessionLock held, byte[]? state) : Operation<Broker, bool>
{
    public override void Execute(Broker broker)
    {
        Sessions.Check(held);
        broker.States.Set(held.Lane.Queue.Entity, held.Lane.Key, state);
        Succeed(broker, true);
    }
}
