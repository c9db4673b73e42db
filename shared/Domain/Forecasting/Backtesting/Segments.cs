using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Backtesting;

/// <summary>
/// Demand classes that need different methods (Syntetos, Boylan and Croston 2005): by the mean days from one sale to the next, and by how
/// much sizes of sales vary. New and discontinued series are separate classes.
/// </summary>
public static class Segments
{
    public const string All = "all",
        Steady = "steady",
        Erratic = "erratic",
        Intermittent = "intermittent",
        Lumpy = "lumpy",
        New = "new",
        Silent = "silent";

    private const double RareFrom = 1.32,
        VariedFrom = 0.49;
    private const int NewDays = 56,
        SilentDays = 91,
        LookedAt = 364;

    /// <summary>The segment of each series, in the order of the history.</summary>
    public static string[] Of(SalesHistory history) => [.. history.Series.Select(s => Of(s, history.Days))];

    private static string Of(SalesSeries series, int days)
    {
        var units = series.Units.AsSpan(0, days);
        var first = units.IndexOfAnyInRange(float.Epsilon, float.MaxValue);
        if (first < 0)
            return Silent;
        var (known, sales, sum, squares, last) = (0, 0, 0.0, 0.0, first);
        for (var day = Math.Max(first, days - LookedAt); day < days; day++)
        {
            if (!Features.SeriesPast.Counts(series, day))
                continue;
            known++;
            if (units[day] <= 0)
                continue;
            (sales, sum, squares, last) = (sales + 1, sum + units[day], squares + (double)units[day] * units[day], day);
        }
        if (sales == 0 || days - last > SilentDays)
            return Silent;
        if (days - first < NewDays)
            return New;
        var (mean, rare) = (sum / sales, known / (double)sales >= RareFrom);
        var varied = squares / sales / (mean * mean) - 1 >= VariedFrom;
        return rare
            ? varied
                ? Lumpy
                : Intermittent
            : varied
                ? Erratic
                : Steady;
    }
}
