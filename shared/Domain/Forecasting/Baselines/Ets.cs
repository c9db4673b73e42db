using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Baselines;

/// <summary>
/// Exponential smoothing with additive errors as a state space model; of level alone, level and damped trend, level and weekdays, and all
/// three, the one with the least AICc. Parameters are those with the greatest likelihood (Hyndman, Koehler, Ord, Snyder 2008, Forecasting
/// with Exponential Smoothing, ch. 2, 5, 7). Trends that are not damped are left out: over four weeks they run away.
/// </summary>
/// <param name="promotionWeight">The weight of a promotion day, 0 to 1.</param>
public sealed class Ets(double promotionWeight = 0) : IForecaster
{
    private readonly double promotionWeight = EachSeries.Weight(promotionWeight);

    /// <summary>Below so many days that count there are no weekdays to learn.</summary>
    internal const int SeasonalDays = 28;

    public string Name => "ets";

    public ForecastGrid Forecast(SalesHistory history, IProgress<double>? progress, CancellationToken cancellationToken) =>
        EachSeries.Run(history, promotionWeight, SimpleSmoothing.FitDays, One, progress, cancellationToken);

    private static void One(LearnedDays days, Span<double> into)
    {
        if (days.Learned < 2)
        {
            into.Fill(days.Level());
            return;
        }
        Span<double> weekdays = stackalloc double[EtsModel.Week];
        var seasonal = days.Learned >= SeasonalDays && EtsModel.Weekdays(days.Units, days.Weights, weekdays);
        var least = double.PositiveInfinity;
        Span<double> x = stackalloc double[4];
        for (var shape = 0; shape < 4; shape++)
        {
            var (trend, season) = ((shape & 1) != 0, (shape & 2) != 0);
            if (season && !seasonal)
                break;
            var model = new EtsModel(days.Units, days.Weights, weekdays, trend, season);
            var squares = model.Fit(x);
            var criterion = model.Aicc(squares, days.Learned);
            if (!(criterion < least))
                continue;
            least = criterion;
            model.Forecast(x, into);
            // Nothing is left to explain; its logarithm would only compare rounding errors.
            if (double.IsNegativeInfinity(criterion))
                break;
        }
    }
}
