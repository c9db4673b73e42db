using Stockgate.Domain.Forecasting.NewItems;

namespace Stockgate.Domain.Tests.Forecasting.NewItems;

public class NewItemForecastTests
{
    private static readonly double[] Curve = [2, 1.5, 1, 0.5];

    private static Launch Launch(string sku, double level, decimal price = 10, string category = "toys") =>
        new(new Sku(sku), category, Expected.Pounds(price), [.. Curve.Select(c => c * level)]);

    private static NewItemForecast Of(IReadOnlyList<Launch> launches, int weeks = 4, decimal price = 10) =>
        NewItemForecast.Of(new Sku("new"), "toys", Expected.Pounds(price), launches, weeks);

    [Fact]
    public void It_takes_level_and_curve_of_earlier_launches()
    {
        var forecast = Of([Launch("a", 90), Launch("b", 100), Launch("c", 110)], 6);
        Assert.Equal([200, 150, 100, 50, 50, 50], forecast.Weeks.Select(static w => Math.Round(w.Mean)));
        Assert.All(forecast.Weeks, static w => Assert.True(w.P10 < w.Mean && w.Mean < w.P90));
        Assert.StartsWith(
            "new is forecast by 3 earlier launches in toys, of which about 3 count at its price of 10 GBP: 125 units in an average week",
            forecast.Words,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Launches_at_its_price_count_more_than_others()
    {
        var forecast = Of([Launch("near", 10, 11), Launch("far", 1000, 60), Launch("farther", 1000, 90)]);
        Assert.Equal(new Sku("near"), forecast.Similar[0].Sku);
        Assert.InRange(forecast.Weeks[0].Mean, 20, 21);
        Assert.Contains("few launches, so the forecast is uncertain", forecast.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_than_three_in_the_category_are_filled_up_with_others_and_that_is_said()
    {
        var forecast = Of([Launch("a", 100), Launch("x", 10, category: "food"), Launch("y", 10, category: "food")]);
        Assert.Contains("of all categories (1 in toys are too few)", forecast.Words, StringComparison.Ordinal);
        Assert.Equal(1 / 1.5, forecast.Similar[0].Weight, 3);
    }

    [Fact]
    public void Launches_that_differ_leave_more_open()
    {
        double Width(params double[] levels) => Of([.. levels.Select((l, i) => Launch($"{i}", l))]).Weeks[0] is var w ? w.P90 / w.P10 : 0;
        Assert.True(Width(10, 100, 1000) > 5 * Width(90, 100, 110));
        Assert.True(Width(90, 100) > Width(90, 100, 95, 105, 98, 103));
    }

    [Fact]
    public void Without_any_launch_nothing_is_made_up()
    {
        var none = Of([new Launch(new Sku("a"), "toys", new Money(10, Given.Eur), [5])]);
        Assert.Empty(none.Weeks);
        Assert.StartsWith("No comparable earlier launch is known", none.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_launch_that_sold_nothing_lowers_the_forecast_and_breaks_nothing()
    {
        var forecast = Of([Launch("a", 100), Launch("b", 100), Launch("c", 0)]);
        Assert.InRange(forecast.Weeks[0].Mean, 1, 199);
        Assert.All(forecast.Weeks, static w => Assert.True(double.IsFinite(w.P10) && double.IsFinite(w.P90)));
    }

    [Fact]
    public void The_interval_of_ten_launches_holds_most_of_the_next_ones()
    {
        var random = new Random(4);
        double Level() =>
            50 * Math.Exp(0.5 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        var held = Enumerable
            .Range(0, 300)
            .Count(_ =>
                Of([.. Enumerable.Range(0, 10).Select(i => Launch($"{i}", Level()))]).Weeks[0] is var w
                && 2 * Level() is var next
                && next >= w.P10
                && next <= w.P90
            );
        Assert.InRange(held, 215, 270);
    }

    [Fact]
    public void Units_in_another_measure_give_the_same_in_that_measure() =>
        Prop.ForAll<int>(static seed =>
            {
                var random = new Random(seed);
                var launches = Enumerable
                    .Range(0, random.Next(1, 8))
                    .Select(i => Launch($"{i}", 5 + random.NextDouble() * 100, random.Next(5, 20), random.Next(2) == 0 ? "toys" : "food"))
                    .ToArray();
                var (one, ten) = (
                    Of(launches),
                    Of([.. launches.Select(static l => l with { Weeks = [.. l.Weeks.Select(static w => w * 10)] })])
                );
                return one
                    .Weeks.Zip(ten.Weeks)
                    .All(static p =>
                        Math.Abs(p.Second.Mean / p.First.Mean - 10) < 1e-6
                        && Math.Abs(p.Second.P90 / p.First.P90 - 10) < 1e-6
                        && p.First.P10 <= p.First.Mean
                        && p.First.Mean <= p.First.P90
                    );
            })
            .Check(Config.QuickThrowOnFailure);
}
