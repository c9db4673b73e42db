using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions;

/// <summary>When a promotion runs, as the merchandiser's wall clock shows it.</summary>
public sealed record PromotionWindow
{
    /// <summary>First moment, local; without an offset.</summary>
    public required DateTime Start { get; init; }

    /// <summary>First moment after it, local; without an offset. A date alone means the end of that day.</summary>
    [JsonConverter(typeof(EndOfWindowConverter))]
    public required DateTime End { get; init; }

    /// <summary>IANA id, such as <c>Europe/London</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>
    /// The instants meant. A local time that the clocks skip moves forward by the gap (RFC 5545, 3.3.5: 01:30 on the last Sunday of March
    /// in London is 02:30 BST). Of a local time that comes twice the start takes the earlier instant and the end the later, so that the
    /// promotion covers every minute that its posters name.
    /// </summary>
    public UtcWindow Resolve(TimeZoneInfo zone) => new(Instants(Start, zone)[0], Instants(End, zone)[^1]);

    /// <summary>
    /// The instants at which the zone's clocks show a time, in order: one or two; where they skip it, the one that it moves to.
    /// </summary>
    private static DateTimeOffset[] Instants(DateTime local, TimeZoneInfo zone)
    {
        // Offsets are requested at instants a day off, on either side of any shift nearby; what the framework says about skipped local
        // times differs between zones and platforms.
        var asUtc = new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), TimeSpan.Zero);
        var (before, after) = (zone.GetUtcOffset(asUtc.AddDays(-1)), zone.GetUtcOffset(asUtc.AddDays(1)));
        var shown = new[] { asUtc - before, asUtc - after }
            .Distinct()
            .Where(instant => instant + zone.GetUtcOffset(instant) == asUtc)
            .Order()
            .ToArray();
        // The offset of before the gap, applied within it, shows as the time moved forward by the gap.
        return shown.Length > 0 ? shown : [asUtc - before];
    }

    internal void Check(Findings findings)
    {
        var local = Local("window.start", Start, findings) & Local("window.end", End, findings);
        if (!TimeZones.TryFind(TimeZone, out var zone))
            findings.Add("window.timeZone", $"'{TimeZone}' is not known; give an IANA time zone id such as Europe/London");
        if (!local)
            return;
        // Where the zone is unknown, the clock's own difference is the best there is to say.
        var length = zone is null ? End - Start : Resolve(zone).Length;
        if (End <= Start || length <= TimeSpan.Zero)
            findings.Add("window.end", "is not after start; give a later end (a clock change may skip an hour in between)");
        else if (length < PromotionLimits.ShortestWindow)
            findings.Add(
                "window.end",
                $"is {length.TotalSeconds} seconds after start; give at least {PromotionLimits.ShortestWindow.TotalMinutes} minute"
            );
        else if (length > PromotionLimits.LongestWindow)
            findings.Add(
                "window.end",
                $"is {length.TotalDays:0.#} days after start; give at most {PromotionLimits.LongestWindow.TotalDays} days"
            );
    }

    private static bool Local(string field, DateTime time, Findings findings)
    {
        if (time.Kind != DateTimeKind.Unspecified)
            findings.Add(field, "has an offset; give the local time without one, such as 2026-03-29T09:00:00, and its timeZone");
        else if (time.Year is < PromotionLimits.FirstYear or >= PromotionLimits.LastYear)
            findings.Add(field, $"is in {time.Year}; give a year from {PromotionLimits.FirstYear} to {PromotionLimits.LastYear - 1}");
        else
            return true;
        return false;
    }
}
