namespace Stockgate.Domain.Events;

/// <summary>The identity, source and time of an event, by which events are ordered.</summary>
/// <param name="Channel">The channel that delivered it.</param>
/// <param name="Source">CloudEvents <c>source</c>: the system that it happened in. Source and id together are unique.</param>
/// <param name="Id">CloudEvents <c>id</c>.</param>
/// <param name="OccurredAt">CloudEvents <c>time</c>.</param>
/// <param name="Sequence">CloudEvents extension <c>sequence</c>: orders events of one moment; 0 where the source has none.</param>
public sealed record EventHeader(ChannelId Channel, string Source, string Id, DateTimeOffset OccurredAt, long Sequence)
{
    /// <summary>What tells this event from every other one.</summary>
    // A source may hold a # too: without the escape, "a#b" with id "c" and "a" with id "b#c" would be one event.
    public string Key => $"{Source.Replace("%", "%25", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal)}#{Id}";

    public LevelVersion Version => new(OccurredAt, Sequence, Source, Id);

    /// <summary>The header of an event that is kept with its version.</summary>
    public static EventHeader Of(ChannelId channel, LevelVersion version) =>
        new(channel, version.Source, version.Id, version.OccurredAt, version.Sequence);
}

/// <summary>
/// The age of a level (a stock count, a price, a product's data). Compared by time, then sequence, then source and id, so that of two
/// levels the same one wins on every machine and in every order of arrival.
/// </summary>
public readonly record struct LevelVersion(DateTimeOffset OccurredAt, long Sequence, string Source, string Id) : IComparable<LevelVersion>
{
    public int CompareTo(LevelVersion other)
    {
        var order = OccurredAt.CompareTo(other.OccurredAt);
        if (order == 0)
            order = Sequence.CompareTo(other.Sequence);
        if (order == 0)
            order = string.CompareOrdinal(Source, other.Source);
        return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
    }

    /// <summary>True if this level may take the other's place.</summary>
    public bool IsNewerThan(LevelVersion? other) => other is not { } version || CompareTo(version) > 0;
}
