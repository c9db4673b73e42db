namespace Stockgate.Domain.Forecasting.History;

/// <summary>
/// The daily sales of many SKUs and locations on the same days, and the calendar up to the end of the horizon. What every model learns
/// from.
/// </summary>
public sealed class SalesHistory
{
    /// <param name="first">The first day.</param>
    /// <param name="days">Days that are known, at least 1.</param>
    /// <param name="horizon">Days to be forecast, at least 1.</param>
    /// <param name="calendar">One for every known day and every day of the horizon, in order; may go on after that.</param>
    /// <param name="series">Each with at least <paramref name="days"/> units and as many prices and marks as there are days in all; may
    /// have more.</param>
    /// <exception cref="ArgumentException">The parts don't fit together.</exception>
    public SalesHistory(DateOnly first, int days, int horizon, IReadOnlyList<CalendarDay> calendar, IReadOnlyList<SalesSeries> series)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (calendar.Count < days + horizon)
            throw new ArgumentException(
                $"The calendar has {calendar.Count} days; the history and its horizon need {days + horizon}.",
                nameof(calendar)
            );
        if (calendar[0].Date != first)
            throw new ArgumentException(
                $"The calendar begins on {calendar[0].Date:yyyy-MM-dd}, the history on {first:yyyy-MM-dd}.",
                nameof(calendar)
            );
        foreach (var s in series)
            if (s.Units.Length < days || s.Prices.Length < days + horizon || s.Marks.Length < days + horizon)
                throw new ArgumentException(
                    $"{s.Key} has {s.Units.Length} units, {s.Prices.Length} prices and {s.Marks.Length} marks; {days}, {days + horizon} and {days + horizon} are needed.",
                    nameof(series)
                );
        (First, Days, Horizon, Calendar, Series) = (first, days, horizon, calendar, series);
    }

    public DateOnly First { get; }

    /// <summary>The number of known days. The arrays of the series may be longer; later entries must not be used.</summary>
    public int Days { get; }

    /// <summary>Days to be forecast.</summary>
    public int Horizon { get; }

    public DateOnly Last => First.AddDays(Days - 1);

    public IReadOnlyList<CalendarDay> Calendar { get; }

    public IReadOnlyList<SalesSeries> Series { get; }

    /// <summary>The history as it was known after its first days: what a backtest learns from. Nothing is copied.</summary>
    /// <param name="days">At least 1, at most <see cref="Days"/>.</param>
    public SalesHistory Until(int days)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, Days);
        return new SalesHistory(First, days, Horizon, Calendar, Series);
    }
}
