using System.Diagnostics.CodeAnalysis;

namespace Stockgate.Domain.Promotions;

/// <summary>Finds a time zone by its IANA id.</summary>
public static class TimeZones
{
    /// <returns>Whether this machine's time zone data has the zone. Windows' names are not taken: mapping them is a guess about a
    /// country, and a wrong guess launches at the wrong hour.</returns>
    public static bool TryFind(string? id, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        // An id names a file where time zones are files: nothing that leads out of their folder, and "localtime" would be another zone on
        // every machine.
        if (
            string.IsNullOrWhiteSpace(id)
            || id.Contains("..", StringComparison.Ordinal)
            || id[0] is '/' or '\\'
            || id.Equals("localtime", StringComparison.OrdinalIgnoreCase)
            || Identifier.Mistake(id) is not null
        )
            return false;
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out zone) && zone.HasIanaId;
    }
}
