namespace Stockgate.Pages.Formats;

/// <summary>How long, how old, and how long is left.</summary>
public static class Durations
{
    /// <summary>In the largest unit of which there are two or more: 90 minutes, 36 hours, 3 days.</summary>
    public static string Of(TimeSpan span) =>
        span.TotalMinutes < 1 ? "less than a minute"
        : span.TotalHours < 2 && span.TotalMinutes != 60 ? Quantities.Of(Math.Floor((decimal)span.TotalMinutes), "minute")
        : span.TotalHours < 48 ? Quantities.Of(Math.Floor((decimal)span.TotalHours), "hour")
        : Quantities.Of(Math.Floor((decimal)span.TotalDays), "day");

    /// <summary>How old what was said at a moment is; a sender's clock that runs ahead makes it new, not negative.</summary>
    public static string Age(DateTimeOffset now, DateTimeOffset at) =>
        now - at < TimeSpan.FromMinutes(1) ? "just now" : $"{Of(now - at)} old";

    public static string Left(TimeSpan left) =>
        left switch
        {
            { TotalMinutes: < 1 } => "less than a minute left",
            { TotalHours: < 1 } => $"{Quantities.Of(left.Minutes, "minute")} left",
            { TotalDays: < 2 } => $"{(int)left.TotalHours} h {left.Minutes} min left",
            _ => $"{(int)left.TotalDays} days left",
        };
}
