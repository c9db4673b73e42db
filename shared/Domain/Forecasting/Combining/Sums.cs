using Stockgate.Domain.Forecasting.Backtesting;
using Stockgate.Domain.Forecasting.Features;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Combining;

/// <summary>
/// Regions and the total of a history as series of their own, which have patterns that single items are too sparse to show.
/// </summary>
internal sealed class Sums
{
    private readonly int[] regionOf;
    private readonly int regions;

    public Sums(SalesHistory history)
    {
        var names = history
            .Series.Select(static s => s.Region)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(static (name, i) => (name, i))
            .ToDictionary(StringComparer.Ordinal);
        (regionOf, regions) = ([.. history.Series.Select(s => names[s.Region])], names.Count);
    }

    /// <summary>One history of all regions, the total behind them.</summary>
    public SalesHistory Of(SalesHistory history)
    {
        var units = Enumerable.Range(0, regions + 1).Select(_ => new float[history.Days]).ToArray();
        Parallel.For(
            0,
            history.Days,
            day =>
            {
                for (var i = 0; i < history.Series.Count; i++)
                    if (SeriesPast.Counts(history.Series[i], day))
                    {
                        units[regionOf[i]][day] += history.Series[i].Units[day];
                        units[regions][day] += history.Series[i].Units[day];
                    }
            }
        );
        var all = history.Days + history.Horizon;
        var unknown = new float[all];
        Array.Fill(unknown, float.NaN);
        return new SalesHistory(
            history.First,
            history.Days,
            history.Horizon,
            history.Calendar,
            [
                .. units.Select(
                    (u, i) =>
                        new SalesSeries
                        {
                            Key = new SeriesKey(new Sku($"sum {i}"), LocationId.Unassigned),
                            Units = u,
                            Prices = unknown,
                            Marks = new DayMarks[all],
                        }
                ),
            ]
        );
    }

    /// <summary>
    /// How far forecasts were off in the backtest: of each series, of the sums of series by region and in all, and of forecasts of the
    /// sums themselves.
    /// </summary>
    public Errors Learn(SalesHistory history, IReadOnlyList<(int Days, ForecastGrid Series, ForecastGrid Sums)> origins)
    {
        var (series, ofParts, own) = (new double[history.Series.Count], new double[regions + 1], new double[regions + 1]);
        var (cells, days) = (new int[history.Series.Count], 0);
        Span<double> sold = stackalloc double[regions + 1],
            sum = stackalloc double[regions + 1];
        foreach (var (origin, grid, sums) in origins)
            for (var ahead = 0; ahead < Math.Min(history.Horizon, history.Days - origin); ahead++, days++)
            {
                sold.Clear();
                sum.Clear();
                for (var i = 0; i < series.Length; i++)
                {
                    if (!SeriesPast.Counts(history.Series[i], origin + ahead))
                        continue;
                    double units = history.Series[i].Units[origin + ahead],
                        mean = grid[i][ahead];
                    (series[i], cells[i]) = (series[i] + (mean - units) * (mean - units), cells[i] + 1);
                    (sold[regionOf[i]], sum[regionOf[i]]) = (sold[regionOf[i]] + units, sum[regionOf[i]] + mean);
                    (sold[regions], sum[regions]) = (sold[regions] + units, sum[regions] + mean);
                }
                for (var r = 0; r <= regions; r++)
                    (ofParts[r], own[r]) = (
                        ofParts[r] + (sum[r] - sold[r]) * (sum[r] - sold[r]),
                        own[r] + (sums[r][ahead] - sold[r]) * (sums[r][ahead] - sold[r])
                    );
            }
        for (var i = 0; i < series.Length; i++)
            series[i] = cells[i] > 0 ? series[i] / cells[i] : 0;
        for (var r = 0; r <= regions; r++)
            (ofParts[r], own[r]) = (ofParts[r] / Math.Max(1, days), Math.Max(own[r] / Math.Max(1, days), 1e-9));
        return new Errors(series, ofParts, own);
    }

    public ForecastGrid Reconciled(ForecastGrid grid, ForecastGrid sums, Errors errors)
    {
        var result = new ForecastGrid(grid.Series, grid.Horizon);
        grid.Values.CopyTo(result.Values, 0);
        (SumForecast, double) Sum(int r) =>
            (new SumForecast([.. sums[r].ToArray().Select(static f => (double)f)], errors.Sums[r]), errors.OfParts[r]);
        Reconciliation.Apply(result, errors.Series, regionOf, [.. Enumerable.Range(0, regions).Select(Sum)], Sum(regions));
        return result;
    }

    /// <summary>
    /// Mean squared errors: of each series, of the sum of the series (by region, then in all), of the sum's own forecast.
    /// </summary>
    public sealed record Errors(double[] Series, double[] OfParts, double[] Sums);
}
