using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Forecasting.Features;

/// <summary>
/// The trees' features of a series on a future day, as known at an origin: levels over several spans against each other, weekdays, the
/// place as a whole, last year, price, promotions, the calendar. Almost all are ratios, so that what is learned from one item holds for
/// another that sells ten times as much; the trees start from level times weekday.
/// </summary>
internal sealed class DemandFeatures
{
    private const int Year = 364;

    // Added to levels before their logarithm or their ratio is taken: an item that sells nothing has none.
    private const double Little = 0.02,
        Some = 0.1;

    public static readonly Feature[] Columns =
    [
        new("days ahead"),
        new("weekday", Categorical: true),
        new("level"),
        .. SeriesPast.HalfLives.Select(static h => new Feature($"recent level, half-life {h} days")),
        new("own weekday pattern, a year"),
        new("own weekday pattern, 8 weeks"),
        new("weekday pattern of the place"),
        new("days without a sale in 28"),
        new("days since the last sale"),
        new("days since the first sale"),
        new("spread of 56 days"),
        new("same weekday last week"),
        new("yesterday"),
        new("last 7 days"),
        new("last 28 days"),
        new("same weekday in 4 weeks"),
        new("best of 28 days"),
        new("same week last year"),
        new("place: same week last year"),
        new("place: same day last year"),
        new("place: last 7 days against 28"),
        new("place: last 28 days against 112"),
        new("place: last 28 days against a year ago"),
        new("last 28 days against a year ago"),
        new("tagged day"),
        new("own effect of tagged days"),
        new("tagged day by own effect"),
        new("tagged days in the last week"),
        new("event", Categorical: true),
        new("days to the next event"),
        new("days since the last event"),
        new("coming event", Categorical: true),
        new("price against 28 days", Monotone: -1),
        new("price against a year"),
        new("price against the year's highest"),
        new("promotion"),
        new("promotion days in 28"),
        new("closed the day before"),
        new("closed the day after"),
    ];

    private readonly SalesHistory history;
    private readonly CalendarFeatures calendar;
    private readonly Dictionary<LocationId, SeriesPast> places;

    public DemandFeatures(SalesHistory history)
    {
        (this.history, calendar) = (history, new CalendarFeatures(history.Calendar));
        places = history
            .Series.GroupBy(static s => s.Key.Location)
            .ToDictionary(
                static g => g.Key,
                g =>
                {
                    var past = new SeriesPast(history.Days);
                    past.Load(history, g.ToArray(), calendar);
                    return past;
                }
            );
    }

    public SeriesPast Past() => new(history.Days);

    public void Load(SeriesPast past, int series) => past.Load(history, [history.Series[series]], calendar);

    /// <summary>Whether there is anything to learn from a series at an origin.</summary>
    public static bool Usable(SeriesPast past, int origin) => past.First < origin - 7;

    /// <param name="past">Of this series.</param>
    /// <param name="index">The series.</param>
    /// <param name="origin">Days known: the first day to be forecast has this number.</param>
    /// <param name="ahead">Days after that, 0 for the first.</param>
    /// <param name="x">One figure per column.</param>
    /// <returns>The logarithm of level times weekday: what the trees start from.</returns>
    public float Fill(SeriesPast past, int index, int origin, int ahead, Span<float> x)
    {
        var (series, place, day, at) = (history.Series[index], places[history.Series[index].Key.Location], origin + ahead, 0);
        var weekday = past.Weekday(day);
        var level = Little + 0.25 * past.Smoothed(2, origin) + 0.35 * past.Smoothed(3, origin) + 0.4 * past.Smoothed(5, origin);
        var usual = place.WeekdayRatio(weekday, origin, Year, 1, 1);
        var pattern = past.WeekdayRatio(weekday, origin, Year, usual, 60);
        var perLevel = 1 / level;

        x[at++] = ahead + 1;
        x[at++] = weekday;
        x[at++] = Log(level);
        for (var h = 0; h < SeriesPast.HalfLives.Length; h++)
            x[at++] = Log((past.Smoothed(h, origin) + Little) * perLevel);
        x[at++] = Log(pattern);
        x[at++] = Log(past.WeekdayRatio(weekday, origin, 56, usual, 20) / pattern);
        x[at++] = Log(usual);
        x[at++] = Zeros(series, origin, 28);
        x[at++] = SinceLastSale(series.Units.AsSpan(0, origin));
        x[at++] = Math.Min(800, origin - past.First);
        x[at++] = (float)(Spread(series, origin, past.Smoothed(4, origin)) * perLevel);
        x[at++] = Log((Known(series, origin - 7 + ahead % 7) + Some) * perLevel);
        x[at++] = (float)(Known(series, origin - 1) * perLevel);
        x[at++] = Log((past.Mean(origin - 7, origin) + Little) * perLevel);
        x[at++] = Log((past.Mean(origin - 28, origin) + Little) * perLevel);
        x[at++] = Log((past.MeanOfWeekday(weekday, origin - 28, origin) + Some) * perLevel);
        x[at++] = (float)(Highest(series, origin, 28) * perLevel);

        // Of a year ago: the week around the day, against the four weeks before the origin then.
        var (then, originThen) = (day - Year, origin - Year);
        x[at++] =
            then - 3 >= past.First
                ? Log((past.Mean(then - 3, Math.Min(origin, then + 4)) + Some) / (past.Mean(originThen - 28, originThen) + Some))
                : float.NaN;
        var placeThen = place.Mean(originThen - 28, originThen);
        x[at++] = Log(place.Mean(then - 3, Math.Min(origin, then + 4)) / placeThen);
        x[at++] = Log(place.Mean(then, then + 1) / placeThen);
        var placeNow = place.Mean(origin - 28, origin);
        x[at++] = Log(place.Mean(origin - 7, origin) / placeNow);
        x[at++] = Log(placeNow / place.Mean(origin - 112, origin));
        x[at++] = Log(placeNow / placeThen);
        x[at++] = Log((past.Sum(origin - 28, origin) + 1) / (past.Sum(originThen - 28, originThen) + 1));

        var (tagged, effect) = (calendar.Tags(day), Log(past.TaggedRatio(origin, Year, 20)));
        x[at++] = tagged;
        x[at++] = effect;
        x[at++] = tagged * effect;
        x[at++] = TagsOf(origin - 7, origin);
        x[at++] = calendar.Event(day);
        x[at++] = calendar.ToNext(day);
        x[at++] = calendar.SinceLast(day);
        x[at++] = calendar.Next(day);

        double price = series.Prices[day];
        x[at++] = Log(price / past.MeanPrice(origin - 28, origin));
        x[at++] = Log(price / past.MeanPrice(origin - Year, origin));
        x[at++] = Log(price / HighestPrice(series, origin));
        x[at++] = (series.Marks[day] & DayMarks.Promotion) != 0 ? 1 : 0;
        x[at++] = (float)past.Promoted(origin - 28, origin);
        x[at++] = Closed(series, day - 1);
        x[at++] = day + 1 < history.Days + history.Horizon ? Closed(series, day + 1) : 0;
        return Log(level * Math.Max(pattern, Little));
    }

    // 0, infinite and not known become "not known".
    private static float Log(double value) => value > 0 && double.IsFinite(value) ? (float)Math.Log(value) : float.NaN;

    private static float Known(SalesSeries series, int day) => day >= 0 && SeriesPast.Counts(series, day) ? series.Units[day] : float.NaN;

    private static float Closed(SalesSeries series, int day) => day >= 0 && (series.Marks[day] & DayMarks.Closed) != 0 ? 1 : 0;

    private static int Zeros(SalesSeries series, int origin, int days)
    {
        var zeros = 0;
        for (var day = Math.Max(0, origin - days); day < origin; day++)
            if (series.Units[day] == 0 && SeriesPast.Counts(series, day))
                zeros++;
        return zeros;
    }

    private static int SinceLastSale(ReadOnlySpan<float> units)
    {
        var day = units.Length - 1;
        while (day >= Math.Max(0, units.Length - 90) && !(units[day] > 0))
            day--;
        return units.Length - 1 - day;
    }

    private static double Spread(SalesSeries series, int origin, double level)
    {
        var (sum, count) = (0.0, 0);
        for (var day = Math.Max(0, origin - 56); day < origin; day++)
            if (SeriesPast.Counts(series, day))
                (sum, count) = (sum + (series.Units[day] - level) * (series.Units[day] - level), count + 1);
        return count == 0 ? double.NaN : Math.Sqrt(sum / count);
    }

    private static float Highest(SalesSeries series, int origin, int days)
    {
        var highest = 0f;
        for (var day = Math.Max(0, origin - days); day < origin; day++)
            if (SeriesPast.Counts(series, day))
                highest = Math.Max(highest, series.Units[day]);
        return highest;
    }

    // Prices are set for weeks: one day of each tells the year's highest.
    private static double HighestPrice(SalesSeries series, int origin)
    {
        var highest = double.NaN;
        for (var day = origin - 1; day >= Math.Max(0, origin - Year); day -= 7)
            if (!(series.Prices[day] <= highest) && !float.IsNaN(series.Prices[day]))
                highest = series.Prices[day];
        return highest;
    }

    private int TagsOf(int from, int to)
    {
        var tags = 0;
        for (var day = Math.Max(0, from); day < to; day++)
            tags += calendar.Tags(day);
        return tags;
    }
}
