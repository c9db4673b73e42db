namespace Stockgate.Domain.Forecasting.Files;

/// <summary>A day with a planner's entry.</summary>
/// <param name="Date">The day, UTC.</param>
/// <param name="Events">Names of events; the same name every year.</param>
/// <param name="Tags">Kinds of days that come often.</param>
/// <param name="Closed">Locations that are closed; <c>*</c> is all of them.</param>
public sealed record PlannedDay(DateOnly Date, IReadOnlyList<string> Events, IReadOnlyList<string> Tags, IReadOnlySet<string> Closed)
{
    public bool IsClosed(LocationId location) => Closed.Contains("*") || Closed.Contains(location.Value);
}

/// <summary>
/// The calendar that planners keep: <c>calendar.csv</c> with the columns <c>date,events,tags,closed_locations</c>; several names in one
/// field stand between semicolons. Days without a row have no event.
/// </summary>
public static class CalendarFile
{
    public const string Name = "calendar.csv";

    /// <summary>Longest file, in bytes.</summary>
    public const int MostBytes = 1024 * 1024;

    private const int MostDays = 20_000,
        MostNames = 200,
        LongestName = 64;

    /// <exception cref="HistoryFileException">The text is invalid or exceeds a limit.</exception>
    public static Dictionary<DateOnly, PlannedDay> Read(string text)
    {
        var (rows, days) = (new CsvRows(Name, text, "date", "events", "tags", "closed_locations"), new Dictionary<DateOnly, PlannedDay>());
        while (rows.Next())
        {
            if (days.Count == MostDays)
                throw rows.Fault($"exceeds the limit of {MostDays} days.");
            var day = new PlannedDay(rows.Day(0), Names(rows, 1), Names(rows, 2), Names(rows, 3).ToHashSet(StringComparer.Ordinal));
            if (!days.TryAdd(day.Date, day))
                throw rows.Fault(
                    $"{day.Date:yyyy-MM-dd} is a duplicate date; put all events of a day on one line, separated by semicolons."
                );
        }
        return days;
    }

    private static string[] Names(CsvRows rows, int column)
    {
        var names = rows[column].ToString().Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length > MostNames)
            throw rows.Fault($"has {names.Length} names in one field; at most {MostNames} are allowed.");
        foreach (var name in names)
            if (name.Length > LongestName && column < 3 || Identifier.Mistake(name) is not null)
                throw rows.Fault(
                    $"'{(name.Length > 20 ? name[..20] + "…" : name)}' is not a name of 1 to {LongestName} characters without control characters."
                );
        return names;
    }
}
