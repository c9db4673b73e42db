using Stockgate.Domain.Events;
using Stockgate.Domain.Operations;

namespace Stockgate.Domain.Ingest;

/// <summary>An event id reused with different content. The first content stays in force and an exception is opened.</summary>
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
            Failure = $"{type}: an id was reused with different content",
            FirstSeenAt = now,
            LastSeenAt = now,
            Owner = "integration",
            Sla = TimeSpan.FromHours(4),
            RecommendedAction =
                $"Event {header.Id} of {header.Source}, about {subject}, was accepted before with different content; the first content stays in force. "
                + "Have the sender use a new id for every event and resend the valid content under a new id.",
        };
}
