using System.Text;
using Stockgate.Local.ServiceBus.Content;
using Stockgate.Local.ServiceBus.Sqlite;
using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>Hands out deferred messages by number.</summary>
internal sealed class ReceiveDeferredOperation(BrokerQueue queue, SessionLock? session, long[] sequences, ReceiveMode mode)
    : Operation<Broker, List<StoredDelivery>>
{
    public override void Execute(Broker broker)
    {
        if (session is not null)
            Sessions.Check(session);
        Succeed(broker, broker.Handout.TakeDeferred(session?.Lane ?? queue.Whole, sequences, mode, session));
    }
}

/// <summary>Peeks messages.</summary>
internal sealed class PeekOperation(BrokerQueue queue, string? sessionId, long from, int max) : Operation<Broker, List<StoredDelivery>>
{
    private static readonly MessageState[] States = [MessageState.Active, MessageState.Deferred, MessageState.Scheduled];

    public override void Execute(Broker broker)
    {
        broker.Intake.PlaceAll();
        Succeed(broker, queue.HasSessions && sessionId is null ? AcrossSessions(broker) : InLane(broker));
    }

    private List<StoredDelivery> InLane(Broker broker)
    {
        var key = queue.HasSessions ? Encoding.UTF8.GetBytes(sessionId!) : [];
        var found = new List<(WaitingRow Row, MessageState State)>();
        var rows = new List<WaitingRow>();
        foreach (var state in States)
        {
            rows.Clear();
            broker.Waiting.Scan(queue.Place, state, key, from - 1, max, rows);
            found.AddRange(rows.Select(row => (row, state)));
        }
        var first = found.OrderBy(item => item.Row.Sequence).Take(max);
        return [.. first.Select(item => Show(item.Row, item.State, broker.Bodies.Read(item.Row.Sequence)))];
    }

    // Rows lie by session, so the order across sessions is only in the contents: a look at a queue for a person, not a way to read it.
    private List<StoredDelivery> AcrossSessions(Broker broker)
    {
        var found = new List<StoredDelivery>();
        for (
            var next = broker.Bodies.NextWanted(from);
            next is { } sequence && found.Count < max;
            next = broker.Bodies.NextWanted(sequence + 1)
        )
        {
            var body = broker.Bodies.Read(sequence);
            var key = Encoding.UTF8.GetBytes(MessageContent.ReadSessionId(body.Content) ?? "");
            foreach (var state in States)
                if (broker.Waiting.Find(queue.Place, state, state == MessageState.Scheduled ? [] : key, sequence) is { } row)
                    found.Add(Show(row, state, body));
        }
        return found;
    }

    private StoredDelivery Show(in WaitingRow row, MessageState state, (long EnqueuedAt, byte[] Content) body) =>
        new()
        {
            Content = body.Content,
            SequenceNumber = row.Sequence,
            EnqueuedAt = body.EnqueuedAt,
            ExpiresAt = row.ExpiresAt,
            Deliveries = row.Deliveries,
            State = state,
            DeadLetterSource = queue.DeadLetterSource,
            Changes = row.Changes,
        };
}
