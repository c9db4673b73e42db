namespace Stockgate.Domain.Promotions;

/// <summary>A promotion's time as instants: from <see cref="Start"/>, up to and without <see cref="End"/>, both in UTC.</summary>
public readonly record struct UtcWindow(DateTimeOffset Start, DateTimeOffset End)
{
    public TimeSpan Length => End - Start;

    public bool Contains(DateTimeOffset instant) => Start <= instant && instant < End;

    /// <summary>Whether there is an instant in both; windows that touch share none.</summary>
    public bool Overlaps(UtcWindow other) => Start < other.End && other.Start < End;

    /// <summary>When a channel must be sent the prices that it shows from <see cref="Start"/> on.</summary>
    /// <param name="lead">How long the channel takes to show a price, 0 or more.</param>
    public DateTimeOffset LaunchAt(TimeSpan lead)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lead, TimeSpan.Zero);
        return Start - lead;
    }
}
