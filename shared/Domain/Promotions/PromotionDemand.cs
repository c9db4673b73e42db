using Stockgate.Domain.Forecasting;

namespace Stockgate.Domain.Promotions;

/// <summary>What an item sells in a region without a promotion, units a day.</summary>
/// <param name="Mean">0 or more.</param>
/// <param name="Variance">Of a day's units, 0 or more.</param>
/// <param name="ForecastAt">When the forecast that says so came in force; null if it is the mean of the days before.</param>
public readonly record struct SalesBaseline(decimal Mean, decimal Variance, DateTimeOffset? ForecastAt = null)
{
    /// <summary>Of daily sales; days on which nothing was sold are counted too.</summary>
    /// <param name="units">Units of each day that had any.</param>
    /// <param name="days">All days, at least 1.</param>
    public static SalesBaseline Of(IEnumerable<decimal> units, int days)
    {
        decimal sum = 0,
            squares = 0;
        foreach (var day in units)
        {
            sum += day;
            squares += day * day;
        }
        var mean = Math.Max(0, sum / days);
        return new(mean, days < 2 ? mean : Math.Max(0, (squares - sum * sum / days) / (days - 1)));
    }
}

/// <summary>The expected sales of a promotion.</summary>
public static class PromotionDemand
{
    /// <summary>
    /// Sales as a factor of the baseline: what the request says, or by constant elasticity, (price ÷ regular price) to the power of −e.
    /// </summary>
    /// <param name="expected">The request's own; null: by elasticity.</param>
    /// <param name="regular">Above 0; otherwise there is no uplift to speak of.</param>
    /// <param name="effective">Average price under the offer.</param>
    /// <param name="elasticity">Percent more units for each percent off, above 0.</param>
    public static decimal Uplift(decimal? expected, Money regular, Money effective, decimal elasticity)
    {
        if (expected is { } said)
            return said;
        if (regular.Amount <= 0 || effective.Amount >= regular.Amount)
            return 1;
        // A gift has no end of takers; the request's own bound holds here too.
        var ratio = Math.Max(0.01, (double)(effective.Amount / regular.Amount));
        return Math.Min(PromotionLimits.Uplift, (decimal)Math.Round(Math.Pow(ratio, -(double)elasticity), 4));
    }

    /// <summary>Expected units over the window: the mean.</summary>
    public static Quantity Expected(SalesBaseline baseline, decimal uplift, TimeSpan window) =>
        new(decimal.Round(baseline.Mean * uplift * (decimal)window.TotalDays, 3));

    /// <summary>
    /// What nine of ten windows like this one would not exceed, in whole units: mean + 1.28 standard deviations (normal approximation of
    /// the sum of days). The variance is never taken for less than the mean, which is what customers who come independently of each other
    /// make (Poisson).
    /// </summary>
    public static Quantity P90(SalesBaseline baseline, decimal uplift, TimeSpan window)
    {
        var days = window.TotalDays;
        var mean = (double)(baseline.Mean * uplift) * days;
        var variance = Math.Max(mean, (double)(baseline.Variance * uplift * uplift) * days);
        return new((decimal)Math.Ceiling(mean + SeriesForecast.Z90 * Math.Sqrt(variance) - 1e-9));
    }
}
