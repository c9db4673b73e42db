using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Baselines;

/// <summary>The mean of the last usable days, for every day of the horizon.</summary>
/// <param name="days">How many, at least 1.</param>
/// <param name="promotionWeight">The weight of a promotion day, 0 to 1.</param>
public sealed class MovingAverage(int days = 28, double promotionWeight = 0) : IForecaster
{
    private readonly int days =
        days >= 1 ? days : throw new ArgumentOutOfRangeException(nameof(days), days, "A mean needs at least 1 day.");
    private readonly double promotionWeight = EachSeries.Weight(promotionWeight);

    public string Name { get; } = $"moving-average-{days}";

    public ForecastGrid Forecast(SalesHistory history, IProgress<double>? progress, CancellationToken cancellationToken) =>
        EachSeries.Run(
            history,
            promotionWeight,
            int.MaxValue,
            (learned, into) => into.Fill(learned.MeanOfLast(days)),
            progress,
            cancellationToken
        );
}
