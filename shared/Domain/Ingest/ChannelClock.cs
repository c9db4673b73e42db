using Stockgate.Domain.Operations;

namespace Stockgate.Domain.Ingest;

/// <summary>Reports a channel with impossible event times (a wrong clock) as one exception, regardless of the number of records.</summary>
public static class ChannelClock
{
    public const string ExceptionType = "channel-clock";

    /// <param name="channel">Whose clock it is.</param>
    /// <param name="first">The first record's rejection.</param>
    /// <param name="count">Records.</param>
    /// <param name="now">Our clock.</param>
    public static OperationException Exception(ChannelId channel, Rejection first, int count, DateTimeOffset now) =>
        new()
        {
            Type = ExceptionType,
            Subject = $"channel {channel}",
            Failure = "its clock is wrong",
            Count = count,
            FirstSeenAt = now,
            LastSeenAt = now,
            Owner = "integration",
            Sla = TimeSpan.FromHours(1),
            RecommendedAction =
                $"{first.Field} {first.Reason}. Have the clock of {channel} corrected, check "
                + $"GET /api/v1/quarantine?channel={Uri.EscapeDataString(channel.Value)}, and replay the records with corrected times.",
        };
}
