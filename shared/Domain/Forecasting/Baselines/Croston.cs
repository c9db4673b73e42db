using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Baselines;

/// <summary>
/// Croston's method for intermittent demand: size of a demand and days between demands are smoothed apart, both only when there is a
/// demand; the forecast is size over days (Croston 1972, Operational Research Quarterly 23).
/// </summary>
/// <param name="alpha">Share of each new figure, above 0, at most 1.</param>
/// <param name="promotionWeight">The weight of a promotion day, 0 to 1.</param>
public sealed class Croston(double alpha = 0.1, double promotionWeight = 0) : IForecaster
{
    private readonly double alpha = CrostonRecursion.Alpha(alpha),
        promotionWeight = EachSeries.Weight(promotionWeight);

    public string Name => "croston";

    public ForecastGrid Forecast(SalesHistory history, IProgress<double>? progress, CancellationToken cancellationToken) =>
        EachSeries.Run(
            history,
            promotionWeight,
            int.MaxValue,
            (days, into) => into.Fill(CrostonRecursion.Rate(days, alpha) is var rate and > 0 ? rate : days.Level()),
            progress,
            cancellationToken
        );
}

/// <summary>
/// Croston's method less its bias: size over days is too high on average by about α ÷ 2, which is taken off (Syntetos, Boylan 2005,
/// International Journal of Forecasting 21).
/// </summary>
/// <param name="alpha">Share of each new figure, above 0, at most 1.</param>
/// <param name="promotionWeight">The weight of a promotion day, 0 to 1.</param>
public sealed class Sba(double alpha = 0.1, double promotionWeight = 0) : IForecaster
{
    private readonly double alpha = CrostonRecursion.Alpha(alpha),
        promotionWeight = EachSeries.Weight(promotionWeight);

    public string Name => "sba";

    public ForecastGrid Forecast(SalesHistory history, IProgress<double>? progress, CancellationToken cancellationToken) =>
        EachSeries.Run(history, promotionWeight, int.MaxValue, One, progress, cancellationToken);

    // One demand has no days between demands, and so no bias.
    private void One(LearnedDays days, Span<double> into) =>
        into.Fill(
            CrostonRecursion.Rate(days, alpha) is var rate and > 0
                ? days.Learned > 1
                    ? (1 - alpha / 2) * rate
                    : rate
                : days.Level()
        );
}

/// <summary>The recursion that both share.</summary>
internal static class CrostonRecursion
{
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0 and at most 1.</exception>
    public static double Alpha(double alpha) =>
        alpha is > 0 and <= 1 ? alpha : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "α must be above 0 and at most 1.");

    /// <returns>Units a day.</returns>
    public static double Rate(LearnedDays learned, double alpha)
    {
        var units = learned.Units;
        var weights = learned.Weights;
        var (size, share) = Start.Demand(units, weights);
        if (size == 0)
            return 0;
        // The first demand begins the series: the days before it were left out, so that it ends no wait.
        var (between, waited, begun) = (1 / share, 0.0, false);
        for (var day = 0; day < units.Length; day++)
        {
            var weight = weights[day];
            if (weight == 0)
                continue;
            var (newSize, newBetween) = (size, between);
            if (units[day] > 0)
            {
                var gain = alpha * Math.Abs(weight);
                newSize += gain * (units[day] - size);
                if (begun)
                    newBetween += gain * (waited + 1 - between);
            }
            if (weight == LearnedDays.SoldOut && newSize / newBetween <= size / between)
                continue;
            if (units[day] > 0)
                (size, between, waited, begun) = (newSize, newBetween, 0, true);
            else
                waited += weight;
        }
        return size / between;
    }
}
