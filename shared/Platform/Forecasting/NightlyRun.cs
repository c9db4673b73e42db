using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Forecasting;

/// <summary>When the nightly run is due.</summary>
public static class NightlyRun
{
    /// <summary>The maximum delay of the start: a short outage at that time is made up for, a start at noon is not.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromHours(1);

    /// <summary>Who starts it, as its row says.</summary>
    public const string By = "timer";

    /// <summary>Within an hour from its time on, unless the timer has begun one since.</summary>
    /// <param name="at">Its time of day, UTC.</param>
    /// <param name="now">The moment.</param>
    /// <param name="runs">The newest runs.</param>
    public static bool IsDue(TimeOnly at, DateTimeOffset now, IEnumerable<RunRecord> runs)
    {
        var due = new DateTimeOffset(DateOnly.FromDateTime(now.UtcDateTime), at, TimeSpan.Zero);
        if (due > now)
            due -= TimeSpan.FromDays(1);
        return now - due < Late && !runs.Any(r => r.By == By && r.StartedAt >= due);
    }
}
