using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Baselines;

/// <summary>The mean of the last usable days of the same weekday.</summary>
/// <param name="weeks">How many of each weekday, at least 1.</param>
/// <param name="promotionWeight">The weight of a promotion day, 0 to 1.</param>
public sealed class WeekdayMean(int weeks = 8, double promotionWeight = 0) : IForecaster
{
    private readonly int weeks =
        weeks >= 1 ? weeks : throw new ArgumentOutOfRangeException(nameof(weeks), weeks, "A mean needs at least 1 week.");
    private readonly double promotionWeight = EachSeries.Weight(promotionWeight);

    public string Name { get; } = $"weekday-mean-{weeks}";

    public ForecastGrid Forecast(SalesHistory history, IProgress<double>? progress, CancellationToken cancellationToken) =>
        EachSeries.Run(history, promotionWeight, int.MaxValue, One, progress, cancellationToken);

    private void One(LearnedDays days, Span<double> into)
    {
        for (var day = 0; day < into.Length; day++)
            into[day] =
                day >= 7 ? into[day - 7]
                : days.MeanOfLast(weeks, 6 - day, 7) is var mean && double.IsNaN(mean) ? days.Level()
                : mean;
    }
}
