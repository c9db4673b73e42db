using System.Buffers.Binary;
using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>Delivers the next messages of a lane in order; the delivery is counted before the message is sent.</summary>
internal sealed class Handout(Broker broker)
{
    private const int ScanAtOnce = 512;
    private const int AcrossLocked = 64;
    private const int MostAtOnce = 4_096;

    private readonly List<WaitingRow> _rows = [];
    private readonly ulong _tokenBase = BinaryPrimitives.ReadUInt64LittleEndian(Guid.NewGuid().ToByteArray());
    private ulong _tokens;

    /// <summary>Answers the lane's waiting receivers as far as its messages go.</summary>
    public void Serve(Lane lane)
    {
        while (lane.HasMessages && lane.Receivers.First is { } first)
            if (!first.Value.TryReceive(broker))
                return;
    }

    /// <summary>Takes up to <paramref name="max"/> messages: gone from the queue in receive-and-delete mode, otherwise locked.</summary>
    public List<StoredDelivery> Take(Lane lane, int max, ReceiveMode mode, SessionLock? session)
    {
        // However many are requested: a backlog must not come into memory at once.
        max = Math.Min(max, MostAtOnce);
        var taken = new List<StoredDelivery>();
        var term = session is null && mode == ReceiveMode.PeekLock ? new LockTerm(LockEnd(lane)) : null;
        while (taken.Count < max && lane.HasMessages && Scan(lane, max - taken.Count))
        {
            var (first, last) = (0L, 0L);
            foreach (var row in _rows)
            {
                if (taken.Count == max)
                    break;
                var previous = lane.Cursor;
                lane.Cursor = row.Sequence;
                if (lane.Held > 0 && lane.Locks.ContainsKey(row.Sequence))
                {
                    Count(lane, mode, first, last);
                    first = 0;
                    continue;
                }
                if (IsOver(lane, row))
                    continue;
                taken.Add(HandOut(lane, row, previous, mode, session, term));
                if (first == 0)
                    first = row.Sequence;
                last = row.Sequence;
            }
            Count(lane, mode, first, last);
        }
        Start(term);
        return taken;
    }

    /// <summary>Locks deferred messages by their numbers; all or none.</summary>
    public List<StoredDelivery> TakeDeferred(Lane lane, IReadOnlyList<long> sequences, ReceiveMode mode, SessionLock? session)
    {
        var place = lane.Queue.Place;
        var rows = sequences
            .Select(sequence =>
                !lane.Locks.ContainsKey(sequence) && broker.Waiting.Find(place, MessageState.Deferred, lane.Key, sequence) is { } row
                    ? row
                    : throw new BrokerException(
                        $"{lane.Queue.Path} has no deferred message with the sequence number {sequence} that is not locked.",
                        BrokerFailure.MessageNotFound
                    )
            )
            .ToList();
        var term = session is null && mode == ReceiveMode.PeekLock ? new LockTerm(LockEnd(lane)) : null;
        var taken = new List<StoredDelivery>(rows.Count);
        foreach (var row in rows)
        {
            if (mode == ReceiveMode.PeekLock)
                broker.Waiting.CountDelivery(place, MessageState.Deferred, lane.Key, row.Sequence, row.Sequence);
            else
                broker.Waiting.Delete(place, MessageState.Deferred, lane.Key, row.Sequence, row.Sequence);
            taken.Add(HandOut(lane, row, -1, mode, session, term, MessageState.Deferred));
        }
        Start(term);
        return taken;
    }

    /// <summary>Renews the lock of a single message.</summary>
    public DateTimeOffset Renew(MessageLock held)
    {
        var lane = held.Lane;
        broker.Settlement.Unlock(held);
        var term = new LockTerm(LockEnd(lane));
        Hold(held, term);
        Start(term);
        return new DateTimeOffset(term.Until, TimeSpan.Zero);
    }

    private bool Scan(Lane lane, int wanted)
    {
        _rows.Clear();
        broker.Arrivals.Place(lane.Tail);
        var limit = Math.Clamp(wanted, lane.Held > 0 ? AcrossLocked : 1, ScanAtOnce);
        broker.Waiting.Scan(lane.Queue.Place, MessageState.Active, lane.Key, lane.Cursor, limit, _rows);
        return _rows.Count > 0;
    }

    // Looked at when its turn comes: no timer per message is needed for a queue's own time to live.
    private bool IsOver(Lane lane, in WaitingRow row)
    {
        if (row.ExpiresAt != 0 && row.ExpiresAt <= broker.Now && !lane.Queue.IsDeadLetter)
        {
            broker.Settlement.Expire(lane, MessageState.Active, row);
            return true;
        }
        if (!Settlement.IsWornOut(lane.Queue, row))
            return false;
        // Delivered for the last time before a crash, which released its lock silently.
        broker.Settlement.MoveToDeadLetters(lane, MessageState.Active, row, DeadLetterReasons.MaxDeliveryCountExceeded(row.Deliveries));
        return true;
    }

    private StoredDelivery HandOut(
        Lane lane,
        in WaitingRow row,
        long previous,
        ReceiveMode mode,
        SessionLock? session,
        LockTerm? term,
        MessageState state = MessageState.Active
    )
    {
        var (enqueuedAt, content) = broker.Bodies.Read(row.Sequence);
        var delivered = row with { Deliveries = row.Deliveries + 1 };
        var token = Guid.Empty;
        if (mode == ReceiveMode.PeekLock)
        {
            token = LockToken.Create(_tokenBase + ++_tokens, row.Sequence);
            // New dead letters may come to lie between old ones, so there two neighbours are not known to stay neighbours.
            var before = lane.Queue.IsDeadLetter ? -1 : previous;
            Hold(
                new MessageLock
                {
                    Lane = lane,
                    Row = delivered,
                    State = state,
                    Token = token,
                    Previous = before,
                },
                term
            );
        }
        else
        {
            broker.Due.Delete(row.DueAt, row.Sequence);
            broker.Bodies.Free(row.Sequence);
            if (state == MessageState.Active)
                lane.Count--;
        }
        return new StoredDelivery
        {
            Content = content,
            SequenceNumber = row.Sequence,
            EnqueuedAt = enqueuedAt,
            ExpiresAt = row.ExpiresAt,
            Deliveries = delivered.Deliveries,
            State = state,
            Changes = row.Changes,
            DeadLetterSource = lane.Queue.DeadLetterSource,
            LockToken = token,
            LockedUntil = session?.Until ?? term?.Until ?? 0,
        };
    }

    private static void Hold(MessageLock held, LockTerm? term)
    {
        held.Lane.Locks[held.Sequence] = held;
        if (held.State == MessageState.Active)
            held.Lane.Held++;
        term?.Add(held);
    }

    private void Start(LockTerm? term)
    {
        if (term is null or { IsOver: true })
            return;
        term.Deadline = broker.Deadlines.Add(
            term.Until,
            () =>
            {
                foreach (var held in term.Open.ToList())
                    broker.Settlement.Release(held);
            }
        );
    }

    private void Count(Lane lane, ReceiveMode mode, long first, long last)
    {
        if (first == 0)
            return;
        if (mode == ReceiveMode.PeekLock)
            broker.Waiting.CountDelivery(lane.Queue.Place, MessageState.Active, lane.Key, first, last);
        else
            broker.Waiting.Delete(lane.Queue.Place, MessageState.Active, lane.Key, first, last);
    }

    private long LockEnd(Lane lane) => broker.Now + lane.Queue.Settings.LockDuration.Ticks;
}
