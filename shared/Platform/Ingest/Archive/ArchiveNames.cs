using System.Globalization;
using Stockgate.Domain;

namespace Stockgate.Platform.Ingest.Archive;

/// <summary>
/// Names in the container <c>deliveries</c>: <c>CHANNEL/2026-12-01/1405-INSTANCE-1.gz</c> is what one instance wrote in the five minutes
/// from 14:05, and <c>CHANNEL/2026-12-01/14.gz</c> what all wrote in that hour, put together later.
/// </summary>
internal static class ArchiveNames
{
    public const string Container = "deliveries";

    /// <summary>The container of bodies that are too large to stand beside their delivery.</summary>
    public const string Bodies = "delivery-bodies";

    private const string Day = "yyyy-MM-dd";

    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(5);

    public static DateTimeOffset SlotOf(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % Slot.Ticks, TimeSpan.Zero);

    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);

    public static string Prefix(ChannelId channel) => $"{Uri.EscapeDataString(channel.Value)}/";

    public static string OfSegment(ChannelId channel, DateTimeOffset slot, string writer) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix(channel)}{slot:yyyy-MM-dd}/{slot:HHmm}-{writer}.gz");

    public static string OfHour(ChannelId channel, DateTimeOffset hour) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix(channel)}{hour:yyyy-MM-dd}/{hour:HH}.gz");

    public static string OfBody(ChannelId channel, DateTimeOffset at, string delivery) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix(channel)}{at:yyyy-MM-dd}/{delivery}.gz");

    /// <summary>The hour that a name belongs to; null for a name of another form.</summary>
    public static DateTimeOffset? HourIn(string name) =>
        DayIn(name) is { } day
        && name.AsSpan(name.LastIndexOf('/') + 1) is { Length: > 2 } file
        && int.TryParse(file[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
        && hour < 24
            ? day.AddHours(hour)
            : null;

    /// <summary>The day that a name or a body's name belongs to; null for a name of another form.</summary>
    public static DateTimeOffset? DayIn(string name)
    {
        var parts = name.Split('/');
        return parts.Length == 3 && DateOnly.TryParseExact(parts[1], Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)
            : null;
    }

    /// <summary>The channel of a prefix of the container's.</summary>
    public static ChannelId ChannelOf(string prefix) => new(Uri.UnescapeDataString(prefix.TrimEnd('/')));

    /// <summary>The lowest id that a delivery of a time can have.</summary>
    public static string FirstIdAt(DateTimeOffset at) =>
        at.ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture) + new string('0', 20);

    /// <summary>When a delivery came in by its id; null where it is no id.</summary>
    public static DateTimeOffset? TimeOf(string id) =>
        Guid.TryParseExact(id, "N", out _)
        && long.TryParse(id.AsSpan(0, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
