using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Baselines;

/// <summary>Repeats the last known figure of the same weekday; the benchmark for every method.</summary>
/// <param name="promotionWeight">0 to 1; days with a promotion are taken where it is at least a half.</param>
public sealed class SeasonalNaive(double promotionWeight = 0) : IForecaster
{
    private readonly double promotionWeight = EachSeries.Weight(promotionWeight) >= 0.5 ? 1 : 0;

    public string Name => "seasonal-naive";

    public ForecastGrid Forecast(SalesHistory history, IProgress<double>? progress, CancellationToken cancellationToken) =>
        EachSeries.Run(history, promotionWeight, int.MaxValue, One, progress, cancellationToken);

    private static void One(LearnedDays days, Span<double> into)
    {
        for (var day = 0; day < into.Length; day++)
            into[day] =
                day >= 7 ? into[day - 7]
                : days.MeanOfLast(1, 6 - day, 7) is var last && double.IsNaN(last) ? days.Level()
                : last;
    }
}
