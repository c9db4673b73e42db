using Stockgate.Domain.Forecasting;
using Stockgate.TestSupport.Forecasting;

namespace Stockgate.Domain.Tests.Forecasting;

public class TrailingMeanEngineTests
{
    [Fact]
    public void It_learns_from_open_days_with_stock_alone_and_expects_nothing_on_closed_ones()
    {
        var series = new SalesSeries { Key = new(new("A"), new("S")), Units = [9, 9, 2, 4, 0, float.NaN, 6], Prices = new float[9], Marks = new DayMarks[9] };
        (series.Marks[0], series.Marks[1], series.Marks[4], series.Marks[8]) = (DayMarks.Closed, DayMarks.Stockout, DayMarks.Stockout, DayMarks.Closed);
        var first = new DateOnly(2026, 3, 1);
        var result = new TrailingMeanEngine().Run(new SalesHistory(first, 7, 2, [.. Enumerable.Range(0, 9).Select(i => new CalendarDay(first.AddDays(i), [], []))], [series]), null, null, CancellationToken.None);
        var forecast = Assert.Single(result.Forecasts);
        Assert.Equal([4, 0], forecast.Mean);
        Assert.Equal((2, 4, 6), (forecast.P10[0], forecast.P50[0], forecast.P90[0]));
        Assert.Equal(new DateOnly(2026, 3, 8), forecast.First);
    }

    [Fact]
    public void It_says_how_it_did_and_what_it_was_made_of()
    {
        var history = Reported.Model(12).History;
        var result = new TrailingMeanEngine().Run(history, null, null, CancellationToken.None);
        Assert.All(result.Backtest, static s => Assert.InRange(s.Wape, 0.05, 1.5));
        Assert.Equal(result.Fingerprint, new TrailingMeanEngine().Run(history, null, null, CancellationToken.None).Fingerprint);
        Assert.NotEqual(result.Fingerprint, new TrailingMeanEngine().Run(history.Until(300), null, null, CancellationToken.None).Fingerprint);
        Assert.True(result.Models.ContainsKey(IDemandEngine.ChampionsFile));
    }
}
