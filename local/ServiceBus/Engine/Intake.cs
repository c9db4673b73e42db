using Stockgate.Local.ServiceBus.Content;
using Stockgate.Local.ServiceBus.Sqlite;
using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>Adds messages to queues, at once or at their scheduled time.</summary>
internal sealed class Intake
{
    // Sequence numbers are reserved in the file ahead of use, so that none is given out twice even when the highest message is gone.
    private const long Reserve = 10_000;

    private readonly Broker _broker;
    private readonly SqliteFile _file;
    private long _sequence,
        _reserved;

    public Intake(Broker broker, SqliteFile file)
    {
        _broker = broker;
        _file = file;
        _sequence = _reserved = file.GetMeta("sequence") ?? 0;
    }

    /// <summary>Refuses what the entity cannot take; before anything of the call is written.</summary>
    public static void Check(Address address, BrokerMessage message)
    {
        if (address.RefusesSessionless && message.SessionId is null)
            throw new InvalidOperationException(
                "The SessionId was not set on a message, and it cannot be sent to the entity. "
                    + "Entities that have session support enabled can only receive messages that have the SessionId set to a valid value."
            );
    }

    /// <summary>Takes a message and answers its sequence number; a duplicate is taken and dropped, as the sender wants to hear.</summary>
    public long Accept(Address address, BrokerMessage message, UInt128 idHash)
    {
        if (address.History is { } history && !history.Remember(idHash, _broker.Now))
            return _sequence;
        if (message.ScheduledForTicks <= _broker.Now)
        {
            Deliver(address, message.Content, message.SessionId, message.TimeToLive);
            return _sequence;
        }
        var scheduled = Store(message.Content);
        var due = message.ScheduledForTicks;
        _broker.Waiting.Insert(address.Place, MessageState.Scheduled, [], new WaitingRow(scheduled, 0, 0, due, null));
        _broker.Due.Insert(new DueRow(due, scheduled, address.Place, []));
        return scheduled;
    }

    public void Cancel(Address address, long sequence)
    {
        var row = _broker.Waiting.Find(address.Place, MessageState.Scheduled, [], sequence) ?? throw NotScheduled(address, sequence);
        Take(address, row);
    }

    public static BrokerException NotScheduled(Address address, long sequence) =>
        new($"{address.Path} has no scheduled message with the sequence number {sequence}.", BrokerFailure.MessageNotFound);

    /// <summary>A scheduled message enters its queue, or one with a life of its own ends it.</summary>
    public void Run(in DueRow due)
    {
        if (
            _broker.Catalog.AddressAt(due.Place) is { } address
            && _broker.Waiting.Find(due.Place, MessageState.Scheduled, [], due.Sequence) is { } scheduled
        )
        {
            var content = _broker.Bodies.Read(due.Sequence).Content;
            Take(address, scheduled);
            // A new number and a new time: it stands behind what is in the queue now.
            Deliver(address, content, MessageContent.ReadSessionId(content), MessageContent.ReadTimeToLive(content));
            return;
        }
        if (_broker.Catalog.QueueAt(due.Place) is not { } queue)
            return;
        var lane = queue.LaneAt(due.Session);
        _broker.Arrivals.Place(lane.Tail);
        // A locked message does not expire under its receiver; it is looked at again when it is free.
        if (!lane.Locks.ContainsKey(due.Sequence))
            foreach (var state in (ReadOnlySpan<MessageState>)[MessageState.Active, MessageState.Deferred])
                if (_broker.Waiting.Find(due.Place, state, due.Session, due.Sequence) is { } row)
                    _broker.Settlement.Expire(lane, state, row);
        queue.Forget(lane);
    }

    public void PlaceAll() => _broker.Arrivals.PlaceAll(_sequence);

    /// <summary>At the end of a group.</summary>
    public void Save()
    {
        _broker.Arrivals.PlaceIfMany(_sequence);
        if (_sequence < _reserved)
            return;
        _reserved = _sequence + Reserve;
        _file.SetMeta("sequence"u8, _reserved);
    }

    private void Deliver(Address address, byte[] content, string? sessionId, TimeSpan timeToLive)
    {
        var life = timeToLive < address.DefaultTimeToLive ? timeToLive : address.DefaultTimeToLive;
        foreach (var queue in address.Queues)
        {
            if (queue.HasSessions && sessionId is null)
            {
                var sequence = Store(content);
                _broker.Settlement.AddDeadLetter(queue, new WaitingRow(sequence, 0, 0, 0, null), DeadLetterReasons.NoSession);
                continue;
            }
            var lane = queue.LaneOf(sessionId);
            var own = life < queue.Settings.DefaultMessageTimeToLive;
            var expires = Settlement.Expiry(_broker.Now, own ? life : queue.Settings.DefaultMessageTimeToLive);
            // The queue's own limit is checked when a message is read; only a shorter life needs a clock of its own.
            var due = own ? expires : 0;
            _sequence = _broker.Bodies.NextAfter(_sequence);
            var row = new WaitingRow(_sequence, 0, expires, due, null);
            _broker.Bodies.Insert(_sequence, _broker.Now, content, queue.Place, lane.Key, row);
            _broker.Arrivals.Add(lane.Tail, row);
            if (due != 0)
                _broker.Due.Insert(new DueRow(due, _sequence, queue.Place, lane.Key));
            lane.Count++;
            queue.Arrived(lane);
        }
    }

    private long Store(byte[] content)
    {
        _sequence = _broker.Bodies.NextAfter(_sequence);
        _broker.Bodies.Insert(_sequence, _broker.Now, content);
        return _sequence;
    }

    private void Take(Address address, in WaitingRow row)
    {
        _broker.Waiting.Delete(address.Place, MessageState.Scheduled, [], row.Sequence, row.Sequence);
        _broker.Due.Delete(row.DueAt, row.Sequence);
        _broker.Bodies.Free(row.Sequence);
    }
}
