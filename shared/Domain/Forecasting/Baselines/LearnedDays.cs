using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Baselines;

/// <summary>
/// The days of one series that a method may learn from, from its first sale on; a worker's buffer, filled again for every series. Days that
/// are not known, closed, or sold out are no evidence of little demand: they are skipped, and what was learned before is carried over them.
/// A day that sold out still says that at least so many were wanted.
/// </summary>
internal sealed class LearnedDays(int days, double promotionWeight)
{
    /// <summary>Days without a promotion that have to be there before those with one are left out.</summary>
    public const int OtherDays = 28;

    private readonly double[] units = new double[days];
    private readonly double[] weights = new double[days];

    /// <summary>Days from the first one that counts to the history's last, skipped ones included.</summary>
    public int Count { get; private set; }

    /// <summary>Days with a weight above 0.</summary>
    public int Learned { get; private set; }

    /// <summary>Units of each day; 0 where not known.</summary>
    public ReadOnlySpan<double> Units => units.AsSpan(0, Count);

    /// <summary>
    /// 0 for days that are skipped, <see cref="SoldOut"/> for days that say "at least", else how much a day counts, at most 1.
    /// </summary>
    public ReadOnlySpan<double> Weights => weights.AsSpan(0, Count);

    /// <summary>The weight of a day that sold out.</summary>
    public const double SoldOut = -1;

    /// <param name="history">Nothing behind its last day is read.</param>
    /// <param name="series">One of its series.</param>
    /// <param name="atMost">Days before these are left out.</param>
    public void Load(SalesHistory history, SalesSeries series, int atMost = int.MaxValue)
    {
        var all = series.Units.AsSpan(0, history.Days);
        var marks = series.Marks;
        (Count, Learned) = (0, 0);
        var first = all.IndexOfAnyInRange(float.Epsilon, float.MaxValue);
        if (first < 0)
            return;
        var start = Math.Max(first, history.Days - atMost);
        var others = 0;
        for (var day = start; day < all.Length; day++)
            if (Known(all[day]) && marks[day] == DayMarks.None)
                others++;
        var ofPromotion = others >= OtherDays ? promotionWeight : 1;
        for (var day = start; day < all.Length; day++, Count++)
        {
            var known = Known(all[day]) && (marks[day] & DayMarks.Closed) == 0;
            units[Count] = known ? all[day] : 0;
            weights[Count] =
                !known ? 0
                : (marks[day] & DayMarks.Promotion) != 0 ? SoldOutOr(marks[day], ofPromotion)
                : SoldOutOr(marks[day], 1);
            if (weights[Count] > 0)
                Learned++;
        }
    }

    /// <summary>
    /// The weighted mean of the last <paramref name="most"/> days that count, every <paramref name="step"/>th from the last but
    /// <paramref name="back"/>; days that sold out above it raise it.
    /// </summary>
    /// <returns>NaN where no day counts.</returns>
    public double MeanOfLast(int most, int back = 0, int step = 1)
    {
        double sum = 0,
            weight = 0;
        var (seen, oldest) = (0, Count);
        for (var day = Count - 1 - back; day >= 0 && seen < most; day -= step)
        {
            if (weights[day] <= 0)
                continue;
            (sum, weight, seen, oldest) = (sum + weights[day] * units[day], weight + weights[day], seen + 1, day);
        }
        if (seen < most)
            oldest = 0;
        var mean = weight > 0 ? sum / weight : double.NaN;
        for (var day = Count - 1 - back; day >= oldest; day -= step)
            if (weights[day] == SoldOut && !(units[day] <= mean) && (weight > 0 || units[day] > 0))
                (sum, weight) = (sum + units[day], weight + 1);
        return weight > 0 ? sum / weight : double.NaN;
    }

    /// <summary>
    /// What a series sells where its method finds nothing better: the mean of its last 28 days that count, or of days that sold out; 0
    /// without either.
    /// </summary>
    public double Level() => MeanOfLast(OtherDays) is var mean && double.IsNaN(mean) ? 0 : mean;

    private static bool Known(float units) => units >= 0 && float.IsFinite(units);

    // A sold-out promotion day that is excluded from learning gives no lower bound either.
    private static double SoldOutOr(DayMarks marks, double weight) => (marks & DayMarks.Stockout) != 0 && weight > 0 ? SoldOut : weight;
}
