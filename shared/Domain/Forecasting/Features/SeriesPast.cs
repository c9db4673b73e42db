using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Features;

/// <summary>
/// Sums over the past of one series, or of all series of a place together; a worker's buffer, filled again for each. Days that are not
/// known, closed or sold out count nowhere: they are no evidence of little demand.
/// </summary>
internal sealed class SeriesPast
{
    /// <summary>Days after which a day counts half in each of the weighted means.</summary>
    public static readonly int[] HalfLives = [3, 7, 14, 28, 56, 112, 364];

    private readonly double[] units,
        counted,
        tagged,
        taggedCounted,
        prices,
        priced,
        promoted;
    private readonly double[][] byWeekday,
        weekdayCounted;
    private readonly float[][] smoothed;
    private int firstWeekday;

    public SeriesPast(int days)
    {
        double[] Sums() => new double[days + 1];
        (units, counted, tagged, taggedCounted, prices, priced, promoted) = (Sums(), Sums(), Sums(), Sums(), Sums(), Sums(), Sums());
        byWeekday = [.. Enumerable.Range(0, 7).Select(_ => Sums())];
        weekdayCounted = [.. Enumerable.Range(0, 7).Select(_ => Sums())];
        smoothed = [.. HalfLives.Select(_ => new float[days + 1])];
    }

    /// <summary>The first day that sold anything; the number of days where none did.</summary>
    public int First { get; private set; }

    /// <summary>Takes in the units of one series, or of several together.</summary>
    /// <param name="history">Its known days are taken.</param>
    /// <param name="series">One or more.</param>
    /// <param name="calendar">The history's.</param>
    public void Load(SalesHistory history, ReadOnlySpan<SalesSeries> series, CalendarFeatures calendar)
    {
        (First, firstWeekday) = (history.Days, (int)history.First.DayOfWeek);
        foreach (var one in series)
            First = Math.Min(
                First,
                one.Units.AsSpan(0, history.Days).IndexOfAnyInRange(float.Epsilon, float.MaxValue) is var first and >= 0
                    ? first
                    : history.Days
            );
        Span<double> sums = stackalloc double[HalfLives.Length],
            weights = stackalloc double[HalfLives.Length],
            keeps = stackalloc double[HalfLives.Length];
        for (var h = 0; h < keeps.Length; h++)
            keeps[h] = Math.Pow(0.5, 1.0 / HalfLives[h]);
        for (var day = 0; day < history.Days; day++)
        {
            var (sold, known, price, withPrice, offers) = (0.0, 0, 0.0, 0, 0);
            foreach (var one in series)
            {
                if (!float.IsNaN(one.Prices[day]))
                    (price, withPrice) = (price + one.Prices[day], withPrice + 1);
                if ((one.Marks[day] & DayMarks.Promotion) != 0)
                    offers++;
                if (!Counts(one, day))
                    continue;
                (sold, known) = (sold + one.Units[day], known + 1);
            }
            var counts = day >= First && known > 0;
            var (weekday, isTagged) = (Weekday(day), calendar.Tags(day) > 0);
            if (!counts)
                (sold, known) = (0, 0);
            Next(units, day, sold);
            Next(counted, day, counts ? 1 : 0);
            Next(tagged, day, isTagged ? sold : 0);
            Next(taggedCounted, day, isTagged && counts ? 1 : 0);
            Next(prices, day, price);
            Next(priced, day, withPrice);
            Next(promoted, day, offers);
            for (var w = 0; w < 7; w++)
            {
                Next(byWeekday[w], day, w == weekday ? sold : 0);
                Next(weekdayCounted[w], day, w == weekday && counts ? 1 : 0);
            }
            for (var h = 0; h < HalfLives.Length; h++)
            {
                if (counts)
                    (sums[h], weights[h]) = (sums[h] * keeps[h] + sold, weights[h] * keeps[h] + 1);
                smoothed[h][day + 1] = weights[h] > 0 ? (float)(sums[h] / weights[h]) : 0;
            }
        }
    }

    public static bool Counts(SalesSeries series, int day) =>
        series.Units[day] >= 0 && (series.Marks[day] & (DayMarks.Stockout | DayMarks.Closed)) == 0;

    public int Weekday(int day) => (firstWeekday + day) % 7;

    /// <summary>The mean at the end of the day before <paramref name="origin"/>, older days counting less.</summary>
    public double Smoothed(int halfLife, int origin) => smoothed[halfLife][origin];

    /// <summary>Mean of a day's units from a day up to and without another; NaN where no day counts.</summary>
    public double Mean(int from, int to) => Share(units, counted, from, to);

    /// <summary>Sum of units, as if the days that don't count had sold the mean of the others; NaN where no day counts.</summary>
    public double Sum(int from, int to) => Mean(from, to) * (to - Math.Max(0, from));

    public double MeanOfWeekday(int weekday, int from, int to) => Share(byWeekday[weekday], weekdayCounted[weekday], from, to);

    public double MeanPrice(int from, int to) => Share(prices, priced, from, to);

    /// <summary>Days of a promotion in a span of days.</summary>
    public double Promoted(int from, int to) => promoted[to] - promoted[Math.Max(0, from)];

    /// <summary>
    /// What a weekday sells against the mean day, drawn towards <paramref name="usual"/> as if that had been seen in
    /// <paramref name="prior"/> units.
    /// </summary>
    public double WeekdayRatio(int weekday, int origin, int days, double usual, double prior)
    {
        var from = Math.Max(First, origin - days);
        if (origin - from < 14)
            return usual;
        var mean = Share(units, counted, from, origin);
        var ofWeekday = byWeekday[weekday][origin] - byWeekday[weekday][from];
        var expected = mean * (weekdayCounted[weekday][origin] - weekdayCounted[weekday][from]);
        // Both in units of a seventh of the span: what it sold on these weekdays, and what it would have as on any day.
        return double.IsNaN(mean) ? usual : (7 * ofWeekday + prior * usual) / (7 * expected + prior);
    }

    /// <summary>What tagged days sell against the mean day, drawn towards 1.</summary>
    public double TaggedRatio(int origin, int days, double prior)
    {
        var from = Math.Max(First, origin - days);
        var (on, all) = (taggedCounted[origin] - taggedCounted[Math.Min(from, origin)], counted[origin] - counted[Math.Min(from, origin)]);
        if (all < 28 || on == 0 || on == all)
            return 1;
        var mean = (units[origin] - units[from]) / all;
        return (tagged[origin] - tagged[from] + prior) / (on * mean + prior);
    }

    private static void Next(double[] sums, int day, double more) => sums[day + 1] = sums[day] + more;

    private static double Share(double[] sums, double[] counts, int from, int to)
    {
        from = Math.Max(0, from);
        return to > from && counts[to] > counts[from] ? (sums[to] - sums[from]) / (counts[to] - counts[from]) : double.NaN;
    }
}
