using Stockgate.Domain.Forecasting.Replenishment;

namespace Stockgate.Domain.Tests.Forecasting.Replenishment;

public class DemandSumTests
{
    [Fact]
    public void Days_that_have_nothing_in_common_add_their_variances_and_days_that_have_all_their_deviations()
    {
        // P10 to P90 of 5.126 is a deviation of 2 a day, 4 a day squared, over a mean of 3.
        var forecast = Expected.Daily(3, 0.5, 0.5 + 2 * 2 * 1.2815515655446004);
        Assert.Equal(4 * 9, DemandSum.Of(forecast, 0, 9, 0).Variance, 3);
        Assert.Equal(4 * 81, DemandSum.Of(forecast, 0, 9, 1).Variance, 3);
        Assert.Equal(0.85 * 36 + 0.15 * 324, DemandSum.Of(forecast, 0, 9).Variance, 3);
        Assert.Equal(27, DemandSum.Of(forecast, 0, 9).Mean, 3);
        Assert.Equal(54, DemandSum.Of(forecast, 0, 9, factor: 2).Mean, 3);
    }

    [Fact]
    public void A_day_spreads_at_least_as_far_as_customers_do_who_come_by_chance() =>
        Assert.Equal(3 * 9, DemandSum.Of(Expected.Daily(3, 3, 3), 0, 9, 0).Variance, 1);

    [Fact]
    public void Behind_the_horizon_the_last_week_goes_on() => Assert.Equal(3 * 40, DemandSum.Of(Expected.Daily(3, 1, 5), 0, 40).Mean, 3);

    [Fact]
    public void It_is_the_negative_binomial_that_tables_have()
    {
        // r = 2, p = 0.25: mean 6, variance 24. P(0) = 1/16, P(1) = 2 · 1/16 · 3/4.
        var demand = new DemandSum(6, 24);
        Assert.Equal(0.0625, demand.AtMost(0), 9);
        Assert.Equal(0.0625 + 0.09375, demand.AtMost(1.9), 9);
        Assert.Equal(0, demand.AtMost(-1));
    }

    [Fact]
    public void Lost_units_and_quantiles_are_those_of_draws()
    {
        var random = new Random(5);
        foreach (var (mean, variance) in new[] { (4.0, 4.0), (20, 90), (3000, 40000) })
        {
            var demand = new DemandSum(mean, variance);
            // A draw by inversion of a quantile.
            var draws = Enumerable.Range(0, 20000).Select(_ => demand.Quantile(Math.Clamp(random.NextDouble(), 1e-9, 1 - 1e-9))).ToArray();
            var stock = Math.Floor(mean * 1.1);
            Assert.InRange(draws.Average() / mean, 0.97, 1.03);
            Assert.InRange(demand.Lost(stock) / draws.Average(d => Math.Max(0, d - stock)), 0.93, 1.07);
            Assert.InRange(
                demand.Above(stock),
                draws.Count(d => d > stock) / 20000.0 - 0.015,
                draws.Count(d => d > stock) / 20000.0 + 0.015
            );
        }
    }

    [Fact]
    public void More_stock_never_loses_more_and_a_quantile_is_the_least_that_suffices() =>
        Prop.ForAll<int>(static seed =>
            {
                var random = new Random(seed);
                var mean = Math.Pow(10, random.NextDouble() * 5 - 1);
                var demand = new DemandSum(mean, mean * (1 + random.NextDouble() * 10));
                var stock = Math.Floor(random.NextDouble() * 3 * mean);
                var chance = 0.01 + 0.98 * random.NextDouble();
                var quantile = demand.Quantile(chance);
                // What one more unit saves is the chance that it is wanted; a little is lost where the normal distribution stands in.
                var saved = demand.Lost(stock) - demand.Lost(stock + 1);
                return demand.AtMost(quantile) >= chance
                    && (quantile == 0 || demand.AtMost(quantile - 1) < chance)
                    && saved >= -1e-9
                    && Math.Abs(saved - demand.Above(stock)) < 0.02;
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Nothing_is_wanted_where_nothing_is_expected()
    {
        var demand = DemandSum.Of(Expected.Daily(0, 0, 0), 0, 28);
        Assert.Equal((1, 0, 0, 0), (demand.AtMost(0), demand.Above(0), demand.Quantile(0.99), demand.Lost(0)));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new DemandSum(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new DemandSum(1, double.NaN));
    }
}
