using Stockgate.Domain.Forecasting.Replenishment;

namespace Stockgate.Domain.Tests.Forecasting.Replenishment;

public class StockoutRiskTests
{
    [Fact]
    public void Enough_for_the_horizon_is_no_risk()
    {
        var risk = StockoutRisk.Of(Expected.Daily(2, 0, 4), Expected.Stock(200));
        Assert.Null(risk.AtRisk);
        Assert.Equal(28, risk.CoverDays);
        Assert.Equal("A at L1: 200 units left, 28 days or more of cover at mean demand; stockout risk below 10 % on every day", risk.Words);
    }

    [Fact]
    public void Ten_days_of_stock_are_at_risk_before_and_likely_out_after_them()
    {
        var risk = StockoutRisk.Of(Expected.Daily(2, 0, 4), Expected.Stock(20));
        Assert.Equal(10, risk.CoverDays);
        Assert.InRange(risk.AtRisk!.Value.DayNumber - Expected.Today.DayNumber, 5, 9);
        Assert.InRange(risk.LikelyOut!.Value.DayNumber - Expected.Today.DayNumber, 10, 12);
        Assert.Contains("stockout likely by 2026-03-1", risk.Words, StringComparison.Ordinal);
        Assert.InRange(risk.Days[^1].Lost, 35.5, 38);
    }

    [Fact]
    public void A_delivery_helps_from_the_day_after_it_is_due()
    {
        var risk = StockoutRisk.Of(Expected.Daily(2, 0, 4), Expected.Stock(8, Expected.Due(100, 5)));
        Assert.True(risk.Days[4].Chance > 0.5);
        Assert.True(risk.Days[5].Chance < 0.01);
        Assert.Equal(4, risk.CoverDays);
    }

    [Fact]
    public void More_promised_than_there_is_is_out_already()
    {
        var first = StockoutRisk.Of(Expected.Daily(2, 0, 4), Expected.Stock(-3)).Days[0];
        Assert.Equal(1, first.Chance);
        Assert.Equal(5, first.Lost, 2);
    }

    [Fact]
    public void More_stock_is_never_a_greater_risk() =>
        Prop.ForAll<int>(static seed =>
            {
                var random = new Random(seed);
                var forecast = Expected.Daily(random.NextDouble() * 5, 0, random.NextDouble() * 20);
                var (some, due) = (random.Next(-5, 60), Expected.Due(random.Next(20), random.Next(30)));
                var (less, more) = (
                    StockoutRisk.Of(forecast, Expected.Stock(some, due)),
                    StockoutRisk.Of(forecast, Expected.Stock(some + random.Next(20), due))
                );
                return less
                    .Days.Zip(more.Days)
                    .All(static p => p.First.Chance >= p.Second.Chance - 1e-12 && p.First.Lost >= p.Second.Lost - 1e-9);
            })
            .Check(Config.QuickThrowOnFailure);
}
