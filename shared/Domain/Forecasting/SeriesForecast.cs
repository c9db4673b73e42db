using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting;

/// <summary>The published forecast of one SKU at one location.</summary>
/// <param name="Key">What it is of.</param>
/// <param name="First">The day of the first figure.</param>
/// <param name="Mean">Expected units of each day, 0 or more. Means of days and of SKUs may be added up; quantiles may not.</param>
/// <param name="P10">One day in ten sells less than this at most.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">Nine days in ten sell no more than this.</param>
public sealed record SeriesForecast(SeriesKey Key, DateOnly First, float[] Mean, float[] P10, float[] P50, float[] P90)
{
    /// <summary>The standard normal's 0.9 quantile.</summary>
    public const double Z90 = 1.2815515655446004;

    public int Horizon => Mean.Length;

    /// <summary>
    /// The standard deviation of a day, units: P90 − P10 is two of <see cref="Z90"/> in deviations, as of a normal distribution.
    /// </summary>
    public double Deviation(int day) => Math.Max(0, P90[day] - P10[day]) / (2 * Z90);
}
