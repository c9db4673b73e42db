using Stockgate.Domain.Forecasting.Runs;
using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Forecasting.Features;

/// <summary>The explanation of a forecast: each feature's contribution to the mean of the horizon, in units a day.</summary>
internal static class Explanations
{
    private const int Shown = 6;

    // Less than this share of the forecast is not worth a planner's time.
    private const double WorthSaying = 0.005;

    /// <summary>The strongest effects of each series, the strongest first.</summary>
    public static IReadOnlyList<IReadOnlyList<FeatureEffect>> Of(TaughtTrees taught)
    {
        var (grid, table) = (taught.Forecast, BinnedTable.Of(taught.Rows.Table, taught.Model.Binning));
        var effects = new IReadOnlyList<FeatureEffect>[grid.Series];
        Parallel.For(
            0,
            grid.Series,
            series =>
            {
                Span<double> units = stackalloc double[table.Stride],
                    scores = stackalloc double[table.Stride];
                units.Clear();
                for (var day = 0; day < grid.Horizon; day++)
                {
                    scores.Clear();
                    taught.Model.Explain(table.Row(series * grid.Horizon + day), scores);
                    // Scores are logarithms: what the forecast would lose if this one were not there.
                    for (var f = 0; f < scores.Length; f++)
                        units[f] += grid[series][day] * (1 - Math.Exp(-scores[f])) / grid.Horizon;
                }
                var mean = 0.0;
                foreach (var day in grid[series])
                    mean += day / grid.Horizon;
                var all = new List<FeatureEffect>();
                for (var f = 0; f < units.Length; f++)
                    if (Math.Abs(units[f]) > WorthSaying * mean)
                        all.Add(new FeatureEffect(DemandFeatures.Columns[f].Name, units[f]));
                effects[series] =
                [
                    .. all.OrderByDescending(static e => Math.Abs(e.Units))
                        .ThenBy(static e => e.Feature, StringComparer.Ordinal)
                        .Take(Shown),
                ];
            }
        );
        return effects;
    }
}
