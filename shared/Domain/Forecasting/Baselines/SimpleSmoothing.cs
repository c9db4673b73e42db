using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Baselines;

/// <summary>
/// Simple exponential smoothing: a level that follows each day's units by a share α of its error. α is the one with the least sum of
/// squared errors a day ahead (Hyndman, Koehler, Ord, Snyder 2008, Forecasting with Exponential Smoothing, ch. 2).
/// </summary>
/// <param name="promotionWeight">The weight of a promotion day, 0 to 1.</param>
public sealed class SimpleSmoothing(double promotionWeight = 0) : IForecaster
{
    private readonly double promotionWeight = EachSeries.Weight(promotionWeight);

    public string Name => "simple-smoothing";

    public ForecastGrid Forecast(SalesHistory history, IProgress<double>? progress, CancellationToken cancellationToken) =>
        EachSeries.Run(history, promotionWeight, FitDays, One, progress, cancellationToken);

    /// <summary>Older days don't say much about how fast a level moves now.</summary>
    internal const int FitDays = 730;

    /// <summary>A level that takes more of a day's error than this forecasts that day, not the weeks ahead (Silver, Pyke, Thomas 2017,
    /// Inventory and Production Management in Supply Chains, ch. 3). Chosen among 0.15, 0.3, 0.5, 0.99 on the eight months of the M5
    /// subset before d_1914, for this method and ETS.</summary>
    internal const double MostShare = 0.15;

    private static void One(LearnedDays days, Span<double> into)
    {
        if (days.Learned < 2)
        {
            into.Fill(days.Level());
            return;
        }
        Span<double> x = [Math.Log(0.1)];
        NelderMead.Minimize(new Errors(days.Units, days.Weights), x, 0.7, 40);
        into.Fill(Errors.Run(days.Units, days.Weights, Errors.Alpha(x), out _));
    }

    private readonly ref struct Errors(ReadOnlySpan<double> units, ReadOnlySpan<double> weights) : IObjective
    {
        private readonly ReadOnlySpan<double> units = units,
            weights = weights;

        public double At(scoped ReadOnlySpan<double> x)
        {
            Run(units, weights, Alpha(x), out var squares);
            return squares;
        }

        public static double Alpha(scoped ReadOnlySpan<double> x) => Math.Clamp(Math.Exp(x[0]), 0.005, MostShare);

        /// <returns>The level after the last day.</returns>
        public static double Run(ReadOnlySpan<double> units, ReadOnlySpan<double> weights, double alpha, out double squares)
        {
            var level = Start.Level(units, weights);
            squares = 0;
            for (var day = 0; day < units.Length; day++)
            {
                var error = units[day] - level;
                var weight = weights[day];
                if (weight == LearnedDays.SoldOut)
                    weight = error > 0 ? 1 : 0;
                squares += weight * error * error;
                level += alpha * weight * error;
            }
            return level;
        }
    }
}
