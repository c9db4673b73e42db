using System.Globalization;

namespace Stockgate.Domain;

/// <summary>Reads the time of an event.</summary>
internal static class Moment
{
    /// <summary>A date and a time of day as in RFC 3339; one without an offset is UTC.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        // The framework also accepts partial times such as "10:00" and completes them from the local clock, so they are refused.
        return text is { Length: >= 16 and <= 64 }
            && text[4] == '-'
            && text[7] == '-'
            && text[10] is 'T' or 't' or ' '
            && text[13] == ':'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    /// <returns>Why nothing can have happened then, to be shown to the sender; null if it can.</returns>
    public static string? Mistake(DateTimeOffset time, DateTimeOffset now) =>
        time > now + Limits.Future ? $"is {time:O}, more than {Limits.Future.TotalHours} hours ahead of {now:O}"
        : time < Limits.Earliest ? $"is {time:O}; the earliest time is {Limits.Earliest:O}"
        : time < now - Limits.Past ? $"is {time:O}, more than {Limits.Past.TotalDays / 365.25:0} years before {now:O}"
        : null;
}
