namespace Stockgate.Domain.Forecasting.Combining;

/// <summary>A forecast of the sum of several series, day by day, and how far such forecasts were off in the backtest.</summary>
/// <param name="Figures">Units of each day of the horizon.</param>
/// <param name="Variance">Mean squared error, above 0.</param>
internal readonly record struct SumForecast(double[] Figures, double Variance);

/// <summary>
/// Reconciles the forecasts of series, regions and the total: each level is shrunk towards the others according to its past errors, and the
/// remaining difference is spread over the parts in proportion to their variances. For a tree whose levels err independently of each other
/// that is the generalized least squares solution (Hyndman, Lee and Wang 2016; Wickramasuriya, Athanasopoulos and Hyndman 2019, diagonal
/// W). Sums of what is published are the regions' and the total's forecasts.
/// </summary>
internal static class Reconciliation
{
    /// <param name="grid">The series' forecasts; reconciled in place, never below 0.</param>
    /// <param name="variances">Mean squared error of each series' forecast, 0 or more.</param>
    /// <param name="regionOf">The region of each series.</param>
    /// <param name="regions">A forecast of each region's sum, and of the errors of the series' sum for it.</param>
    /// <param name="total">The same for all together.</param>
    public static void Apply(
        ForecastGrid grid,
        ReadOnlySpan<double> variances,
        ReadOnlySpan<int> regionOf,
        IReadOnlyList<(SumForecast Own, double SumVariance)> regions,
        (SumForecast Own, double SumVariance) total
    )
    {
        var partVariance = new double[regions.Count];
        for (var i = 0; i < grid.Series; i++)
            partVariance[regionOf[i]] += variances[i];
        Span<double> sums = stackalloc double[regions.Count],
            drawn = stackalloc double[regions.Count],
            left = stackalloc double[regions.Count];
        for (var day = 0; day < grid.Horizon; day++)
        {
            sums.Clear();
            for (var i = 0; i < grid.Series; i++)
                sums[regionOf[i]] += grid[i][day];
            var (all, allLeft) = (0.0, 0.0);
            for (var r = 0; r < regions.Count; r++)
            {
                (drawn[r], left[r]) = Draw(sums[r], regions[r].SumVariance, regions[r].Own.Figures[day], regions[r].Own.Variance);
                (all, allLeft) = (all + drawn[r], allLeft + left[r]);
            }
            var (wanted, _) = Draw(all, total.SumVariance, total.Own.Figures[day], total.Own.Variance);
            for (var r = 0; r < regions.Count; r++)
                drawn[r] += (allLeft > 0 ? (wanted - all) * left[r] / allLeft : 0) - sums[r];
            for (var i = 0; i < grid.Series; i++)
                if (partVariance[regionOf[i]] > 0)
                    grid[i][day] = (float)Math.Max(0, grid[i][day] + drawn[regionOf[i]] * variances[i] / partVariance[regionOf[i]]);
        }
    }

    // Two opinions of one figure, each as good as its variance is small.
    private static (double Mean, double Variance) Draw(double sum, double sumVariance, double own, double ownVariance) =>
        sumVariance <= 0
            ? (sum, 0)
            : (
                (sum * ownVariance + own * sumVariance) / (ownVariance + sumVariance),
                ownVariance * sumVariance / (ownVariance + sumVariance)
            );
}
