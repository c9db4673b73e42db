using Azure.Messaging.ServiceBus;
using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.ServiceBus.Engine;

/// <summary>What a receiver decided about a message.</summary>
internal enum Verdict
{
    Complete,
    Abandon,
    DeadLetter,
    Defer
}

/// <summary>Settles one message.</summary>
internal sealed class SettleOperation(Lane lane, SessionLock? session, long sequence, Guid token, Verdict verdict, byte[]? changes) : Operation<Broker, bool>
{
    public override void Execute(Broker broker)
    {
        var held = Settlement.Find(lane, session, sequence, token);
        switch (verdict)
        {
            case Verdict.Complete: broker.Settlement.Complete(held); break;
            case Verdict.Abandon: broker.Settlement.Abandon(held, changes); break;
            case Verdict.DeadLetter: broker.Settlement.DeadLetter(held, changes); break;
            default: broker.Settlement.Defer(held, changes); break;
        }
        Succeed(broker, true);
    }
}

/// <summary>Completes many messages. Those still locked are completed even when others are not; then it fails and says how many.</summary>
internal sealed class CompleteOperation(Lane lane, SessionLock? session, IReadOnlyList<ServiceBusReceivedMessage> messages) : Operation<Broker, bool>
{
    public override void Execute(Broker broker)
    {
        if (session is not null) Sessions.Check(session);
        var held = new List<MessageLock>(messages.Count);
        foreach (var message in messages)
        {
            if (!lane.Locks.TryGetValue(message.SequenceNumber, out var mine) || mine.Token != message.LockTokenGuid) continue;
            broker.Settlement.Unlock(mine);
            held.Add(mine);
        }
        broker.Settlement.Complete(held);
        if (held.Count == messages.Count) Succeed(broker, true);
        else Fail(broker, new ServiceBusException($"{messages.Count - held.Count} of {messages.Count} messages were not locked any more; the others are completed.",
            ServiceBusFailureReason.MessageLockLost, lane.Queue.Path));
    }
}

/// <summary>Holds a message for another lock duration.</summary>
internal sealed class RenewMessageOperation(Lane lane, long sequence, Guid token) : Operation<Broker, DateTimeOffset>
{
    public override void Execute(Broker broker) => Succeed(broker, broker.Handout.Renew(Settlement.Find(lane, null, sequence, token)));
}
