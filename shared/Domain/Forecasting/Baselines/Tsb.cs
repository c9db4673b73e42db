using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Baselines;

/// <summary>
/// Teunter, Syntetos and Babai's method for demand that dies out: the chance of a demand is smoothed every day, its size on days with one;
/// the forecast is their product (2011, European Journal of Operational Research 214). Both shares are those with the least sum of squared
/// errors a day ahead.
/// </summary>
/// <param name="promotionWeight">The weight of a promotion day, 0 to 1.</param>
public sealed class Tsb(double promotionWeight = 0) : IForecaster
{
    private readonly double promotionWeight = EachSeries.Weight(promotionWeight);

    public string Name => "tsb";

    public ForecastGrid Forecast(SalesHistory history, IProgress<double>? progress, CancellationToken cancellationToken) =>
        EachSeries.Run(history, promotionWeight, SimpleSmoothing.FitDays, One, progress, cancellationToken);

    private static void One(LearnedDays days, Span<double> into)
    {
        if (days.Learned < 2)
        {
            into.Fill(days.Level());
            return;
        }
        Span<double> x = [Math.Log(0.05), Math.Log(0.05)];
        var errors = new Errors(days.Units, days.Weights);
        NelderMead.Minimize(errors, x, 0.7, 60);
        into.Fill(errors.Run(x, out _));
    }

    private readonly ref struct Errors(ReadOnlySpan<double> units, ReadOnlySpan<double> weights) : IObjective
    {
        private readonly ReadOnlySpan<double> units = units,
            weights = weights;

        public double At(scoped ReadOnlySpan<double> x)
        {
            Run(x, out var squares);
            return squares;
        }

        /// <returns>Units a day after the last one.</returns>
        public double Run(scoped ReadOnlySpan<double> x, out double squares)
        {
            // Sizes are seen on few days and chances on all of them: a greater share of a size would forecast the last one.
            var (ofSize, ofChance) = (Math.Clamp(Math.Exp(x[0]), 0.005, 0.1), Math.Clamp(Math.Exp(x[1]), 0.005, 0.3));
            var (size, chance) = Start.Demand(units, weights);
            squares = 0;
            for (var day = 0; day < units.Length; day++)
            {
                var error = units[day] - size * chance;
                var weight = weights[day];
                if (weight == LearnedDays.SoldOut)
                    weight = error > 0 ? 1 : 0;
                squares += weight * error * error;
                if (units[day] > 0)
                    size += ofSize * weight * (weights[day] < 0 ? Math.Max(0, units[day] - size) : units[day] - size);
                chance += ofChance * weight * ((units[day] > 0 ? 1 : 0) - chance);
            }
            return size * chance;
        }
    }
}
