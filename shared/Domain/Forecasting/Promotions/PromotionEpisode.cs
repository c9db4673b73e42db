using Stockgate.Domain.Forecasting.Elasticity;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Promotions;

/// <summary>One promotion of an item at a location: days in a row with the mark.</summary>
/// <param name="Days">Days that were learned from.</param>
/// <param name="LogUplift">ln of what they sold over what the days around let expect.</param>
internal readonly record struct PromotionEpisode(int Days, Estimate LogUplift)
{
    /// <summary>Days before and after a promotion used for its baseline.</summary>
    private const int Around = 28;

    /// <summary>With fewer days without promotion the usual sales are unknown.</summary>
    private const int Fewest = 7;

    /// <summary>
    /// All promotions of a series that have usual days around them. Promotion days that sold out are left out: they sold less than was
    /// wanted.
    /// </summary>
    public static IEnumerable<PromotionEpisode> Of(SalesHistory history, SalesSeries series)
    {
        for (var day = 0; day < history.Days; day++)
        {
            if (!Promoted(series, day))
                continue;
            var start = day;
            while (day + 1 < history.Days && Promoted(series, day + 1))
                day++;
            if (Measure(series, start, day + 1, history.Days) is { } episode)
                yield return episode;
        }
    }

    private static PromotionEpisode? Measure(SalesSeries series, int start, int end, int days)
    {
        Span<double> sums = stackalloc double[7],
            counts = stackalloc double[7];
        sums.Clear();
        counts.Clear();
        double sum = 0,
            squares = 0,
            count = 0;
        for (var day = Math.Max(0, start - Around); day < Math.Min(days, end + Around); day++)
        {
            if (!Learned(series, day) || Promoted(series, day))
                continue;
            var units = series.Units[day];
            (sums[day % 7], counts[day % 7]) = (sums[day % 7] + units, counts[day % 7] + 1);
            (sum, squares, count) = (sum + units, squares + units * (double)units, count + 1);
        }
        if (count < Fewest || sum == 0)
            return null;
        double sold = 0,
            expected = 0;
        var learned = 0;
        for (var day = start; day < end; day++)
        {
            if (!Learned(series, day))
                continue;
            // One day of a weekday is chance; two or more are a weekday.
            (sold, expected, learned) = (
                sold + series.Units[day],
                expected + (counts[day % 7] >= 2 ? sums[day % 7] / counts[day % 7] : sum / count),
                learned + 1
            );
        }
        if (learned == 0 || expected == 0)
            return null;
        // How much more days differ than counts do by chance. Half a unit on both counts keeps the logarithm of nothing finite, and its
        // mean where it is (Anscombe 1956, Biometrika 43).
        var dispersion = Math.Max(1, (squares - sum * sum / count) / (count - 1) / (sum / count));
        return new PromotionEpisode(
            learned,
            new Estimate(Math.Log((sold + 0.5) / (expected * (sum + 0.5) / sum)), dispersion * (1 / (sold + 0.5) + 1 / (sum + 0.5)))
        );
    }

    private static bool Promoted(SalesSeries series, int day) => (series.Marks[day] & DayMarks.Promotion) != 0;

    private static bool Learned(SalesSeries series, int day) =>
        series.Units[day] >= 0 && float.IsFinite(series.Units[day]) && (series.Marks[day] & (DayMarks.Stockout | DayMarks.Closed)) == 0;
}
