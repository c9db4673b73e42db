using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Elasticity;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Tests.Forecasting.Elasticity;

public class PriceElasticityTests
{
    /// <summary>Stores with levels of their own, prices that move by themselves, and sales that answer them.</summary>
    private static List<PricePoint> Points(
        double elasticity,
        int stores = 20,
        int weeks = 30,
        double noise = 0.3,
        int seed = 1,
        bool dearStoresSellMore = true
    )
    {
        var random = new Random(seed);
        double Noise() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var points = new List<PricePoint>();
        for (var store = 0; store < stores; store++)
        {
            var level = Noise();
            for (var week = 0; week < weeks; week++)
            {
                // Stores that sell much are dear: without the stores' own levels the price would seem to raise sales.
                var price = 0.2 * Noise() + (dearStoresSellMore ? level : 0);
                var deal = random.Next(4) == 0 ? 1 : 0;
                points.Add(
                    new PricePoint(
                        $"s{store}",
                        $"s{store}",
                        Math.Exp(4 + 3 * level + elasticity * price + 0.5 * deal + noise * Noise()),
                        Math.Exp(price),
                        [deal]
                    )
                );
            }
        }
        return points;
    }

    [Fact]
    public void What_is_true_is_found_though_dear_stores_sell_more()
    {
        var elasticity = PriceElasticity.Of(Points(-2))!;
        Assert.InRange(elasticity.Value, -2.2, -1.8);
        Assert.True(elasticity.Low < -2 && -2 < elasticity.High);
        Assert.StartsWith("A price 1 % higher sells ", elasticity.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_interval_covers_the_truth_about_as_often_as_it_says()
    {
        var covered = Enumerable
            .Range(0, 200)
            .Count(static seed => PriceElasticity.Of(Points(-1.5, 12, 8, 0.5, seed))! is var e && e.Low <= -1.5 && -1.5 <= e.High);
        Assert.InRange(covered, 180, 198);
    }

    [Fact]
    public void A_price_that_never_moved_tells_nothing()
    {
        Assert.Null(PriceElasticity.Of([.. Points(-2).Select(static p => p with { Price = 3 })]));
        Assert.Null(PriceElasticity.Of([]));
        Assert.Null(PriceElasticity.Of([.. Points(-2, 1)]));
    }

    [Fact]
    public void Sales_that_rose_with_the_price_are_not_believed()
    {
        var elasticity = PriceElasticity.Of(Points(0.8, 12, 20, 0.5))!;
        Assert.True(elasticity.Measured!.Value.Value > 0);
        Assert.InRange(elasticity.Value, -0.1, -1e-6);
        Assert.True(elasticity.High < 0);
        Assert.Contains("which has another cause", elasticity.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unsure_item_is_drawn_to_its_category_and_one_without_points_gets_it()
    {
        IReadOnlyList<PricePoint>[] items =
        [
            .. Enumerable.Range(0, 8).Select(static i => Points(-2.5, seed: i)),
            Points(-0.5, 3, 4, 1.5, 99),
            [],
        ];
        var all = PriceElasticity.OfCategory("food", items);
        Assert.InRange(all[9]!.Value, -2.8, -2.2);
        Assert.Null(all[9]!.Measured);
        var unsure = all[8]!;
        Assert.True(unsure.Own < 0.5);
        Assert.True(Math.Abs(unsure.Value + 2.5) < Math.Abs(unsure.Measured!.Value.Value + 2.5));
        Assert.All(all.Take(8), static e => Assert.True(e!.Own > 0.9));
        Assert.All(
            PriceElasticity.OfCategory(
                "food",
                [
                    [],
                    [],
                ]
            ),
            Assert.Null
        );
    }

    [Fact]
    public void It_says_what_another_price_sells()
    {
        var elasticity = new PriceElasticity(-2, -2.5, -1.5, null, 1, 10, "");
        Assert.Equal(4, elasticity.Factor(Expected.Pounds(10), Expected.Pounds(5)), 9);
        Assert.Equal(1, elasticity.Factor(Expected.Pounds(10), Expected.Pounds(10)), 9);
        Assert.Throws<InvalidOperationException>(() => elasticity.Factor(Expected.Pounds(10), new Money(5, Given.Eur)));
        Assert.Throws<ArgumentOutOfRangeException>(() => elasticity.Factor(Expected.Pounds(10), Expected.Pounds(0)));
    }

    [Fact]
    public void It_does_not_depend_on_the_measure_of_units_or_prices() =>
        Prop.ForAll<int>(static seed =>
            {
                var random = new Random(seed);
                var points = Points(-3 * random.NextDouble(), 5, 6, 1, seed);
                var (units, price) = (0.1 + 10 * random.NextDouble(), 0.1 + 10 * random.NextDouble());
                var (one, other) = (
                    PriceElasticity.Of(points)!,
                    PriceElasticity.Of([.. points.Select(p => p with { Units = p.Units * units, Price = p.Price * price })])!
                );
                return Math.Abs(one.Value - other.Value) < 1e-6
                    && Math.Abs(one.Low - other.Low) < 1e-6
                    && one.Low <= one.Value
                    && one.Value <= one.High
                    && one.High < 0;
            })
            .Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Points_without_a_logarithm_are_refused() =>
        Assert.Throws<ArgumentException>(static () => PriceElasticity.Of([new PricePoint("a", "a", 0, 1, [])]));

    [Fact]
    public void A_control_that_says_the_same_twice_changes_nothing()
    {
        var points = Points(-2);
        var twice = PriceElasticity.Of([.. points.Select(static p => p with { Controls = [p.Controls[0], p.Controls[0], 7] })])!;
        Assert.Equal(PriceElasticity.Of(points)!.Value, twice.Value, 9);
    }

    [Fact]
    public void Weeks_of_a_history_leave_out_what_sold_out_or_was_closed()
    {
        var units = Enumerable.Repeat(5f, 70).ToArray();
        var marks = new DayMarks[70];
        (marks[3], marks[30], units[66]) = (DayMarks.Stockout, DayMarks.Closed, float.NaN);
        marks[40] = DayMarks.Promotion;
        var points = PriceWeeks.Of(Sales.Of(Sales.Series(units, marks)), Sales.Series(units, marks));
        Assert.Equal(7, points.Count);
        Assert.All(points, static p => Assert.Equal((35, 10), (p.Units, Math.Round(p.Price, 6))));
        Assert.Equal(1 / 7.0, points.Sum(static p => p.Controls[0]), 9);
        Assert.Empty(PriceWeeks.Of(Sales.Of(new float[70]), Sales.Series(new float[70])));
    }

    [Fact]
    public void A_group_of_figures_shrinks_the_more_the_less_its_members_differ()
    {
        var alike = Shrinkage.Group([new(1, 0.1), new(1.1, 0.1), new(0.9, 0.1)]);
        Assert.Equal(0, alike.Between);
        Assert.Equal(1, alike.Mean.Value, 9);
        var apart = Shrinkage.Group([new(-3, 0.1), new(1, 0.1), new(5, 0.1)]);
        Assert.InRange(apart.Between, 15, 17);
        Assert.Equal(0.5, Shrinkage.Towards(new(2, 1), new(4, 1)).Own);
        Assert.Equal(3, Shrinkage.Towards(new(2, 1), new(4, 1)).Estimate.Value);
        Assert.True(Shrinkage.Towards(new(5, 0.1), apart.Unseen).Own > 0.9);
    }
}
