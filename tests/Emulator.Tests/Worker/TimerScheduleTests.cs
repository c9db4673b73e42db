using System.Globalization;
using Stockgate.Emulator.Worker.Timers;

namespace Stockgate.Emulator.Tests.Worker;

public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("0 */5 * * * *", "2026-03-01T08:00:00Z", "2026-03-01T08:05:00Z")]
    [InlineData("*/15 * * * * *", "2026-03-01T08:00:00.4Z", "2026-03-01T08:00:15Z")]
    [InlineData("0 30 6 * * MON-FRI", "2026-02-27T06:30:00Z", "2026-03-02T06:30:00Z")]
    [InlineData("30 6 * * *", "2026-03-01T06:30:00Z", "2026-03-02T06:30:00Z")]
    [InlineData("0 0 0 29 2 *", "2026-03-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 9 * * *", "2026-03-01T09:30:00+02:00", "2026-03-01T09:00:00Z")]
    [InlineData("00:05:00", "2026-03-01T08:01:00Z", "2026-03-01T08:06:00Z")]
    public void Next_is_the_first_time_after(string schedule, string after, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next, CultureInfo.InvariantCulture), TimerSchedule.Parse(schedule).Next(DateTimeOffset.Parse(after, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("")]
    [InlineData("every morning")]
    [InlineData("* * * *")]
    [InlineData("0 61 * * * *")]
    [InlineData("0 0 0 * * * *")]
    [InlineData("00:00:00")]
    [InlineData("-00:05:00")]
    [InlineData("5")]
    public void What_is_no_schedule_is_refused_by_its_text(string schedule) =>
        Assert.Contains($"'{schedule}' is not a schedule", Assert.Throws<InvalidOperationException>(() => TimerSchedule.Parse(schedule)).Message);
}
