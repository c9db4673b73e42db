namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>A scheduled callback that can be cancelled: a lock that runs out, a wait that ends.</summary>
internal sealed class Deadline(long at, long number, Action expire)
{
    public long At => at;

    public long Number => number;

    public void Expire() => expire();
}

/// <summary>In-memory schedule of the broker. Only the writer's thread touches it.</summary>
internal sealed class Deadlines
{
    private readonly SortedSet<Deadline> _deadlines = new(
        Comparer<Deadline>.Create((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.Number.CompareTo(b.Number))
    );

    private long _number;

    public long Next => _deadlines.Min?.At ?? long.MaxValue;

    public Deadline Add(long at, Action expire)
    {
        var deadline = new Deadline(at, ++_number, expire);
        _deadlines.Add(deadline);
        return deadline;
    }

    public void CallOff(Deadline? deadline)
    {
        if (deadline is not null)
            _deadlines.Remove(deadline);
    }

    public void Expire(long now)
    {
        while (_deadlines.Min is { } first && first.At <= now)
        {
            _deadlines.Remove(first);
            first.Expire();
        }
    }
}
