using Stockgate.Local.ServiceBus.Sqlite;
using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>A receiver's disposition of a message.</summary>
internal enum Verdict
{
    Complete,
    Abandon,
    DeadLetter,
    Defer,

    /// <summary>It was not seen: back in its place, not counted as delivered.</summary>
    GiveBack,
}

/// <summary>A verdict on one message, and why it was refused if it was.</summary>
internal sealed class Settling(Guid token, Verdict verdict, byte[]? changes = null)
{
    public Guid Token => token;

    public Verdict Verdict => verdict;

    public byte[]? Changes => changes;

    /// <summary>Null when it is done.</summary>
    public Exception? Refusal { get; set; }
}

/// <summary>Settles messages of one lane. Each stands for itself: one that is refused has a <see cref="Settling.Refusal"/>.</summary>
internal sealed class SettleOperation(Lane lane, SessionLock? session, IReadOnlyList<Settling> all) : Operation<Broker, bool>
{
    public override void Execute(Broker broker)
    {
        var completed = new List<MessageLock>();
        foreach (var settling in all)
        {
            try
            {
                Settle(broker, settling, completed);
            }
            catch (Exception e) when (e is BrokerException or InvalidOperationException)
            {
                settling.Refusal = e;
            }
        }
        broker.Settlement.Complete(completed);
        Succeed(broker, true);
    }

    private void Settle(Broker broker, Settling settling, List<MessageLock> completed)
    {
        var held = Settlement.Find(lane, session, settling.Token);
        switch (settling.Verdict)
        {
            case Verdict.Complete:
                broker.Settlement.Unlock(held);
                completed.Add(held);
                break;
            case Verdict.Abandon:
                broker.Settlement.Abandon(held, settling.Changes);
                break;
            case Verdict.DeadLetter:
                broker.Settlement.DeadLetter(held, settling.Changes);
                break;
            case Verdict.Defer:
                broker.Settlement.Defer(held, settling.Changes);
                break;
            default:
                broker.Settlement.GiveBack(held);
                break;
        }
    }
}

/// <summary>Holds messages for another lock duration, all or none; answers until when.</summary>
internal sealed class RenewMessagesOperation(Lane lane, IReadOnlyList<Guid> tokens) : Operation<Broker, DateTime[]>
{
    public override void Execute(Broker broker)
    {
        var held = tokens.Select(token => Settlement.Find(lane, null, token)).ToList();
        Succeed(broker, [.. held.Select(each => broker.Handout.Renew(each).UtcDateTime)]);
    }
}
