using Stockgate.Domain.Forecasting.Backtesting;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Runs;

namespace Stockgate.Domain.Forecasting.Quantiles;

/// <summary>P10, P50 and P90 of the days of every series.</summary>
internal sealed record QuantileGrids(ForecastGrid P10, ForecastGrid P50, ForecastGrid P90)
{
    public ForecastGrid this[int level] =>
        level switch
        {
            0 => P10,
            1 => P50,
            _ => P90,
        };
}

/// <summary>The forecast at one origin of the backtest.</summary>
/// <param name="Days">Days that were known.</param>
/// <param name="Mean">The mean that was forecast.</param>
/// <param name="Spread">How demand had scattered up to then.</param>
internal sealed record TestedForecast(int Days, ForecastGrid Mean, DemandSpread Spread);

/// <summary>
/// Quantiles about a forecast of the mean: counts with the series' own dispersion, times a factor for each quantile that did best in the
/// backtest. A past that the trees were taught scatters about them less than days to come will, or more where few days were wild: the
/// factor is what that comes to.
/// </summary>
internal sealed record DemandQuantiles(double[] Factors)
{
    public static readonly double[] Levels = [0.1, 0.5, 0.9];

    private static readonly double[] Tried = [0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 1, 1.2, 1.5, 2];

    /// <summary>Without a backtest: as the past scattered.</summary>
    public static DemandQuantiles Unadjusted { get; } = new([1, 1, 1]);

    /// <summary>The factors with the least quantile loss.</summary>
    /// <param name="history">Knows what came after the origins.</param>
    /// <param name="origins">At each, the mean that was chosen and the spread as it was known then.</param>
    public static DemandQuantiles Choose(SalesHistory history, IReadOnlyList<TestedForecast> origins)
    {
        if (origins.Count == 0)
            return Unadjusted;
        var losses = Tried
            .AsParallel()
            .AsOrdered()
            .Select(factor =>
            {
                var loss = new double[Levels.Length];
                foreach (var (days, mean, spread) in origins)
                {
                    var grids = new DemandQuantiles([factor, factor, factor]).Of(mean, spread);
                    for (var level = 0; level < loss.Length; level++)
                        loss[level] += Score(history, days, grids[level], Levels[level]).Pinball;
                }
                return loss;
            })
            .ToArray();
        return new DemandQuantiles([
            .. Enumerable
                .Range(0, Levels.Length)
                .Select(level =>
                    Tried[
                        Enumerable
                            .Range(0, Tried.Length)
                            .OrderBy(t => losses[t][level])
                            .ThenBy(static t => Math.Abs(Math.Log(Tried[t])))
                            .First()
                    ]
                ),
        ]);
    }

    public QuantileGrids Of(ForecastGrid mean, DemandSpread spread)
    {
        var grids = new QuantileGrids(new(mean.Series, mean.Horizon), new(mean.Series, mean.Horizon), new(mean.Series, mean.Horizon));
        Span<float> one = stackalloc float[1];
        for (var series = 0; series < mean.Series; series++)
        for (var day = 0; day < mean.Horizon; day++)
        for (var level = 0; level < Levels.Length; level++)
        {
            NegativeBinomial.Quantiles(mean[series][day], Factors[level] * spread.Of(series), Levels.AsSpan(level, 1), one);
            // Each with its own factor, they might cross.
            grids[level][series][day] = level == 0 ? one[0] : Math.Max(one[0], grids[level - 1][series][day]);
        }
        return grids;
    }

    /// <summary>How a quantile did: its loss, and the shares of what was sold below it and at most it.</summary>
    public static QuantileScore Score(SalesHistory history, int origin, ForecastGrid grid, double level)
    {
        double loss = 0;
        var (below, atMost, days) = (0, 0, 0);
        for (var series = 0; series < grid.Series; series++)
        for (var ahead = 0; ahead < Math.Min(grid.Horizon, history.Days - origin); ahead++)
        {
            if (!Features.SeriesPast.Counts(history.Series[series], origin + ahead))
                continue;
            var (units, quantile) = (history.Series[series].Units[origin + ahead], grid[series][ahead]);
            loss += Math.Max(level * (units - quantile), (level - 1) * (units - quantile));
            if (units < quantile)
                below++;
            if (units <= quantile)
                atMost++;
            days++;
        }
        return days == 0
            ? new QuantileScore(level, 0, 0, 0)
            : new QuantileScore(level, loss / days, below / (double)days, atMost / (double)days);
    }
}
