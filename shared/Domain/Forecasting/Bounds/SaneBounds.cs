using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Bounds;

/// <summary>The kind of implausibility of a series' forecast.</summary>
public enum Breach
{
    None,

    /// <summary>A day is not a number, or infinite.</summary>
    NotFinite,

    /// <summary>A day is below 0.</summary>
    Negative,

    /// <summary>The mean of the horizon is above what the series ever came near to.</summary>
    MeanTooHigh,

    /// <summary>A single day is.</summary>
    DayTooHigh,
}

/// <summary>An implausible forecast.</summary>
/// <param name="Index">Place of the series in the history.</param>
/// <param name="Key">The series.</param>
/// <param name="Breach">What is wrong.</param>
/// <param name="Figure">The figure at fault, units a day.</param>
/// <param name="Limit">What it may be at most, units a day.</param>
public sealed record SeriesBreach(int Index, SeriesKey Key, Breach Breach, double Figure, double Limit)
{
    public string Words =>
        Breach switch
        {
            Breach.NotFinite => $"{Key}: a day of the forecast is not a number",
            Breach.Negative => $"{Key}: a day of the forecast is {Figure:0.##}, below 0",
            Breach.MeanTooHigh => $"{Key}: {Figure:0.##} a day on average; its history allows at most {Limit:0.##}",
            _ => $"{Key}: {Figure:0.##} on one day; its history allows at most {Limit:0.##}",
        };
}

/// <summary>Whether a method is eligible, regardless of its score.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Series">Series that it forecast.</param>
/// <param name="Breaches">The implausible series, in the history's order.</param>
/// <param name="MayWin">
/// False if it gave a figure that can't be, where more than one series in a hundred is not believed, or where the sum of all is not.
/// </param>
/// <param name="Words">The verdict for a planner.</param>
public sealed record MethodVerdict(string Method, int Series, IReadOnlyList<SeriesBreach> Breaches, bool MayWin, string Words);

/// <summary>
/// Checks that a forecast is plausible given the history, so that a diverging model can't be chosen by a lucky backtest. Finite and 0 or
/// more; the mean of the horizon at most three times the best four weeks of the last year, or its highest day where that is more (few sales
/// make four weeks a poor measure); no day above three times the highest. Together at most twice the best four weeks of all: series rise
/// alone, not all at once.
/// </summary>
public static class SaneBounds
{
    private const int Year = 365,
        Weeks = 28,
        FewestDays = 7;
    private const double OfMean = 3,
        OfDay = 3,
        OfAll = 2;

    /// <summary>What a series that hardly sold may be forecast anyway, units a day.</summary>
    private const double Least = 1;

    /// <summary>The share of series that may fail before the method does.</summary>
    private const double Tolerated = 0.01;

    /// <param name="method">The method's name.</param>
    /// <param name="history">What was known.</param>
    /// <param name="grid">Its forecast.</param>
    public static MethodVerdict Of(string method, SalesHistory history, ForecastGrid grid)
    {
        var breaches = new List<SeriesBreach>();
        double sum = 0,
            believable = 0;
        for (var index = 0; index < history.Series.Count; index++)
        {
            var (best, highest) = Past(history, history.Series[index]);
            if (Check(history.Series[index].Key, index, grid[index], best, highest) is { } breach)
                breaches.Add(breach);
            believable += best;
            foreach (var day in grid[index])
                sum += (double)day / grid.Horizon;
        }
        var impossible = breaches.Count(static b => b.Breach is Breach.NotFinite or Breach.Negative);
        var (tooMany, tooMuch) = (
            breaches.Count > Math.Max(1, Tolerated * history.Series.Count),
            !(sum <= Math.Max(Least, OfAll * believable))
        );
        var words =
            impossible > 0 ? $"{method} gave impossible figures for {impossible} of {history.Series.Count} series: rejected"
            : tooMany ? $"{method} is implausible for {breaches.Count} of {history.Series.Count} series: rejected"
            : tooMuch
                ? $"{method} sums to {sum:0} units a day; the best four weeks of all series allow at most {Math.Max(Least, OfAll * believable):0}: rejected"
            : breaches.Count > 0 ? $"{method} is plausible except for {breaches.Count} of {history.Series.Count} series"
            : $"{method} is plausible for all {history.Series.Count} series";
        return new MethodVerdict(method, history.Series.Count, breaches, impossible == 0 && !tooMany && !tooMuch, words);
    }

    /// <summary>Replaces implausible figures by those of another method.</summary>
    public static void Replace(ForecastGrid grid, MethodVerdict verdict, ForecastGrid by)
    {
        foreach (var breach in verdict.Breaches)
            by[breach.Index].CopyTo(grid[breach.Index]);
    }

    private static SeriesBreach? Check(SeriesKey key, int index, ReadOnlySpan<float> days, double best, double highest)
    {
        double sum = 0,
            most = 0;
        foreach (var day in days)
        {
            if (!float.IsFinite(day))
                return new SeriesBreach(index, key, Breach.NotFinite, 0, 0);
            if (day < 0)
                return new SeriesBreach(index, key, Breach.Negative, day, 0);
            (sum, most) = (sum + day, Math.Max(most, day));
        }
        var (mean, meanLimit) = (sum / days.Length, Math.Max(Least, Math.Max(OfMean * best, highest)));
        if (mean > meanLimit)
            return new SeriesBreach(index, key, Breach.MeanTooHigh, mean, meanLimit);
        var dayLimit = Math.Max(meanLimit, OfDay * highest);
        return most > dayLimit ? new SeriesBreach(index, key, Breach.DayTooHigh, most, dayLimit) : null;
    }

    /// <returns>The highest mean of 28 days in a row and the highest day, of the last year or, where nothing is known of that, of
    /// all.</returns>
    private static (double Best, double Highest) Past(SalesHistory history, SalesSeries series)
    {
        var units = series.Units.AsSpan(0, history.Days);
        var year = units[Math.Max(0, history.Days - Year)..];
        if (!year.ContainsAnyInRange(0, float.MaxValue))
            year = units;
        double sum = 0,
            best = 0,
            highest = 0;
        var known = 0;
        for (var day = 0; day < year.Length; day++)
        {
            if (year[day] is >= 0 and <= float.MaxValue)
                (sum, known, highest) = (sum + year[day], known + 1, Math.Max(highest, year[day]));
            if (day >= Weeks && year[day - Weeks] is >= 0 and <= float.MaxValue)
                (sum, known) = (sum - year[day - Weeks], known - 1);
            if (known >= FewestDays)
                best = Math.Max(best, sum / known);
        }
        // Too few days for a mean of weeks: the highest is all there is.
        return (best > 0 ? best : highest, highest);
    }
}
