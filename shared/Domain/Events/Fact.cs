namespace Stockgate.Domain.Events;

/// <summary>A statement with its source and time.</summary>
public sealed record Fact<T>(ChannelId Channel, LevelVersion Version, T Said)
{
    public DateTimeOffset At => Version.OccurredAt;
}

/// <summary>Tells a repeat of an event from another event under its id.</summary>
public static class Repeat
{
    /// <summary>True if the event has a known event's id but different content or time.</summary>
    /// <param name="header">The event's.</param>
    /// <param name="said">What it says.</param>
    /// <param name="known">The version of what is known; null if nothing is.</param>
    /// <param name="knownSaid">What is known.</param>
    // What a sender may write differently, such as the order of members, is no difference; nor is the sequence, which
    // is ours where the sender has none.
    public static bool Contradicts(EventHeader header, ChannelEvent said, LevelVersion? known, ChannelEvent? knownSaid) =>
        known is { } version
        && version.Source == header.Source
        && version.Id == header.Id
        && (
            version.OccurredAt != header.OccurredAt
            || knownSaid is null
            || !EventTypes.TextOf(said).AsSpan().SequenceEqual(EventTypes.TextOf(knownSaid))
        );
}
