namespace Stockgate.EndToEnd.Tests.Promotions;

/// <summary>
/// Windows at the hours that clocks skip or show twice, as they are kept. Europe/London changes at 01:00 UTC on the last Sunday of March
/// and of October.
/// </summary>
[Collection(ToldWorld.Name)]
public class DaylightTests(ToldWorld world)
{
    [Theory]
    // 01:30 is not on any clock that night: it is the instant that 02:30 shows; 05:00 BST is an hour earlier than 05:00 UTC.
    [InlineData(3, "01:30", "05:00", "01:30", "04:00")]
    // 01:30 comes twice: the start is the first of them, the end the second.
    [InlineData(10, "01:30", "05:00", "00:30", "05:00")]
    [InlineData(10, "00:30", "01:30", "23:30", "01:30")]
    public async Task A_window_at_a_clock_change_is_kept_as_the_instants_meant(
        int month,
        string from,
        string to,
        string startsAt,
        string endsAt
    )
    {
        var sku = await world.ItemAsync();
        var sunday = LastSunday(TimeProvider.System.GetUtcNow().Year + 1, month);
        var request = PromotionWorld.Request([sku]);
        request["window"] = new
        {
            start = $"{sunday:yyyy-MM-dd}T{from}:00",
            end = $"{sunday:yyyy-MM-dd}T{to}:00",
            timeZone = "Europe/London",
        };
        var id = await world.PostAsync(request);
        await world.UntilAsync(id, "AwaitingApproval");
        var promotion = (await world.Running.ReadAsync($"promotions/{id}")).GetProperty("promotion");
        // 23:30 is on the evening before.
        var startDay = startsAt == "23:30" ? sunday.AddDays(-1) : sunday;
        Assert.Equal(
            new DateTimeOffset(
                startDay.ToDateTime(TimeOnly.Parse(startsAt, System.Globalization.CultureInfo.InvariantCulture)),
                TimeSpan.Zero
            ),
            promotion.GetProperty("start").GetDateTimeOffset()
        );
        Assert.Equal(
            new DateTimeOffset(sunday.ToDateTime(TimeOnly.Parse(endsAt, System.Globalization.CultureInfo.InvariantCulture)), TimeSpan.Zero),
            promotion.GetProperty("end").GetDateTimeOffset()
        );
        await world.IsOwnedAsync(id);
        await world.CommandAsync(id, "Cancel");
        await world.IsOverAsync(id, "Cancelled", sku, 20);
    }

    private static DateOnly LastSunday(int year, int month)
    {
        var day = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
        return day.AddDays(-(int)day.DayOfWeek);
    }
}
