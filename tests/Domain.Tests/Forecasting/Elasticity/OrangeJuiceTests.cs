using Stockgate.Domain.Forecasting.Elasticity;
using Xunit.Abstractions;

namespace Stockgate.Domain.Tests.Forecasting.Elasticity;

/// <summary>Elasticities of a real category: eleven brands of orange juice in 83 stores.</summary>
public class OrangeJuiceTests(ITestOutputHelper output)
{
    private static readonly Lazy<List<JuiceWeek>> Weeks = new(SharedSeries.OrangeJuice);

    // What competitors cost is left out; with it nearly every figure is stronger: what happens when this price moves and no other does.
    private static double[] Controls(JuiceWeek week) => [week.Deal, week.Feature];

    private static PricePoint Point(JuiceWeek week) =>
        new($"{week.Store}", $"{week.Store}", Math.Exp(week.LogUnits), week.Prices[week.Brand - 1], Controls(week));

    private static List<JuiceWeek>[] Brands =>
        [.. Weeks.Value.GroupBy(static w => w.Brand).OrderBy(static g => g.Key).Select(static g => g.ToList())];

    [SharedDataFact(SharedSeries.OrangeJuiceFile)]
    public void Demand_of_every_brand_falls_with_its_price_by_one_to_three_and_a_quarter_percent()
    {
        var all = PriceElasticity.OfCategory("orange juice", [.. Brands.Select(static b => b.Select(Point).ToList())]);
        for (var brand = 0; brand < all.Count; brand++)
            output.WriteLine(
                $"brand {brand + 1, 2}: {all[brand]!.Value:0.00} ({all[brand]!.Low:0.00} to {all[brand]!.High:0.00}), measured {all[brand]!.Measured!.Value.Value:0.00}, own {all[brand]!.Own:0.00}. {all[brand]!.Words}"
            );
        Assert.Equal(11, all.Count);
        Assert.All(all, static e => Assert.InRange(e!.Value, -3.3, -1.1));
        Assert.All(all, static e => Assert.True(e!.Low < e.Value && e.Value < e.High && e.High < 0));
    }

    [SharedDataFact(SharedSeries.OrangeJuiceFile)]
    public void The_interval_from_half_of_the_stores_covers_the_other_half_of_them_in_most_brands()
    {
        var (covered, cases) = (0, 0);
        foreach (var brand in Brands)
            for (var split = 0; split < 4; split++)
            {
                bool First(JuiceWeek w) => (w.Store * 2654435761L >> (8 + split)) % 2 == 0;
                var (one, other) = (
                    PriceElasticity.Of([.. brand.Where(First).Select(Point)])!,
                    PriceElasticity.Of([.. brand.Where(w => !First(w)).Select(Point)])!
                );
                // Both halves err: the difference has twice the variance of one.
                var half = (one.High - one.Low) / 2 * Math.Sqrt(2);
                (covered, cases) = (covered + (Math.Abs(one.Value - other.Value) <= half ? 1 : 0), cases + 1);
            }
        output.WriteLine($"{covered} of {cases} halves are covered");
        Assert.True(covered >= 0.85 * cases, $"{covered} of {cases}");
    }

    [SharedDataFact(SharedSeries.OrangeJuiceFile)]
    public void Knowing_the_price_forecasts_every_brands_last_weeks_better_than_not_knowing_it()
    {
        var worse = new List<int>();
        foreach (var brand in Brands)
        {
            var last = brand.Max(static w => w.Week) - 12;
            var (known, ahead) = (brand.Where(w => w.Week <= last).ToList(), brand.Where(w => w.Week > last).ToList());
            double Error(Func<JuiceWeek, double[]> x)
            {
                var fit = PanelRegression.Fit([.. known.Select(w => new PanelLine($"{w.Store}", $"{w.Store}", w.LogUnits, x(w)))])!;
                return Math.Sqrt(
                    ahead
                        .Select(w => (w, fit.Predict($"{w.Store}", x(w))))
                        .Where(static p => p.Item2 is not null)
                        .Average(static p => Math.Pow(p.w.LogUnits - p.Item2!.Value, 2))
                );
            }
            var (blind, seeing) = (
                Error(static w => [w.Deal, w.Feature]),
                Error(static w => [Math.Log(w.Prices[w.Brand - 1]), w.Deal, w.Feature])
            );
            output.WriteLine(
                $"brand {brand[0].Brand, 2}: root of mean squared error of ln(units) {blind:0.000} without the price, {seeing:0.000} with it"
            );
            if (seeing >= blind)
                worse.Add(brand[0].Brand);
        }
        Assert.Empty(worse);
    }
}
