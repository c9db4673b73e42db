using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Backtesting;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Tests.Forecasting.Backtesting;

public sealed class AccuracyTests
{
    [Fact]
    public void A_forecast_that_is_right_scores_nothing_and_one_that_is_off_by_its_usual_change_scores_one()
    {
        var history = Sales.Of([1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]);
        var accuracy = new Accuracy(history, 10);
        Assert.Equal(10, accuracy.Days);
        var actual = history.Series[0].Units[10..];
        Assert.Equal(0, accuracy.Rmsse(0, Grown(actual, 0)));
        // It changes by two units every day.
        Assert.Equal(1, accuracy.Rmsse(0, Grown(actual, 2)), 9);
        Assert.Equal(0.5, accuracy.Rmsse(0, Grown(actual, -1)), 9);
    }

    [Fact]
    public void Days_that_sold_out_or_are_not_known_are_not_scored()
    {
        var marks = new DayMarks[20];
        marks[12] = DayMarks.Stockout;
        var units = Enumerable.Range(0, 20).Select(static d => d % 2 == 0 ? 1f : 3f).ToArray();
        var right = units[10..].ToArray();
        (units[12], units[13]) = (0, float.NaN);
        var accuracy = new Accuracy(Sales.Of(Sales.Series(units, marks)), 10);
        Assert.Equal(0, accuracy.Rmsse(0, Grown(right, 0)));
    }

    [Fact]
    public void Series_count_by_their_revenue_and_bias_tells_the_direction()
    {
        float[] large = [.. Enumerable.Range(0, 40).Select(static d => d % 2 == 0 ? 90f : 110f)],
            small = [.. Enumerable.Range(0, 40).Select(static d => d % 2 == 0 ? 0f : 2f)];
        var (history, grid) = (Sales.Of(large, small), new ForecastGrid(2, Sales.Horizon));
        var accuracy = new Accuracy(history, 26);
        large.AsSpan(26).CopyTo(grid[0]);
        Grown(small[26..], 2).CopyTo(grid[1]);
        var score = accuracy.Score("all", "m", grid, [0, 1]);
        Assert.InRange(score.Wrmsse, 0.009, 0.011);
        Assert.True(score.Bias > 0);
        Assert.Equal(2.0 * 14 / large[26..].Concat(small[26..]).Sum(), score.Wape, 6);
    }

    [Fact]
    public void A_series_that_never_sold_is_in_no_mean()
    {
        var grid = new ForecastGrid(1, Sales.Horizon);
        Assert.Equal(0, new Accuracy(Sales.Of(new float[40]), 26).Score("all", "m", grid, [0]).Wrmsse);
    }

    private static float[] Grown(float[] units, float by) => [.. units.Select(u => u + by)];
}
