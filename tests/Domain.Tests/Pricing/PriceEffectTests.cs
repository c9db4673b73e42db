using Stockgate.Domain.Pricing;
using Stockgate.Domain.Pricing.Effects;
using static Stockgate.Domain.Tests.Pricing.PriceCases;

namespace Stockgate.Domain.Tests.Pricing;

public class PriceEffectTests
{
    private static PriceEffectInput Input(double sold, params HeldItem[] held) =>
        new()
        {
            Key = Key,
            First = new DateOnly(2026, 3, 3),
            Days = 7,
            From = Euros(10),
            To = Euros(9),
            Cost = Euros(6),
            ExpectedKept = 100,
            ExpectedMoved = 125,
            Sold = sold,
            Held = held,
        };

    private static HeldItem Held(double expected, double sold) => new(Key, expected, sold);

    [Fact]
    public void What_all_items_did_over_the_days_is_taken_out()
    {
        // The held ones sold a tenth more than forecast: 110 would have gone at the price before.
        var effect = PriceEffect.Measure(Input(140, Held(50, 55), Held(50, 55)));
        Assert.Equal((1.1, 30, 2), (Math.Round(effect.Trend!.Value, 9), Math.Round(effect.Units!.Value, 9), effect.Held));
        Assert.Equal(140 * 3 - 110 * 4, effect.Margin!.Value, 9);
        Assert.Null(effect.MarginLow);
        Assert.Contains("+10.0 %", effect.Words, StringComparison.Ordinal);
        Assert.Contains("5 or more items at an unchanged price", effect.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Enough_held_items_give_an_interval_that_is_as_wide_as_they_differ()
    {
        var alike = PriceEffect.Measure(Input(240, [.. Enumerable.Range(0, 10).Select(i => Held(100, 100 + i % 2))]));
        var apart = PriceEffect.Measure(Input(240, [.. Enumerable.Range(0, 10).Select(i => Held(100, i % 2 == 0 ? 20 : 180))]));
        Assert.True(alike.MarginLow > 0 && alike.MarginHigh > alike.MarginLow);
        Assert.Contains("it paid", alike.Words, StringComparison.Ordinal);
        Assert.True(apart.MarginLow < 0 && apart.MarginHigh > 0);
        Assert.Contains("whether it paid is not certain yet", apart.Words, StringComparison.Ordinal);
        Assert.Contains(
            "it cost money",
            PriceEffect.Measure(Input(50, [.. Enumerable.Range(0, 10).Select(i => Held(100, 100 + i % 2))])).Words,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_interval_holds_the_true_effect_about_as_often_as_it_says()
    {
        var (random, inside) = (new Random(3), 0);
        double Noise(double mean) => mean + Math.Sqrt(mean) * 1.5 * (Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6);
        for (var i = 0; i < 400; i++)
        {
            var trend = 0.7 + random.NextDouble() * 0.6;
            var held = Enumerable.Range(0, 15).Select(_ => 40 + random.NextDouble() * 100).Select(e => Held(e, Noise(e * trend))).ToArray();
            var kept = Noise(100 * trend);
            var effect = PriceEffect.Measure(Input(130, held));
            var truth = 130 * 3 - kept * 4;
            if (truth >= effect.MarginLow && truth <= effect.MarginHigh)
                inside++;
        }
        Assert.InRange(inside, 360, 399);
    }

    [Fact]
    public void Nothing_to_compare_with_is_said_plainly_and_figures_that_are_none_count_as_none()
    {
        var alone = PriceEffect.Measure(Input(140) with { DaysOut = 2 });
        Assert.Equal((null, null, null), (alone.Trend, alone.Units, alone.Margin));
        Assert.Contains("can't be separated from the season", alone.Words, StringComparison.Ordinal);
        Assert.Contains("out of stock on 2 of the days", alone.Words, StringComparison.Ordinal);
        var odd = PriceEffect.Measure(Input(double.NaN, Held(0, 5), Held(double.NaN, 1), Held(1, double.PositiveInfinity)));
        Assert.Equal((0, null, 0), (odd.Sold, odd.Trend, odd.Held));
    }

    [Fact]
    public void Expectations_are_scaled_to_the_days_that_are_measured()
    {
        var decision = PriceDecider.Decide(Facts(price: 12.99m, stock: 900) with { Regular = Euros(12.99m) });
        var input = PriceEffectInput.Of(decision, Euros(6), new DateOnly(2026, 3, 3), 7, 80, 0, [])!;
        Assert.Equal(decision.Kept!.Value.Units / 4, input.ExpectedKept, 9);
        Assert.Equal(decision.Moved!.Value.Units / 4, input.ExpectedMoved, 9);
        Assert.Null(PriceEffectInput.Of(PriceDecider.Decide(Facts() with { Active = false }), Euros(6), default, 7, 1, 0, []));
    }
}
