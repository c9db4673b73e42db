using Stockgate.Local.ServiceBus.Content;
using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>Settles messages: by their receiver, or on expiry of the lock or the time to live.</summary>
internal sealed class Settlement(Broker broker)
{
    public static long Expiry(long now, TimeSpan life) => life.Ticks >= DateTimeOffset.MaxValue.UtcTicks - now ? 0 : now + life.Ticks;

    /// <summary>The lock a receiver settles by.</summary>
    public static MessageLock Find(Lane lane, SessionLock? session, Guid token)
    {
        if (session is { IsHeld: false })
            throw Sessions.Lost(lane);
        return TryFind(lane, token) ?? throw LockLost(lane);
    }

    public static MessageLock? TryFind(Lane lane, Guid token) =>
        lane.Locks.TryGetValue(LockToken.SequenceOf(token), out var held) && held.Token == token ? held : null;

    public static BrokerException LockLost(Lane lane) =>
        new(
            $"The lock supplied is invalid. Either the lock expired, or the message has already been removed from {lane.Queue.Path}.",
            BrokerFailure.MessageLockLost
        );

    /// <summary>Removes messages that are unlocked already. Neighbours go by one statement, however many they are.</summary>
    public void Complete(List<MessageLock> all)
    {
        all.Sort(static (a, b) => a.Sequence.CompareTo(b.Sequence));
        for (var first = 0; first < all.Count; )
        {
            var last = first;
            while (last + 1 < all.Count && all[last + 1].Previous == all[last].Sequence && all[last + 1].State == all[first].State)
                last++;
            Delete(all[first], all[last]);
            for (; first <= last; first++)
                Discard(all[first]);
        }
    }

    public void Abandon(MessageLock held, byte[]? changes)
    {
        Unlock(held);
        var row = held.Row with { Changes = PropertyChanges.Combine(held.Row.Changes, changes) };
        var queue = held.Lane.Queue;
        if (IsWornOut(queue, row))
        {
            MoveToDeadLetters(held.Lane, held.State, row, DeadLetterReasons.MaxDeliveryCountExceeded(row.Deliveries));
            return;
        }
        if (changes is not null)
            broker.Waiting.Change(queue.Place, held.State, held.Lane.Key, row.Sequence, row.Changes!);
        if (held.State != MessageState.Active)
            return;
        held.Lane.StepBackTo(held.Sequence);
        queue.Arrived(held.Lane);
    }

    public void DeadLetter(MessageLock held, byte[]? changes)
    {
        if (held.Lane.Queue.IsDeadLetter)
            throw new InvalidOperationException(
                "A message in the dead-letter sub-queue cannot be dead-lettered again; complete it, or send it again."
            );
        Unlock(held);
        MoveToDeadLetters(held.Lane, held.State, held.Row, changes);
    }

    public void Defer(MessageLock held, byte[]? changes)
    {
        Unlock(held);
        var (lane, place) = (held.Lane, held.Lane.Queue.Place);
        Delete(held, held);
        if (held.State == MessageState.Active)
            lane.Count--;
        var row = held.Row with { Changes = PropertyChanges.Combine(held.Row.Changes, changes) };
        broker.Waiting.Insert(place, MessageState.Deferred, lane.Key, row);
        lane.Queue.Forget(lane);
    }

    /// <summary>It never reached its receiver, or the receiver left: back in its old place, and the delivery does not count.</summary>
    public void GiveBack(MessageLock held)
    {
        Unlock(held);
        broker.Waiting.UncountDelivery(held.Lane.Queue.Place, held.State, held.Lane.Key, held.Sequence);
        if (held.State != MessageState.Active)
            return;
        held.Lane.StepBackTo(held.Sequence);
        held.Lane.Queue.Arrived(held.Lane);
    }

    /// <summary>Its lock is over: back in its old place, or to the dead letters when it was handed out often enough.</summary>
    public void Release(MessageLock held) => Abandon(held, null);

    public static bool IsWornOut(BrokerQueue queue, in WaitingRow row) =>
        !queue.IsDeadLetter && row.Deliveries >= queue.Settings.MaxDeliveryCount;

    /// <summary>Moves an unlocked message to the dead-letter queue.</summary>
    public void MoveToDeadLetters(Lane lane, MessageState state, in WaitingRow row, byte[]? changes)
    {
        Remove(lane, state, row);
        AddDeadLetter(lane.Queue, row, changes);
    }

    public void Expire(Lane lane, MessageState state, in WaitingRow row)
    {
        Remove(lane, state, row);
        if (lane.Queue.Settings.DeadLetteringOnMessageExpiration)
            AddDeadLetter(lane.Queue, row, DeadLetterReasons.Expired);
        else
            broker.Bodies.Free(row.Sequence);
    }

    public void AddDeadLetter(BrokerQueue queue, in WaitingRow row, byte[]? changes)
    {
        var letters = queue.DeadLetters!;
        // Dead letters wait for a person: they neither expire nor wear out.
        var dead = row with
        {
            ExpiresAt = 0,
            DueAt = 0,
            Changes = PropertyChanges.Combine(row.Changes, changes),
        };
        broker.Waiting.Insert(letters.Place, MessageState.Active, letters.Whole.Key, dead);
        letters.Whole.Count++;
        letters.Whole.StepBackTo(row.Sequence);
        letters.Arrived(letters.Whole);
    }

    /// <summary>Forgets the lock; the message stays where it is.</summary>
    public void Unlock(MessageLock held)
    {
        held.Lane.Locks.Remove(held.Sequence);
        if (held.State == MessageState.Active)
            held.Lane.Held--;
        if (held.Term is not { } term)
            return;
        term.Remove(held);
        if (term.IsOver)
            broker.Deadlines.CallOff(term.Deadline);
    }

    private void Remove(Lane lane, MessageState state, in WaitingRow row)
    {
        broker.Waiting.Delete(lane.Queue.Place, state, lane.Key, row.Sequence, row.Sequence);
        broker.Due.Delete(row.DueAt, row.Sequence);
        if (state == MessageState.Active)
            lane.Count--;
        lane.Queue.Forget(lane);
    }

    private void Delete(MessageLock first, MessageLock last) =>
        broker.Waiting.Delete(first.Lane.Queue.Place, first.State, first.Lane.Key, first.Sequence, last.Sequence);

    private void Discard(MessageLock held)
    {
        broker.Due.Delete(held.Row.DueAt, held.Sequence);
        broker.Bodies.Free(held.Sequence);
        if (held.State == MessageState.Active)
            held.Lane.Count--;
        held.Lane.Queue.Forget(held.Lane);
    }
}
