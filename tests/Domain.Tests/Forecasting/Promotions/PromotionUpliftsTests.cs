using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Promotions;

namespace Stockgate.Domain.Tests.Forecasting.Promotions;

public class PromotionUpliftsTests
{
    private const int Days = 280;

    /// <summary>
    /// Counts around ten a day, with a promotion of a week every ten weeks, as often as asked for, that sells so many times as much.
    /// </summary>
    private static SalesSeries Item(
        string sku,
        double uplift,
        int promotions,
        string category = "food",
        int seed = 1,
        double level = 10,
        DayMarks mark = DayMarks.Promotion
    )
    {
        var random = new Random(seed);
        bool Promoted(int day) => day % 70 is >= 40 and < 47 && day / 70 < promotions;
        return Sales.Series(
            [
                .. Enumerable
                    .Range(0, Days)
                    .Select(d => (float)Sales.Poisson(random, level * (d % 7 >= 5 ? 2 : 1) * (Promoted(d) ? uplift : 1))),
            ],
            [.. Enumerable.Range(0, Days).Select(d => Promoted(d) ? mark : DayMarks.None)],
            sku,
            category: category
        );
    }

    private static PromotionUplifts Learn(params SalesSeries[] series) => PromotionUplifts.Learn(Sales.Of(series));

    [Fact]
    public void An_item_with_many_promotions_goes_by_them()
    {
        var uplift = Learn([Item("A", 3, 4), .. Enumerable.Range(0, 10).Select(static i => Item($"other {i}", 1.5, 4, seed: 10 + i))])
            .For(new Sku("A"), "food")!;
        Assert.InRange(uplift.Factor, 2.2, 3.2);
        Assert.True(uplift.Low < uplift.Factor && uplift.Factor < uplift.High);
        Assert.Equal((4, 28), (uplift.Promotions, uplift.Days));
        Assert.InRange(uplift.Own, 0.5, 0.95);
        Assert.StartsWith("A promotion of A sells ", uplift.Words, StringComparison.Ordinal);
        Assert.Contains("4 promotions of the item with 28 days", uplift.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void One_without_goes_by_its_category_and_one_of_a_new_category_by_all()
    {
        var learned = Learn([
            .. Enumerable.Range(0, 8).Select(static i => Item($"f{i}", 2, 3, seed: i)),
            .. Enumerable.Range(0, 8).Select(static i => Item($"t{i}", 4, 3, "toys", 20 + i)),
        ]);
        Assert.InRange(learned.For(new Sku("new"), "food")!.Factor, 1.8, 2.3);
        Assert.InRange(learned.For(new Sku("new"), "toys")!.Factor, 3.6, 4.4);
        var elsewhere = learned.For(new Sku("new"), "garden")!;
        Assert.InRange(elsewhere.Factor, 2.4, 3.3);
        Assert.Contains("16 items elsewhere", elsewhere.Words, StringComparison.Ordinal);
        Assert.Equal(0, elsewhere.Own);
        // Categories that differ leave more open than one that is known.
        Assert.True(
            elsewhere.High / elsewhere.Low > 1.3 * learned.For(new Sku("new"), "food")!.High / learned.For(new Sku("new"), "food")!.Low
        );
    }

    [Fact]
    public void An_item_does_not_stand_among_its_own_others()
    {
        var learned = Learn(Item("A", 3, 4), Item("B", 2, 4, seed: 2));
        Assert.Equal(learned.For(new Sku("A"), "food"), learned.For(new Sku("A"), "moved"));
        Assert.Equal(1, Learn(Item("A", 3, 4)).For(new Sku("A"), "food")!.Own);
    }

    [Fact]
    public void Few_days_leave_much_open()
    {
        double Width(int promotions, double level) =>
            Learn(Item("A", 2, promotions, level: level)).For(new Sku("A"), "food") is { } u ? u.High / u.Low : 0;
        Assert.True(Width(1, 0.3) > 1.5 * Width(4, 0.3));
        Assert.True(Width(1, 0.3) > 1.5 * Width(1, 30));
    }

    [Fact]
    public void A_weekends_promotion_is_held_against_weekends()
    {
        // Weekends sell four times as much anyhow; a promotion on them that changes nothing has no uplift.
        var random = new Random(3);
        var units = Enumerable.Range(0, Days).Select(d => (float)Sales.Poisson(random, d % 7 >= 5 ? 40 : 10)).ToArray();
        var marks = Enumerable
            .Range(0, Days)
            .Select(static d => d % 7 >= 5 && d / 7 % 5 == 4 ? DayMarks.Promotion : DayMarks.None)
            .ToArray();
        Assert.InRange(Learn(Sales.Series(units, marks)).For(new Sku("A"), "food")!.Factor, 0.9, 1.1);
    }

    [Fact]
    public void Promotion_days_that_sold_out_say_nothing() =>
        Assert.Equal(0, Learn(Item("A", 3, 4, mark: DayMarks.Promotion | DayMarks.Stockout)).Items);

    [Fact]
    public void Where_there_never_was_a_promotion_nothing_is_known() => Assert.Null(Learn(Item("A", 3, 0)).For(new Sku("A"), "food"));

    [Fact]
    public void The_interval_covers_what_was_true_about_as_often_as_it_says()
    {
        // Sixty items whose true uplifts differ by a third.
        var random = new Random(11);
        var truth = Enumerable
            .Range(0, 60)
            .Select(_ =>
                Math.Exp(0.8 + 0.3 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))
            )
            .ToArray();
        var learned = Learn([.. truth.Select((t, i) => Item($"S{i}", t, 1, seed: i, level: 0.7))]);
        var uplifts = truth.Select((t, i) => (t, learned.For(new Sku($"S{i}"), "food")!)).ToArray();
        Assert.InRange(uplifts.Count(static p => p.t >= p.Item2.Low && p.t <= p.Item2.High), 42, 58);
        // Drawn together they err less than each by itself.
        double Error(Func<int, double> of) => truth.Select((t, i) => Math.Pow(Math.Log(of(i) / t), 2)).Sum();
        Assert.True(
            Error(i => uplifts[i].Item2.Factor)
                < Error(i => Learn(Item($"S{i}", truth[i], 1, seed: i, level: 0.7)).For(new Sku($"S{i}"), "food")!.Factor)
        );
    }
}
