using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Baselines;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Tests.Forecasting.Baselines;

/// <summary>What every baseline keeps to.</summary>
public class BaselinesTests
{
    private static readonly IForecaster[] All =
    [
        new SeasonalNaive(),
        new MovingAverage(),
        new WeekdayMean(),
        new SimpleSmoothing(),
        new Ets(),
        new Croston(),
        new Sba(),
        new Tsb(),
    ];

    public static TheoryData<string> Names => [.. All.Select(static m => m.Name)];

    private static float[] Run(string name, params SalesSeries[] series) =>
        All.Single(m => m.Name == name).Forecast(Sales.Of(series), null, default).Values;

    private static float[] Run(string name, float[] units, DayMarks[]? marks = null) => Run(name, Sales.Series(units, marks));

    private static DayMarks[] Marks(int days, DayMarks mark, Func<int, bool> where) =>
        [.. Enumerable.Range(0, days).Select(d => where(d) ? mark : DayMarks.None)];

    [Theory, MemberData(nameof(Names))]
    public void A_series_without_any_sale_is_forecast_none(string name)
    {
        Assert.All(Run(name, new float[100]), static f => Assert.Equal(0, f));
        Assert.All(Run(name, [.. Enumerable.Repeat(float.NaN, 100)]), static f => Assert.Equal(0, f));
    }

    [Theory, MemberData(nameof(Names))]
    public void One_observation_forecasts_that(string name)
    {
        Assert.All(Run(name, [0, 0, 0, 0, 6]), static f => Assert.Equal(6, f, 3));
        Assert.All(Run(name, [float.NaN, 6, float.NaN, float.NaN]), static f => Assert.Equal(6, f, 3));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_constant_series_goes_on(string name)
    {
        var share = name == "sba" ? 0.95f : 1;
        Assert.All(Run(name, [.. Enumerable.Repeat(4f, 200)]), f => Assert.Equal(4 * share, f, 3));
    }

    [Theory, MemberData(nameof(Names))]
    public void Days_before_the_first_sale_say_nothing(string name)
    {
        var units = Sales.Poisson(1, 140, 3);
        units[0] = 3;
        Assert.Equal(Run(name, units), Run(name, [.. new float[70], .. units]));
    }

    [Theory, MemberData(nameof(Names))]
    public void Whatever_comes_in_what_goes_out_is_a_number_and_not_below_zero(string name) =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var days = random.Next(1, 120);
                var units = Enumerable
                    .Range(0, days)
                    .Select(_ =>
                        random.Next(6) switch
                        {
                            0 => float.NaN,
                            1 => 0f,
                            2 => 1e30f * random.NextSingle(),
                            _ => random.Next(9),
                        }
                    )
                    .ToArray();
                return Run(name, units, [.. units.Select(_ => (DayMarks)random.Next(8))]).All(static f => float.IsFinite(f) && f >= 0);
            })
            .Check(Config.QuickThrowOnFailure);

    [Theory, MemberData(nameof(Names))]
    public void Units_counted_in_another_measure_give_the_same_forecast_in_that_measure(string name) =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var units = Sales.Poisson(seed, random.Next(2, 300), random.NextDouble() * 6, 2);
                // A power of two: floating point scales by it exactly, so that not even a tie between two models falls the other way.
                return Run(name, [.. units.Select(static u => u * 8)]).Zip(Run(name, units)).All(static p => p.First == p.Second * 8);
            })
            .Check(Config.QuickThrowOnFailure);

    [Theory, MemberData(nameof(Names))]
    public void The_same_history_gives_the_same_forecast_beside_any_others(string name)
    {
        var series = Enumerable.Range(0, 40).Select(i => Sales.Series(Sales.Poisson(i, 200, i / 4.0, 1.5))).ToArray();
        var together = Run(name, series);
        Assert.Equal(together, Run(name, series));
        for (var i = 0; i < series.Length; i += 13)
            Assert.Equal(together[(i * Sales.Horizon)..((i + 1) * Sales.Horizon)], Run(name, series[i]));
    }

    [Theory, MemberData(nameof(Names))]
    public void What_lies_behind_the_last_known_day_is_not_looked_at(string name)
    {
        var units = Sales.Poisson(2, 200, 5, 2);
        var longer = Sales.Of(Sales.Series([.. units, .. Enumerable.Repeat(999f, 50)])).Until(200);
        Assert.Equal(Run(name, units), All.Single(m => m.Name == name).Forecast(longer, null, default).Values);
    }

    [Theory, MemberData(nameof(Names))]
    public void Days_that_sold_out_do_not_lower_the_forecast(string name)
    {
        // The last 20 of 200 days there was little or nothing left.
        var units = Sales.Poisson(3, 200, 8);
        var emptied = units
            .Select(
                (u, d) =>
                    d >= 180
                        ? d % 3 == 0
                            ? 1f
                            : 0f
                        : u
            )
            .ToArray();
        var marked = Run(name, emptied, Marks(200, DayMarks.Stockout, static d => d >= 180));
        var before = Run(name, units[..180]);
        for (var day = 0; day < Sales.Horizon; day++)
            Assert.True(marked[day] >= before.Min() - 1e-3, $"day {day}: {marked[day]} after sell-outs, {before.Min()} before");
        Assert.True(marked.Sum() > Run(name, emptied).Sum() + 14);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_closed_or_unknown_day_counts_neither_as_nothing_sold_nor_as_a_day(string name)
    {
        float[] units = [.. Enumerable.Repeat(6f, 140)];
        var holes = units.Select(static (u, d) => d % 5 == 0 ? 0f : u).ToArray();
        var share = name == "sba" ? 0.95f : 1;
        Assert.All(Run(name, holes, Marks(140, DayMarks.Closed, static d => d % 5 == 0)), f => Assert.Equal(6 * share, f, 3));
        Assert.All(Run(name, [.. units.Select(static (u, d) => d % 5 == 0 ? float.NaN : u)]), f => Assert.Equal(6 * share, f, 3));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_promotion_does_not_raise_what_ordinary_days_are_forecast(string name)
    {
        var promoted = Enumerable.Range(0, 140).Select(static d => d >= 130 ? 50f : 6f).ToArray();
        var share = name == "sba" ? 0.95f : 1;
        Assert.All(Run(name, promoted, Marks(140, DayMarks.Promotion, static d => d >= 130)), f => Assert.Equal(6 * share, f, 3));
    }

    [Theory, MemberData(nameof(Names))]
    public void Where_nearly_every_day_has_a_promotion_they_are_all_there_is_to_learn_from(string name)
    {
        var share = name == "sba" ? 0.95f : 1;
        Assert.All(
            Run(name, [.. Enumerable.Repeat(9f, 100)], Marks(100, DayMarks.Promotion, static d => d > 10)),
            f => Assert.Equal(9 * share, f, 3)
        );
    }

    [Fact]
    public void Promotion_days_count_as_far_as_one_says()
    {
        var units = Enumerable.Range(0, 60).Select(static d => d >= 50 ? 20f : 10f).ToArray();
        var series = Sales.Series(units, Marks(60, DayMarks.Promotion, static d => d >= 50));
        float Mean(double weight) => new MovingAverage(28, weight).Forecast(Sales.Of(series), null, default).Values[0];
        Assert.Equal(10, Mean(0), 4);
        Assert.Equal((18 * 10 + 10 * 20) / 28f, Mean(1), 4);
        Assert.InRange(Mean(0.5), Mean(0) + 0.1f, Mean(1) - 0.1f);
        Assert.Throws<ArgumentOutOfRangeException>(static () => new MovingAverage(28, 1.1));
    }

    [Theory, InlineData("seasonal-naive"), InlineData("moving-average-28"), InlineData("weekday-mean-8")]
    public void To_learn_that_a_day_without_sales_was_sold_out_never_lowers_a_mean(string name) =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var units = Sales.Poisson(seed, random.Next(1, 120), random.NextDouble() * 3);
                // Before the first sale nobody knows whether there was anything to sell.
                var first = Array.FindIndex(units, static u => u > 0);
                var marks = Marks(units.Length, DayMarks.Stockout, d => d > first && units[d] == 0 && random.Next(3) == 0);
                return Run(name, units, marks).Zip(Run(name, units)).All(static p => p.First >= p.Second - 1e-4f);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_day_that_sold_out_far_above_the_level_raises_it()
    {
        var units = Enumerable.Range(0, 100).Select(static d => d == 99 ? 40f : 5f).ToArray();
        foreach (var name in new[] { "moving-average-28", "simple-smoothing", "croston", "tsb" })
            Assert.True(Run(name, units, Marks(100, DayMarks.Stockout, static d => d == 99))[0] > 5.01, name);
    }

    [Fact]
    public void Cancelling_ends_the_work() =>
        Assert.ThrowsAny<OperationCanceledException>(static () =>
            new Ets().Forecast(Sales.Of(Sales.Poisson(1, 50, 3)), null, new CancellationToken(true))
        );
}
