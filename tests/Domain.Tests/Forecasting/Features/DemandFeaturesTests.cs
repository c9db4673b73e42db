using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Features;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Tests.Forecasting.Features;

public sealed class DemandFeaturesTests
{
    private const int Days = 500;

    [Fact]
    public void Nothing_after_the_origin_is_looked_at_except_prices_marks_and_the_calendar()
    {
        var units = Sales.Poisson(1, Days, 4, weekend: 2);
        var changed = units.ToArray();
        for (var day = 450; day < Days; day++)
            changed[day] = 1_000;
        Assert.Equal(Row(Sales.Of(units, Sales.Poisson(2, Days, 3)), 450, 5), Row(Sales.Of(changed, Sales.Poisson(2, Days, 3)), 450, 5));
        Assert.NotEqual(Row(Sales.Of(units), 460, 5), Row(Sales.Of(changed), 460, 5));
    }

    [Fact]
    public void Rows_to_learn_from_end_with_the_history_and_leave_out_what_is_censored()
    {
        var marks = new DayMarks[Days];
        for (var day = 480; day < 490; day++)
            marks[day] = DayMarks.Stockout;
        var history = Sales.Of(Sales.Series(Sales.Poisson(1, Days, 4), marks));
        var rows = DemandRows.ToLearn(history, new DemandFeatures(history), new RowSampling(1, 7, 1, 1));
        Assert.True(rows.Units.Length > 400);
        Assert.Equal(rows.Units.Length, rows.Starts[^1]);
        Assert.Equal(14, DemandRows.ToForecast(history, new DemandFeatures(history)).Units.Length);
        // Taught on units that are all known: the mean of what is learned is that of the days that count.
        Assert.InRange(rows.Units.Average(), 3.5f, 4.5f);
    }

    [Fact]
    public void An_item_that_sells_ten_times_as_much_looks_the_same_but_for_its_level()
    {
        var units = Sales.Poisson(1, Days, 40);
        var (small, large) = (Row(Sales.Of(units), Days, 3), Row(Sales.Of([.. units.Select(static u => u * 10)]), Days, 3));
        for (var f = 0; f < small.Length; f++)
            if (DemandFeatures.Columns[f].Name != "level")
                Assert.True(
                    float.IsNaN(small[f]) ? float.IsNaN(large[f]) : Math.Abs(small[f] - large[f]) < 0.02,
                    $"{DemandFeatures.Columns[f].Name}: {small[f]} and {large[f]}"
                );
    }

    [Fact]
    public void Every_column_has_a_name_of_its_own() =>
        Assert.Equal(
            DemandFeatures.Columns.Length,
            DemandFeatures.Columns.Select(static c => c.Name).Distinct(StringComparer.Ordinal).Count()
        );

    [Fact]
    public void Days_without_stock_leave_the_level_where_it_was()
    {
        var (units, marks) = (Sales.Poisson(1, Days, 20), new DayMarks[Days]);
        for (var day = 470; day < Days; day++)
            (units[day], marks[day]) = (0, DayMarks.Stockout);
        var level = MathF.Exp(Row(Sales.Of(Sales.Series(units, marks)), Days, 0)[2]);
        Assert.InRange(level, 18, 22);
    }

    private static float[] Row(SalesHistory history, int origin, int ahead)
    {
        var (features, x) = (new DemandFeatures(history.Until(Math.Max(origin, 1))), new float[DemandFeatures.Columns.Length]);
        var past = features.Past();
        features.Load(past, 0);
        features.Fill(past, 0, origin, ahead, x);
        return x;
    }
}
