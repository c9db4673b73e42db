using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Baselines;
using Stockgate.Domain.Forecasting.Bounds;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Tests.Forecasting.Bounds;

public class SaneBoundsTests
{
    private static readonly SalesHistory History = Sales.Of([.. Enumerable.Range(0, 200).Select(static i => Sales.Poisson(i, 300, 5))]);

    private static MethodVerdict With(int series, float figure, int day = -1)
    {
        var grid = new MovingAverage().Forecast(History, null, default);
        for (var i = 0; i < series; i++)
            if (day < 0)
                grid[i].Fill(figure);
            else
                grid[i][day] = figure;
        return SaneBounds.Of("m", History, grid);
    }

    [Fact]
    public void An_ordinary_forecast_is_believed()
    {
        var verdict = With(0, 0);
        Assert.True(verdict.MayWin);
        Assert.Empty(verdict.Breaches);
        Assert.Equal("m is plausible for all 200 series", verdict.Words);
    }

    [
        Theory,
        InlineData(float.NaN, Breach.NotFinite),
        InlineData(float.PositiveInfinity, Breach.NotFinite),
        InlineData(-0.1f, Breach.Negative)
    ]
    public void A_figure_that_can_not_be_ends_the_method(float figure, Breach breach)
    {
        var verdict = With(1, figure, 3);
        Assert.False(verdict.MayWin);
        Assert.Equal(breach, Assert.Single(verdict.Breaches).Breach);
        Assert.Contains("impossible figures for 1 of 200", verdict.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void One_series_that_explodes_is_named_and_more_than_one_in_a_hundred_end_the_method()
    {
        var one = With(1, 100);
        Assert.True(one.MayWin);
        Assert.Equal(Breach.MeanTooHigh, Assert.Single(one.Breaches).Breach);
        Assert.StartsWith("A at L1: 100 a day on average; its history allows at most ", one.Breaches[0].Words, StringComparison.Ordinal);
        Assert.True(With(2, 100).MayWin);
        Assert.False(With(3, 100).MayWin);
        Assert.Equal(Breach.DayTooHigh, Assert.Single(With(1, 100, 5).Breaches).Breach);
    }

    [Fact]
    public void All_series_together_do_not_rise_as_far_as_one_may() =>
        Assert.Contains("sums to", With(200, 13.5f).Words, StringComparison.Ordinal);

    [Fact]
    public void A_new_item_is_held_to_its_highest_day_and_all_of_them_to_twice_that()
    {
        var history = Sales.Of([.. Enumerable.Range(0, 50).Select(static _ => new float[] { float.NaN, 4, 2 })]);
        var grid = new ForecastGrid(50, Sales.Horizon);
        grid.Values.AsSpan().Fill(7.9f);
        Assert.True(SaneBounds.Of("m", history, grid).MayWin);
        grid.Values.AsSpan().Fill(8.1f);
        Assert.False(SaneBounds.Of("m", history, grid).MayWin);
    }

    [Fact]
    public void What_is_not_believed_can_be_taken_from_another_method()
    {
        var (grid, other) = (new MovingAverage().Forecast(History, null, default), new SeasonalNaive().Forecast(History, null, default));
        grid[7].Fill(1e6f);
        SaneBounds.Replace(grid, SaneBounds.Of("m", History, grid), other);
        Assert.Equal(other[7], grid[7]);
        Assert.Empty(SaneBounds.Of("m", History, grid).Breaches);
    }

    [Fact]
    public void A_series_that_never_sold_may_be_forecast_a_unit_a_day_and_no_more()
    {
        var history = Sales.Of(new float[100]);
        var grid = new ForecastGrid(1, Sales.Horizon);
        grid[0].Fill(1);
        Assert.Empty(SaneBounds.Of("m", history, grid).Breaches);
        grid[0].Fill(1.1f);
        Assert.Single(SaneBounds.Of("m", history, grid).Breaches);
    }
}
