using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Baselines;

/// <summary>Forecasts one series.</summary>
/// <param name="days">The usable days from the first sale on; at least one has a sale.</param>
/// <param name="into">A figure for each day of the horizon; what is not finite or below 0 becomes 0.</param>
internal delegate void SeriesMethod(LearnedDays days, Span<double> into);

/// <summary>Runs a method over all series on all cores, with one buffer per worker.</summary>
internal static class EachSeries
{
    /// <param name="history">What is known.</param>
    /// <param name="promotionWeight">The weight of a promotion day, 0 to 1.</param>
    /// <param name="atMost">Days before the last so many are not looked at.</param>
    /// <param name="method">The method.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static ForecastGrid Run(
        SalesHistory history,
        double promotionWeight,
        int atMost,
        SeriesMethod method,
        IProgress<double>? progress,
        CancellationToken cancellationToken
    )
    {
        var grid = new ForecastGrid(history.Series.Count, history.Horizon);
        var done = 0;
        Parallel.For(
            0,
            history.Series.Count,
            new ParallelOptions { CancellationToken = cancellationToken },
            () => (Days: new LearnedDays(history.Days, promotionWeight), Figures: new double[history.Horizon]),
            (index, _, buffer) =>
            {
                buffer.Days.Load(history, history.Series[index], atMost);
                buffer.Figures.AsSpan().Clear();
                if (buffer.Days.Count > 0)
                    method(buffer.Days, buffer.Figures);
                var into = grid[index];
                for (var day = 0; day < into.Length; day++)
                    into[day] = buffer.Figures[day] is > 0 and < float.MaxValue ? (float)buffer.Figures[day] : 0;
                // Reported a hundred times, not once per series, because a listener may store it.
                if (
                    progress is not null
                    && Interlocked.Increment(ref done) is var count
                    && count * 100L / history.Series.Count != (count - 1) * 100L / history.Series.Count
                )
                    progress.Report((double)count / history.Series.Count);
                return buffer;
            },
            static _ => { }
        );
        return grid;
    }

    /// <exception cref="ArgumentOutOfRangeException">It is not 0 to 1.</exception>
    public static double Weight(double promotionWeight) =>
        promotionWeight is >= 0 and <= 1
            ? promotionWeight
            : throw new ArgumentOutOfRangeException(
                nameof(promotionWeight),
                promotionWeight,
                "The weight of a promotion day must be from 0 to 1."
            );
}
