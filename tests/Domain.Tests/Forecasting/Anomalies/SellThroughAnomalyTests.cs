using Stockgate.Domain.Forecasting.Anomalies;
using Stockgate.Domain.Forecasting.Replenishment;

namespace Stockgate.Domain.Tests.Forecasting.Anomalies;

public class SellThroughAnomalyTests
{
    private static SellThroughAnomaly Of(params SoldDay[] days) => SellThroughAnomaly.Of(Expected.Daily(10, 5, 15), days);

    private static SoldDay Sold(decimal units, decimal? onHand = null, bool reported = true) =>
        new(Expected.Units(units), onHand is { } s ? Expected.Units(s) : null, reported);

    private static SoldDay[] Days(int count, decimal units, decimal? onHand = null) => [.. Enumerable.Repeat(Sold(units, onHand), count)];

    [Fact]
    public void What_chance_does_is_no_anomaly()
    {
        var none = Of(Sold(8), Sold(16), Sold(9), Sold(11), Sold(4));
        Assert.Equal(AnomalyKind.None, none.Kind);
        Assert.Equal("A at L1 sold 48 in 5 days, 50 were expected; within the normal variation", none.Words);
    }

    [Fact]
    public void Little_sold_with_nothing_left_is_a_stockout_and_with_stock_a_slump()
    {
        Assert.Equal(AnomalyKind.Stockout, Of([.. Days(4, 10, 20), .. Days(3, 0, 0)]).Kind);
        var slump = Of([.. Days(4, 10, 200), .. Days(3, 1, 190)]);
        Assert.Equal((AnomalyKind.Slump, 3), (slump.Kind, slump.Days));
        Assert.Contains("3 days in a row below P10", slump.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_counted_a_shelf_that_sold_and_then_not_once_more_sold_out()
    {
        Assert.Equal(AnomalyKind.Stockout, Of([.. Days(6, 10), .. Days(3, 0)]).Kind);
        Assert.Equal(AnomalyKind.Slump, Of([.. Days(6, 10), .. Days(4, 2)]).Kind);
    }

    [Fact]
    public void Much_sold_is_a_surge_by_days_in_a_row_or_by_its_sum()
    {
        var row = Of([.. Days(4, 7), .. Days(3, 17)]);
        Assert.Equal((AnomalyKind.Surge, 3), (row.Kind, row.Days));
        var sum = Of(Sold(10), Sold(70));
        Assert.Equal(AnomalyKind.Surge, sum.Kind);
        Assert.True(sum.Chance < 0.01);
    }

    [Fact]
    public void Days_without_figures_are_a_gap_and_not_a_stockout()
    {
        var gap = Of([.. Days(4, 10), new(null), new(null), new(null)]);
        Assert.Equal((AnomalyKind.DataGap, 3), (gap.Kind, gap.Days));
        // A store that reported nothing of anything did not sell nothing.
        Assert.Equal(
            AnomalyKind.DataGap,
            Of([.. Days(4, 10), Sold(0, reported: false), Sold(0, reported: false), Sold(0, reported: false)]).Kind
        );
        Assert.Equal(AnomalyKind.DataGap, Of(new SoldDay(null)).Kind);
        Assert.Equal(AnomalyKind.None, Of([.. Days(4, 10), new(null)]).Kind);
        Assert.Equal(AnomalyKind.None, Of().Kind);
    }

    [Fact]
    public void A_slow_item_that_sells_nothing_is_judged_by_the_sum()
    {
        var forecast = Expected.Daily(0.4, 0, 1);
        Assert.Equal(AnomalyKind.None, SellThroughAnomaly.Of(forecast, Days(7, 0, 5)).Kind);
        Assert.Equal(AnomalyKind.Slump, SellThroughAnomaly.Of(forecast, Days(28, 0, 5), 0).Kind);
    }

    [Fact]
    public void Sales_as_they_were_forecast_raise_few_alarms()
    {
        var random = new Random(9);
        var (day, alarms) = (new DemandSum(10, 15.2), 0);
        for (var run = 0; run < 300; run++)
            if (
                SellThroughAnomaly
                    .Of(
                        Expected.Daily(10, 5, 15),
                        [.. Enumerable.Range(0, 14).Select(_ => Sold((decimal)day.Quantile(1e-9 + 0.999999 * random.NextDouble()), 100))]
                    )
                    .Kind != AnomalyKind.None
            )
                alarms++;
        Assert.InRange(alarms, 0, 9);
    }
}
