using Stockgate.Domain.Forecasting.Replenishment;

namespace Stockgate.Domain.Tests.Forecasting.Replenishment;

public class PromotionAllocationTests
{
    private static AllocationPlace Place(string id, double mean, double variance = 0, decimal there = 0) =>
        new(id, new DemandSum(mean, variance), Expected.Units(there));

    [Fact]
    public void Places_end_with_about_the_same_chance_to_run_out()
    {
        var allocation = PromotionAllocation.Of(
            Expected.Units(300),
            Expected.Units(1),
            [Place("steady", 150, 160), Place("wild", 150, 4000), Place("small", 20, 60)]
        );
        Assert.Equal(Quantity.Zero, allocation.Unallocated);
        Assert.InRange(allocation.Places.Max(static p => p.Risk) - allocation.Places.Min(static p => p.Risk), 0, 0.05);
        Assert.Equal(300, allocation.Places.Sum(static p => p.Quantity.Value));
    }

    [Fact]
    public void What_is_there_already_counts()
    {
        var allocation = PromotionAllocation.Of(Expected.Units(100), Expected.Units(1), [Place("a", 100, there: 80), Place("b", 100)]);
        Assert.InRange(allocation.Places[0].Quantity.Value, 9, 11);
        Assert.StartsWith("a gets ", allocation.Places[0].Words, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_will_want_and_what_is_no_pack_is_kept()
    {
        var allocation = PromotionAllocation.Of(Expected.Units(1003), Expected.Units(10), [Place("a", 20), Place("b", 0)]);
        Assert.Equal(Quantity.Zero, allocation.Places[1].Quantity);
        Assert.InRange(allocation.Places[0].Quantity.Value, 30, 50);
        Assert.Equal(1003, allocation.Places[0].Quantity.Value + allocation.Unallocated.Value);
    }

    [Fact]
    public void No_other_spread_loses_less() =>
        Prop.ForAll<int>(static seed =>
            {
                var random = new Random(seed);
                var places = Enumerable
                    .Range(0, 3)
                    .Select(i => Place($"{i}", random.NextDouble() * 8, random.NextDouble() * 30, random.Next(4)))
                    .ToArray();
                var (pack, packs) = (random.Next(1, 4), random.Next(0, 8));
                var allocation = PromotionAllocation.Of(Expected.Units(pack * packs), Expected.Units(pack), places);
                double Lost(int place, int given) => places[place].Demand.Lost((double)places[place].There.Value + given * pack);
                var best = double.PositiveInfinity;
                for (var a = 0; a <= packs; a++)
                for (var b = 0; a + b <= packs; b++)
                    best = Math.Min(best, Lost(0, a) + Lost(1, b) + Lost(2, packs - a - b));
                // Packs that would save less than a hundredth of a unit are kept.
                return allocation.Lost <= best + 0.01 * packs + 1e-9 && allocation.Places.All(p => p.Quantity.Value % pack == 0);
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Half_a_unit_is_no_pack() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () =>
            PromotionAllocation.Of(Expected.Units(5), Expected.Units(0.5m), [Place("a", 1)])
        );
}
