using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Runs;

namespace Stockgate.Domain.Forecasting.Backtesting;

/// <summary>
/// Scores forecasts against actual sales. Unknown, closed and sold-out days are excluded. Errors of a series are measured in its own mean
/// squared day-to-day change, and series count by their revenue in the last 28 days (the M5 competition's measure, Makridakis et al. 2022,
/// for single items).
/// </summary>
public sealed class Accuracy
{
    private const int RevenueDays = 28;

    private readonly SalesHistory history;
    private readonly int origin;
    private readonly double[] weights,
        scales;

    /// <param name="history">Knows what was sold after the origin.</param>
    /// <param name="origin">Days that were known when the forecasts were made.</param>
    public Accuracy(SalesHistory history, int origin)
    {
        (this.history, this.origin) = (history, origin);
        (weights, scales) = (new double[history.Series.Count], new double[history.Series.Count]);
        for (var i = 0; i < weights.Length; i++)
            (weights[i], scales[i]) = (Revenue(history.Series[i]), Scale(history.Series[i]));
    }

    /// <summary>Days of the horizon that can be scored.</summary>
    public int Days => Math.Min(history.Horizon, history.Days - origin);

    /// <summary>The revenue of a series in the four weeks before the origin; units, where no price is known.</summary>
    public double Weight(int series) => weights[series];

    /// <summary>The root of mean squared error over mean squared day-to-day change; NaN where a series can't be scored.</summary>
    public double Rmsse(int series, ReadOnlySpan<float> forecast)
    {
        var (sum, days) = (0.0, 0);
        for (var ahead = 0; ahead < Days; ahead++)
        {
            if (!Features.SeriesPast.Counts(history.Series[series], origin + ahead))
                continue;
            var off = forecast[ahead] - history.Series[series].Units[origin + ahead];
            (sum, days) = (sum + off * off, days + 1);
        }
        return days > 0 && scales[series] > 0 ? Math.Sqrt(sum / days / scales[series]) : double.NaN;
    }

    /// <summary>The score of a method over some series.</summary>
    /// <param name="segment">What they are called.</param>
    /// <param name="method">What the method is called.</param>
    /// <param name="grid">Its forecast.</param>
    /// <param name="series">Which.</param>
    public BacktestScore Score(string segment, string method, ForecastGrid grid, IReadOnlyCollection<int> series)
    {
        double weighted = 0,
            weight = 0,
            absolute = 0,
            error = 0,
            actual = 0;
        foreach (var i in series)
        {
            var figures = grid[i];
            for (var ahead = 0; ahead < Days; ahead++)
            {
                if (!Features.SeriesPast.Counts(history.Series[i], origin + ahead))
                    continue;
                double units = history.Series[i].Units[origin + ahead],
                    off = figures[ahead] - units;
                (absolute, error, actual) = (absolute + Math.Abs(off), error + off, actual + units);
            }
            if (Rmsse(i, figures) is var rmsse && !double.IsNaN(rmsse))
                (weighted, weight) = (weighted + weights[i] * rmsse, weight + weights[i]);
        }
        return new BacktestScore(segment, method, series.Count, Ratio(weighted, weight), Ratio(absolute, actual), Ratio(error, actual));
    }

    /// <summary>Means of scores of several origins.</summary>
    public static BacktestScore Mean(IReadOnlyCollection<BacktestScore> scores) =>
        scores.First() with
        {
            Wrmsse = scores.Average(static s => s.Wrmsse),
            Wape = scores.Average(static s => s.Wape),
            Bias = scores.Average(static s => s.Bias),
        };

    private static double Ratio(double sum, double of) => of > 0 ? sum / of : 0;

    private double Revenue(SalesSeries series)
    {
        var sum = 0.0;
        for (var day = Math.Max(0, origin - RevenueDays); day < origin; day++)
            if (series.Units[day] > 0)
                sum += series.Units[day] * (float.IsNaN(series.Prices[day]) ? 1 : series.Prices[day]);
        return sum;
    }

    private double Scale(SalesSeries series)
    {
        var first = series.Units.AsSpan(0, origin).IndexOfAnyInRange(float.Epsilon, float.MaxValue);
        if (first < 0)
            return 0;
        var (sum, changes) = (0.0, 0);
        for (var day = first + 1; day < origin; day++)
        {
            double change = series.Units[day] - series.Units[day - 1];
            if (!double.IsNaN(change))
                (sum, changes) = (sum + change * change, changes + 1);
        }
        return changes > 0 ? sum / changes : 0;
    }
}
