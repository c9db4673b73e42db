using System.Globalization;
using NCrontab;
using Stockgate.Local.Host.Settings;

namespace Stockgate.Local.Host.Timers;

/// <summary>When a timer is due: an NCRONTAB expression of five or six fields (UTC), or a fixed interval such as 00:05:00.</summary>
internal sealed class TimerSchedule
{
    private readonly CrontabSchedule? cron;
    private readonly TimeSpan interval;

    private TimerSchedule(CrontabSchedule? cron, TimeSpan interval) => (this.cron, this.interval) = (cron, interval);

    /// <exception cref="HostFault">The text is neither.</exception>
    public static TimerSchedule Parse(string text)
    {
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && text.Contains(':') && interval > TimeSpan.Zero)
            return new TimerSchedule(null, interval);
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        var options = new CrontabSchedule.ParseOptions { IncludingSeconds = fields == 6 };
        return fields is 5 or 6 && CrontabSchedule.TryParse(text, options) is { } cron
            ? new TimerSchedule(cron, default)
            : throw new HostFault(
                $"'{text}' is not a schedule: six fields (second minute hour day month weekday, such as \"0 */5 * * * *\") "
                    + "or an interval (\"00:05:00\")"
            );
    }

    /// <summary>The first time after <paramref name="after"/>.</summary>
    public DateTimeOffset Next(DateTimeOffset after) =>
        cron is null
            ? after + interval
            : new DateTimeOffset(DateTime.SpecifyKind(cron.GetNextOccurrence(after.UtcDateTime), DateTimeKind.Utc));
}
