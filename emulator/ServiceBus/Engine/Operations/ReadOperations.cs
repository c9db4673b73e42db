using System.Text;
using Azure.Messaging.ServiceBus;
using Stockgate.Emulator.ServiceBus.Storage;
using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.ServiceBus.Engine;

/// <summary>Hands out deferred messages by number.</summary>
internal sealed class ReceiveDeferredOperation(BrokerQueue queue, SessionLock? session, long[] sequences, ServiceBusReceiveMode mode) : Operation<Broker, List<Delivery>>
{
    public override void Execute(Broker broker)
    {
        if (session is not null) Sessions.Check(session);
        Succeed(broker, broker.Handout.TakeDeferred(session?.Lane ?? queue.Whole, sequences, mode, session));
    }
}

/// <summary>Looks at messages without taking them.</summary>
internal sealed class PeekOperation(BrokerQueue queue, SessionLock? session, long from, int max) : Operation<Broker, List<Delivery>>
{
    private static readonly ServiceBusMessageState[] States =
        [ServiceBusMessageState.Active, ServiceBusMessageState.Deferred, ServiceBusMessageState.Scheduled];

    public override void Execute(Broker broker)
    {
        broker.Intake.PlaceAll();
        Succeed(broker, queue.HasSessions && session is null ? AcrossSessions(broker) : InLane(broker, session?.Lane ?? queue.Whole));
    }

    private List<Delivery> InLane(Broker broker, Lane lane)
    {
        var found = new List<(WaitingRow Row, ServiceBusMessageState State)>();
        var rows = new List<WaitingRow>();
        foreach (var state in States)
        {
            rows.Clear();
            broker.Waiting.Scan(queue.Place, state, lane.Key, from - 1, max, rows);
            found.AddRange(rows.Select(row => (row, state)));
        }
        return [.. found.OrderBy(item => item.Row.Sequence).Take(max).Select(item => Show(item.Row, item.State, broker.Bodies.Read(item.Row.Sequence)))];
    }

    // Rows lie by session, so the order across sessions is only in the contents: a look at a queue for a person, not a way to read it.
    private List<Delivery> AcrossSessions(Broker broker)
    {
        var found = new List<Delivery>();
        for (var next = broker.Bodies.NextWanted(from); next is { } sequence && found.Count < max; next = broker.Bodies.NextWanted(sequence + 1))
        {
            var body = broker.Bodies.Read(sequence);
            var key = Encoding.UTF8.GetBytes(StoredContent.ReadSessionId(body.Content) ?? "");
            foreach (var state in States)
                if (broker.Waiting.Find(queue.Place, state, state == ServiceBusMessageState.Scheduled ? [] : key, sequence) is { } row)
                    found.Add(Show(row, state, body));
        }
        return found;
    }

    private static Delivery Show(in WaitingRow row, ServiceBusMessageState state, (long EnqueuedAt, byte[] Content) body) => new()
    {
        Content = body.Content,
        SequenceNumber = row.Sequence,
        EnqueuedAt = body.EnqueuedAt,
        ExpiresAt = row.ExpiresAt,
        Deliveries = row.Deliveries,
        State = state,
        Changes = row.Changes
    };
}
