using System.Globalization;
using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Tests.Promotions;

public class PromotionWindowTests
{
    private static UtcWindow Of(string start, string end, string zone = "Europe/London")
    {
        Assert.True(TimeZones.TryFind(zone, out var found));
        return new PromotionWindow
        {
            Start = Local(start),
            End = Local(end),
            TimeZone = zone,
        }.Resolve(found);
    }

    private static DateTime Local(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    [Theory]
    [InlineData("Europe/London", "2026-01-10T09:00", "2026-01-10T09:00")]
    [InlineData("Europe/London", "2026-06-10T09:00", "2026-06-10T08:00")]
    [InlineData("America/New_York", "2026-01-10T09:00", "2026-01-10T14:00")]
    [InlineData("Asia/Tokyo", "2026-07-10T09:00", "2026-07-10T00:00")]
    // London skips 01:00 to 02:00 on 29 March.
    [InlineData("Europe/London", "2026-03-29T00:59", "2026-03-29T00:59")]
    [InlineData("Europe/London", "2026-03-29T01:00", "2026-03-29T01:00")]
    [InlineData("Europe/London", "2026-03-29T01:30", "2026-03-29T01:30")]
    [InlineData("Europe/London", "2026-03-29T02:00", "2026-03-29T01:00")]
    [InlineData("Europe/London", "2026-03-29T02:30", "2026-03-29T01:30")]
    // It has 01:00 to 02:00 twice on 25 October: the first is British Summer Time.
    [InlineData("Europe/London", "2026-10-25T00:59", "2026-10-24T23:59")]
    [InlineData("Europe/London", "2026-10-25T01:30", "2026-10-25T00:30")]
    [InlineData("Europe/London", "2026-10-25T02:00", "2026-10-25T02:00")]
    // New York skips 02:00 to 03:00 on 8 March and repeats 01:00 to 02:00 on 1 November.
    [InlineData("America/New_York", "2026-03-08T02:30", "2026-03-08T07:30")]
    [InlineData("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30")]
    // Lord Howe moves by half an hour; Apia skipped a whole day.
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45")]
    [InlineData("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00")]
    public void A_start_is_this_instant(string zone, string local, string utc) =>
        Assert.Equal(Utc(utc), Of(local, "2027-01-01T00:00", zone).Start);

    [Theory]
    [InlineData("Europe/London", "2026-03-29T01:30", "2026-03-29T01:30")]
    [InlineData("Europe/London", "2026-10-25T01:00", "2026-10-25T01:00")]
    [InlineData("Europe/London", "2026-10-25T01:30", "2026-10-25T01:30")]
    [InlineData("Europe/London", "2026-10-25T02:00", "2026-10-25T02:00")]
    [InlineData("America/New_York", "2026-11-01T01:30", "2026-11-01T06:30")]
    [InlineData("America/New_York", "2026-06-30T00:00", "2026-06-30T04:00")]
    public void An_end_is_this_instant(string zone, string local, string utc) =>
        Assert.Equal(Utc(utc), Of("2026-01-01T00:00", local, zone).End);

    [Fact]
    public void Instants_are_in_utc() =>
        Assert.Equal(
            (TimeSpan.Zero, TimeSpan.Zero),
            (Of("2026-06-01T00:00", "2026-06-02T00:00").Start.Offset, Of("2026-06-01T00:00", "2026-06-02T00:00").End.Offset)
        );

    [Fact]
    public void Every_local_time_that_is_shown_resolves_to_an_instant_that_shows_it() =>
        Prop.ForAll(
                (
                    from zone in Gen.Elements(
                        "Europe/London",
                        "America/New_York",
                        "Australia/Lord_Howe",
                        "Africa/Casablanca",
                        "Europe/Dublin"
                    )
                    from minutes in Gen.Choose(0, 2 * 366 * 24 * 60)
                    select (zone, minutes)
                ).ToArbitrary(),
                static x =>
                {
                    Assert.True(TimeZones.TryFind(x.zone, out var zone));
                    var local = new DateTime(2025, 7, 1).AddMinutes(x.minutes);
                    var window = new PromotionWindow
                    {
                        Start = local,
                        End = local,
                        TimeZone = x.zone,
                    }.Resolve(zone);
                    // The clock itself is asked, minute by minute: what the framework calls ambiguous or invalid is not right for zones
                    // whose summer time goes back, such as Morocco's.
                    var showing = Enumerable
                        .Range(-15 * 60, 30 * 60)
                        .Select(minute => new DateTimeOffset(local.AddMinutes(minute), TimeSpan.Zero))
                        .Where(instant => TimeZoneInfo.ConvertTime(instant, zone).DateTime == local)
                        .ToList();
                    return showing.Count > 0
                        ? (window.Start, window.End) == (showing[0], showing[^1])
                        : TimeZoneInfo.ConvertTime(window.Start, zone).DateTime > local;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_window_holds_its_start_and_not_its_end()
    {
        var window = Of("2026-01-10T09:00", "2026-01-10T10:00");
        Assert.True(window.Contains(window.Start));
        Assert.False(window.Contains(window.End));
        Assert.False(window.Contains(window.Start.AddTicks(-1)));
    }

    [Theory]
    [InlineData("2026-01-10T10:00", "2026-01-10T11:00", false)]
    [InlineData("2026-01-10T08:00", "2026-01-10T09:00", false)]
    [InlineData("2026-01-10T09:59", "2026-01-10T11:00", true)]
    [InlineData("2026-01-10T09:10", "2026-01-10T09:20", true)]
    [InlineData("2026-01-10T08:00", "2026-01-10T12:00", true)]
    public void Windows_that_touch_do_not_overlap(string start, string end, bool overlap)
    {
        var (one, other) = (Of("2026-01-10T09:00", "2026-01-10T10:00"), Of(start, end));
        Assert.Equal((overlap, overlap), (one.Overlaps(other), other.Overlaps(one)));
    }

    [Fact]
    public void A_channel_is_sent_its_prices_ahead()
    {
        var window = Of("2026-01-10T09:00", "2026-01-10T10:00");
        Assert.Equal(Utc("2026-01-10T08:45"), window.LaunchAt(TimeSpan.FromMinutes(15)));
        Assert.Throws<ArgumentOutOfRangeException>(() => window.LaunchAt(TimeSpan.FromMinutes(-1)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Mars/Olympus")]
    [InlineData("Europe")]
    [InlineData("zone.tab")]
    [InlineData("localtime")]
    [InlineData("GMT Standard Time")]
    [InlineData("/etc/localtime")]
    [InlineData("../zoneinfo/UTC")]
    [InlineData("Europe/London\0")]
    public void Other_texts_are_no_zones(string? id) => Assert.False(TimeZones.TryFind(id, out _));
}
