using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Stockgate.Domain.Forecasting.Replenishment;

/// <summary>
/// What several days will sell together. Quantiles of days can't be added up, so that the days' spreads are: σ of a day is (P90 − P10) ÷
/// 2.563, as of a normal distribution, and never below √mean, which is what customers who come independently of each other make; σ² of
/// the sum is (1 − ρ) Σσ² + ρ (Σσ)², where ρ is the correlation between any two days' errors. The sum is negative binomial with that mean
/// and variance; normal where it is far from 0.
/// </summary>
public readonly record struct DemandSum
{
    /// <summary>
    /// ρ where nothing better is known: a level that is too low is too low on every day. Measured on the four-week errors of
    /// <see cref="Baselines.Ets"/> on the M5 foods, where it is 0.15.
    /// </summary>
    public const double Correlation = 0.15;

    /// <param name="mean">Units, 0 or more.</param>
    /// <param name="variance">Taken for at least the mean.</param>
    public DemandSum(double mean, double variance)
    {
        if (!(mean >= 0) || !double.IsFinite(mean))
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean demand must be 0 or more.");
        if (!(variance >= 0) || !double.IsFinite(variance))
            throw new ArgumentOutOfRangeException(nameof(variance), variance, "The variance must be 0 or more.");
        (Mean, Variance) = (mean, Math.Max(variance, mean * (1 + 1e-3)));
    }

    /// <summary>Units.</summary>
    public double Mean { get; }

    /// <summary>Units squared, above the mean.</summary>
    public double Variance { get; }

    /// <summary>The sum of some days of a forecast. Days behind its horizon go on as its last seven do.</summary>
    /// <param name="forecast">The forecast.</param>
    /// <param name="from">The first day; 0 is the forecast's first.</param>
    /// <param name="days">How many, 0 or more.</param>
    /// <param name="correlation">ρ, 0 to 1.</param>
    /// <param name="factor">Taken times every day, such as a promotion's uplift; 0 or more.</param>
    public static DemandSum Of(SeriesForecast forecast, int from, int days, double correlation = Correlation, double factor = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        if (correlation is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(correlation), correlation, "The correlation between days must be from 0 to 1.");
        double mean = 0,
            squares = 0,
            deviations = 0;
        for (var day = from; day < from + days; day++)
        {
            var at = ForecastDays.At(day, forecast.Horizon);
            var (expected, spread) = (factor * forecast.Mean[at], factor * forecast.Deviation(at));
            var deviation = Math.Max(spread, Math.Sqrt(expected));
            (mean, squares, deviations) = (mean + expected, squares + deviation * deviation, deviations + deviation);
        }
        return new DemandSum(mean, (1 - correlation) * squares + correlation * deviations * deviations);
    }

    /// <summary>The chance that no more than this is wanted.</summary>
    /// <param name="units">Parts of a unit can't meet a whole demand.</param>
    public double AtMost(double units)
    {
        if (units < 0)
            return 0;
        if (Mean == 0)
            return 1;
        var whole = Math.Floor(units);
        return IsNormal ? Normal.CDF(Mean, Math.Sqrt(Variance), whole + 0.5) : SpecialFunctions.BetaRegularized(Size, whole + 1, Chance);
    }

    /// <summary>The chance that more than this is wanted.</summary>
    public double Above(double units) => Math.Clamp(1 - AtMost(units), 0, 1);

    /// <summary>The fewest whole units that meet the demand with this chance.</summary>
    /// <param name="chance">Above 0, below 1.</param>
    public double Quantile(double chance)
    {
        if (chance is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(chance), chance, "The service level must be above 0 and below 1.");
        var (low, high) = (-1.0, Math.Ceiling(Mean + 3 * Math.Sqrt(Variance)) + 1);
        while (AtMost(high) < chance)
            (low, high) = (high, high * 2);
        while (high - low > 1)
        {
            var middle = Math.Floor((low + high) / 2);
            if (AtMost(middle) >= chance)
                high = middle;
            else
                low = middle;
        }
        return high;
    }

    /// <summary>Units that are wanted and not there, on average: E[(demand − units)⁺].</summary>
    public double Lost(double units)
    {
        units = Math.Max(0, Math.Floor(units));
        if (IsNormal)
        {
            var deviation = Math.Sqrt(Variance);
            var z = (units - Mean) / deviation;
            return Math.Max(0, deviation * (Normal.PDF(0, 1, z) - z * Normal.CDF(0, 1, -z)));
        }
        // E[(D − q)⁺] = E[D] − q + Σ over k < q of (q − k) P(D = k)
        var lost = Mean - units;
        var at = Math.Exp(Size * Math.Log(Chance));
        for (var k = 0; k < units && Mean > 0; k++)
        {
            lost += (units - k) * at;
            at *= (k + Size) / (k + 1) * (1 - Chance);
            if (k > Mean && at * units * units < 1e-9)
                break;
        }
        return Math.Max(0, lost);
    }

    private double Size => Mean * Mean / (Variance - Mean);

    private double Chance => Mean / Variance;

    // Where the chance of nothing at all can't be written as a number, its distribution is symmetric enough.
    private bool IsNormal => Mean > 2000 || (Mean > 0 && Size * Math.Log(Chance) < -600);
}
