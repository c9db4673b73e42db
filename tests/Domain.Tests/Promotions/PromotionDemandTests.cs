using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Tests.Promotions;

public class PromotionDemandTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>The least k that a Poisson variable of this mean does not exceed with a probability of 0.9, by its own sum.</summary>
    private static int Exact(double mean)
    {
        double term = Math.Exp(-mean),
            sum = term;
        var k = 0;
        while (sum < 0.9)
            sum += term *= mean / ++k;
        return k;
    }

    [Theory]
    [
        InlineData(0.1),
        InlineData(0.5),
        InlineData(1),
        InlineData(2),
        InlineData(5),
        InlineData(10),
        InlineData(33.3),
        InlineData(70),
        InlineData(140),
        InlineData(350)
    ]
    public void P90_of_independent_customers_is_within_a_unit_of_the_exact_Poisson_quantile(double mean)
    {
        var exact = Exact(mean);
        var found = (double)PromotionDemand.P90(new SalesBaseline((decimal)mean / 7, 0), 1, Week).Value;
        Assert.InRange(found, exact, exact + 1);
    }

    [Fact]
    public void P90_of_days_that_vary_more_is_not_exceeded_by_nine_of_ten_simulated_windows()
    {
        // Days of 4 or 16 units, as likely: mean 10, variance 36.
        var random = new Random(7);
        var bound = PromotionDemand.P90(new SalesBaseline(10, 36), 1, Week).Value;
        var windows = Enumerable.Range(0, 200_000).Select(_ => Enumerable.Range(0, 7).Sum(_ => random.Next(2) == 0 ? 4 : 16)).ToList();
        Assert.Equal(91, bound);
        Assert.InRange(windows.Count(w => w <= bound) / (double)windows.Count, 0.88, 0.95);
    }

    [Fact]
    public void More_sales_more_uplift_more_variance_and_a_longer_window_never_need_less()
    {
        var cases =
            from mean in Gen.Choose(0, 5_000)
            from variance in Gen.Choose(0, 90_000)
            from uplift in Gen.Choose(100, 1_000)
            from hours in Gen.Choose(1, 2_000)
            from more in Gen.Choose(0, 500)
            from what in Gen.Choose(0, 3)
            select (Mean: mean / 100m, Variance: variance / 100m, Uplift: uplift / 100m, Hours: hours, More: more / 100m, What: what);
        Prop.ForAll(
                cases.ToArbitrary(),
                static c =>
                {
                    var less = PromotionDemand.P90(new(c.Mean, c.Variance), c.Uplift, TimeSpan.FromHours(c.Hours));
                    var more = c.What switch
                    {
                        0 => PromotionDemand.P90(new(c.Mean + c.More, c.Variance), c.Uplift, TimeSpan.FromHours(c.Hours)),
                        1 => PromotionDemand.P90(new(c.Mean, c.Variance + c.More), c.Uplift, TimeSpan.FromHours(c.Hours)),
                        2 => PromotionDemand.P90(new(c.Mean, c.Variance), c.Uplift + c.More, TimeSpan.FromHours(c.Hours)),
                        _ => PromotionDemand.P90(new(c.Mean, c.Variance), c.Uplift, TimeSpan.FromHours(c.Hours + (int)c.More)),
                    };
                    var mean = PromotionDemand.Expected(new(c.Mean, c.Variance), c.Uplift, TimeSpan.FromHours(c.Hours));
                    return more >= less && less.Value >= mean.Value - 0.001m && decimal.Truncate(less.Value) == less.Value;
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_baseline_counts_days_without_sales_and_is_the_samples_variance()
    {
        var baseline = SalesBaseline.Of([4, 8], 4);
        // Days of 4, 8, 0, 0: mean 3, squared distances 1 + 25 + 9 + 9 over 3.
        Assert.Equal((3m, 44m / 3), (baseline.Mean, baseline.Variance));
        Assert.Equal(default, SalesBaseline.Of([], 28));
        // More was cancelled than sold: nobody sells less than nothing.
        Assert.Equal(0, SalesBaseline.Of([-5], 28).Mean);
    }

    [Fact]
    public void The_uplift_is_bounded_grows_with_the_depth_and_is_one_where_nothing_is_cheaper()
    {
        var regular = Offer.In(10);
        var uplifts = Enumerable
            .Range(0, 1_001)
            .Select(pence => PromotionDemand.Uplift(null, regular, Offer.In(10 - pence / 100m), 2))
            .ToList();
        Assert.Equal(uplifts.Order(), uplifts);
        Assert.Equal((1m, PromotionLimits.Uplift), (uplifts[0], uplifts[^1]));
        Assert.Equal(1, PromotionDemand.Uplift(null, Offer.In(0), Offer.In(0), 2));
        Assert.Equal(1, PromotionDemand.Uplift(null, regular, Offer.In(11), 2));
        Assert.Equal(2.5m, PromotionDemand.Uplift(2.5m, regular, regular, 2));
    }
}
