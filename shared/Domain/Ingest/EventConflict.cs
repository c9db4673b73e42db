using Stockgate.Domain.Operations;

namespace Stockgate.Domain.Ingest;

/// <summary>An event whose id is known for something else. What was said first stands, and people are told.</summary>
public static class EventConflict
{
    public const string ExceptionType = "event-conflict";

    /// <summary>One exception for a channel and a type of event, however many there are.</summary>
    /// <param name="header">The later one's.</param>
    /// <param name="type">The event's type.</param>
    /// <param name="subject">What it is about: <c>order 1001</c>.</param>
    /// <param name="now">Our clock.</param>
    public static OperationException Exception(EventHeader header, string type, string subject, DateTimeOffset now) =>
        new()
        {
            Type = ExceptionType,
            Subject = $"channel {header.Channel}",
            Failure = $"{type}: an id came again with another content",
            FirstSeenAt = now,
            LastSeenAt = now,
            Owner = "integration",
            Sla = TimeSpan.FromHours(4),
            RecommendedAction =
                $"Event {header.Id} of {header.Source}, about {subject}, was known for something else; what was said first stands. "
                + "Have the sender give every event an id of its own, and send what holds again under a new one.",
        };
}
