using System.Globalization;
using System.Text.Json;

namespace Stockgate.Domain.Ingest.Mapping;

/// <summary>
/// A time out of a source: <c>{"format": "dd/MM/yyyy HH:mm", "zone": "Europe/London"}</c>. The format is <c>iso</c> (the default),
/// <c>unix</c> (seconds), <c>unix-ms</c>, or a .NET date and time format; the zone, an IANA name, holds where the text has no offset.
/// A time that two hours share in autumn is the later one; one that spring leaves out is none.
/// </summary>
internal sealed class MappingTime(string format, TimeZoneInfo zone)
{
    public static readonly MappingTime Default = new("iso", TimeZoneInfo.Utc);

    private const int LongestFormat = 40;

    public static MappingTime Read(MappingMember member)
    {
        member.Only("format", "zone");
        var format = member.Find("format")?.Text() ?? "iso";
        if (format.Length is 0 or > LongestFormat)
            throw member.Wrong($"has a format of {format.Length} characters; give 1 to {LongestFormat}");
        return new MappingTime(format, member.Find("zone") is { } zone ? ZoneOf(zone) : TimeZoneInfo.Utc);
    }

    /// <returns>Null where it is no such time.</returns>
    public DateTimeOffset? Of(JsonElement element)
    {
        var text = element.ToString().Trim();
        if (format is "unix" or "unix-ms")
            return FromUnix(text, format == "unix" ? 1_000 : 1);
        if (format == "iso")
            return HasOffset(text) ? Parsed(Moment.TryParse(text, out var time), time) : Local(text, isoOnly: true);
        return Local(text, isoOnly: false);
    }

    private static DateTimeOffset? FromUnix(string text, int milliseconds) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() / milliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(number * milliseconds))
            : null;

    private DateTimeOffset? Local(string text, bool isoOnly)
    {
        if (isoOnly ? !Moment.TryParse(text, out var utc) : !TryExact(text, out utc))
            return null;
        var local = DateTime.SpecifyKind(utc.UtcDateTime, DateTimeKind.Unspecified);
        return zone.IsInvalidTime(local) ? null : new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    private bool TryExact(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    // Behind the date, whose own hyphens are no offset.
    private static bool HasOffset(string text) => text.Length > 16 && (text[^1] is 'Z' or 'z' || text.AsSpan(11).IndexOfAny('+', '-') >= 0);

    private static DateTimeOffset? Parsed(bool isTime, DateTimeOffset time) => isTime ? time : null;

    private static TimeZoneInfo ZoneOf(MappingMember zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone.Text(), out var found)
            ? found
            : throw zone.Wrong($"is '{zone.Text()}', which is not a time zone such as Europe/London");
}
