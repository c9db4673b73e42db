using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Tests.Forecasting;

/// <summary>Histories that tests begin with; the first day is a Monday.</summary>
internal static class Sales
{
    public const int Horizon = 14;

    public static readonly DateOnly Monday = new(2025, 1, 6);

    public static SalesHistory Of(params float[][] units) => Of([.. units.Select(static u => Series(u))]);

    public static SalesHistory Of(params SalesSeries[] series)
    {
        var days = series[0].Units.Length;
        return new SalesHistory(
            Monday,
            days,
            Horizon,
            [.. Enumerable.Range(0, days + Horizon).Select(static d => new CalendarDay(Monday.AddDays(d), [], []))],
            series
        );
    }

    public static SalesSeries Series(
        float[] units,
        DayMarks[]? marks = null,
        string sku = "A",
        string location = "L1",
        string category = "food"
    ) =>
        new()
        {
            Key = new SeriesKey(new Sku(sku), new LocationId(location)),
            Category = category,
            Region = "north",
            Units = units,
            Prices = [.. Enumerable.Repeat(10f, units.Length + Horizon)],
            Marks = [.. (marks ?? []).Concat(Enumerable.Repeat(DayMarks.None, units.Length + Horizon)).Take(units.Length + Horizon)],
        };

    /// <summary>Counts by Poisson, whose mean is the level times what the weekday says.</summary>
    public static float[] Poisson(int seed, int days, double level, double weekend = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, days).Select(d => (float)Poisson(random, level * (d % 7 >= 5 ? weekend : 1)))];
    }

    /// <summary>Knuth's method.</summary>
    public static int Poisson(Random random, double mean)
    {
        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0);
        for (; product > limit; count++)
            product *= random.NextDouble();
        return count;
    }
}
