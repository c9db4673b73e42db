using FsCheck.Fluent;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Quantiles;

namespace Stockgate.Domain.Tests.Forecasting.Quantiles;

public sealed class QuantilesTests
{
    [Theory]
    // Added up by hand from (1 + dispersion·mean)^(−1/dispersion) on; Poisson where the dispersion is 0.
    [
        InlineData(3, 0, 1, 3, 5),
        InlineData(0.3, 0, 0, 0, 1),
        InlineData(100, 0, 87, 100, 113),
        InlineData(2, 1, 0, 1, 5),
        InlineData(10, 0.5, 2, 8, 20)
    ]
    public void Known_quantiles_are_met(double mean, double dispersion, int p10, int p50, int p90)
    {
        var quantiles = new float[3];
        NegativeBinomial.Quantiles(mean, dispersion, [0.1, 0.5, 0.9], quantiles);
        Assert.Equal([p10, p50, p90], quantiles.Select(static q => (int)q));
    }

    [Fact]
    public void Many_units_go_over_into_the_smooth_without_a_step()
    {
        var (below, above) = (new float[3], new float[3]);
        NegativeBinomial.Quantiles(1_999, 0.05, [0.1, 0.5, 0.9], below);
        NegativeBinomial.Quantiles(2_001, 0.05, [0.1, 0.5, 0.9], above);
        for (var i = 0; i < 3; i++)
            Assert.InRange(above[i] / below[i], 0.995, 1.007);
    }

    [Fact]
    public void Quantiles_are_ordered_and_hold_their_share() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(
                ArbMap.Default.ArbFor<(ushort Mean, byte Dispersion)>(),
                static x =>
                {
                    var (mean, dispersion, quantiles) = (x.Mean / 500.0, x.Dispersion / 64.0, new float[3]);
                    NegativeBinomial.Quantiles(mean, dispersion, [0.1, 0.5, 0.9], quantiles);
                    var (below, at) = NegativeBinomial.Share(mean, dispersion, (int)quantiles[2]);
                    return quantiles[0] <= quantiles[1] && quantiles[1] <= quantiles[2] && below < 0.9 + 1e-9 && below + at >= 0.9 - 1e-9;
                }
            )
        );

    [Fact]
    public void A_wild_series_is_told_from_a_calm_one_and_a_short_one_is_like_its_like()
    {
        var random = new Random(4);
        var (means, units, starts) = (new List<float>(), new List<float>(), new List<int> { 0 });
        // Twenty of each kind: Poisson of 5, and Poisson of a mean that is itself 0 or 10 by the toss of a coin (dispersion 1); one of
        // three days at the end.
        for (var series = 0; series < 41; series++)
        {
            for (var day = 0; day < (series == 40 ? 3 : 300); day++)
            {
                means.Add(5);
                units.Add(Sales.Poisson(random, series < 20 ? 5 : random.Next(2) * 10));
            }
            starts.Add(means.Count);
        }
        var spread = DemandSpread.Learn([.. starts], [.. means], [.. units]);
        Assert.InRange(spread.Of(0), 0, 0.1);
        Assert.InRange(spread.Of(30), 0.85, 1.15);
        Assert.InRange(spread.Of(40), 0.2, 0.9);
    }

    [Fact]
    public void Factors_follow_what_days_to_come_did_and_make_shares_right()
    {
        // The past looked calm; the days to come scatter.
        var history = Sales.Of([
            .. Enumerable
                .Range(0, 60)
                .Select(static i =>
                {
                    var random = new Random(i);
                    return Enumerable.Range(0, 120).Select(_ => (float)Sales.Poisson(random, 8 * (random.Next(2) + 0.5))).ToArray();
                }),
        ]);
        var (mean, starts) = (new ForecastGrid(60, Sales.Horizon), Enumerable.Range(0, 61).Select(static i => i * 100).ToArray());
        mean.Values.AsSpan().Fill(8);
        var learned = DemandSpread.Learn(
            starts,
            [.. Enumerable.Repeat(8f, 6_000)],
            [.. Enumerable.Range(0, 6_000).Select(static i => 8 + (i % 2 == 0 ? 4f : -4f))]
        );
        var quantiles = DemandQuantiles.Choose(history, [new TestedForecast(106, mean, learned)]);
        Assert.All(quantiles.Factors, static factor => Assert.True(factor >= 1));
        var p90 = DemandQuantiles.Score(history, 106, quantiles.Of(mean, learned).P90, 0.9);
        Assert.InRange(p90.Below, 0.7, 0.95);
    }
}
