using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Tests.Promotions;

public class DiscountCostTests
{
    public static TheoryData<Discount, decimal, decimal, decimal> Baskets =>
        new()
        {
            // discount, units, regular, money given away
            { new PercentOff(20), 3, 9.99m, 6.00m },
            { new PercentOff(20), 1.5m, 10, 3 },
            { new AmountOff(Offer.In(2)), 4, 10, 8 },
            { new AmountOff(Offer.In(2)), 4, 1.5m, 6 },
            { new FixedPrice(Offer.In(7)), 2, 10, 6 },
            { new FixedPrice(Offer.In(7)), 2, 5, 0 },
            { Offer.ThreeFor(10), 2, 4, 0 },
            { Offer.ThreeFor(10), 3, 4, 2 },
            { Offer.ThreeFor(10), 8, 4, 4 },
            { Offer.ThreeFor(10), 3, 3, 0 },
            { Offer.ThreeForTwo, 7, 4, 8 },
            { Offer.OneGetOneFree, 1, 4, 0 },
            { Offer.OneGetOneFree, 5, 4, 8 },
            { Offer.OneGetOneFree, 2.5m, 4, 4 },
            {
                new BuyXGetY
                {
                    Buy = 2,
                    Get = 1,
                    Percent = 50,
                },
                6,
                0.99m,
                0.98m
            }, // 0.495 is paid as 0.50
            { Offer.OneGetOneFree, 0, 4, 0 },
        };

    [Theory, MemberData(nameof(Baskets))]
    public void What_a_basket_costs(Discount discount, decimal units, decimal regular, decimal cost) =>
        Assert.Equal(Offer.In(cost), discount.CostOf(Offer.Units(units), Offer.In(regular)));

    [Fact]
    public void In_a_mixed_group_the_cheapest_are_free()
    {
        Assert.Equal(Offer.In(2), Offer.ThreeForTwo.CostOf([Offer.In(2), Offer.In(9), Offer.In(5)], Given.Gbp));
        Assert.Equal(Offer.In(9), Offer.OneGetOneFree.CostOf([Offer.In(1), Offer.In(9), Offer.In(8), Offer.In(2), Offer.In(0)], Given.Gbp));
        Assert.Equal(Offer.In(6), Offer.ThreeFor(10).CostOf([Offer.In(2), Offer.In(9), Offer.In(5)], Given.Gbp));
        Assert.Equal(Offer.In(0), Offer.ThreeForTwo.CostOf([], Given.Gbp));
    }

    [Theory]
    [InlineData(4, 3.3333)]
    [InlineData(3, 3)]
    public void A_bundle_used_fully_costs_its_price_over_its_units(decimal regular, decimal average) =>
        Assert.Equal(average, Offer.ThreeFor(10).EffectiveUnitPrice(Offer.In(regular)).Amount, 4);

    [Fact]
    public void The_effective_price_is_the_average_of_the_basket()
    {
        Assert.Equal(Offer.In(5), Offer.OneGetOneFree.EffectiveUnitPrice(Offer.In(10)));
        Assert.Equal(Offer.In(6), Offer.OneGetOneFree.EffectiveUnitPrice(Offer.In(10), Offer.Units(5)));
        Assert.Equal(Offer.In(10), Offer.OneGetOneFree.EffectiveUnitPrice(Offer.In(10), Offer.Units(1)));
        Assert.Equal(Offer.In(7.99m), new PercentOff(20).EffectiveUnitPrice(Offer.In(9.99m)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Offer.OneGetOneFree.EffectiveUnitPrice(Offer.In(10), Offer.Units(0)));
    }

    [Fact]
    public void Less_than_nothing_can_t_be_bought() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PercentOff(10).CostOf(Offer.Units(-1), Offer.In(1)));

    [Fact]
    public void More_units_never_cost_less_and_never_more_than_they_are_worth() =>
        Prop.ForAll(
                (
                    from discount in Offer.Discounts
                    from regular in Offer.Prices
                    from units in Gen.Choose(0, 60)
                    from more in Gen.Choose(0, 10)
                    select (discount, regular, units, more)
                ).ToArbitrary(),
                static x =>
                {
                    var cost = x.discount.CostOf(Offer.Units(x.units), x.regular).Amount;
                    return cost >= 0
                        && cost <= x.regular.Amount * x.units
                        && x.discount.CostOf(Offer.Units(x.units + x.more), x.regular).Amount >= cost;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Nobody_pays_less_than_the_effective_price() =>
        Prop.ForAll(
                (
                    from discount in Offer.Discounts
                    from regular in Offer.Prices
                    from units in Gen.Choose(1, 60)
                    select (discount, regular, units)
                ).ToArbitrary(),
                static x =>
                {
                    var (full, paid) = (
                        x.discount.EffectiveUnitPrice(x.regular).Amount,
                        x.discount.EffectiveUnitPrice(x.regular, Offer.Units(x.units)).Amount
                    );
                    return full >= 0 && paid >= full - 0.000_000_000_001m; // a third has no last decimal
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void The_order_of_units_changes_nothing() =>
        Prop.ForAll(
                (
                    from discount in Offer.Discounts
                    from units in Offer.Prices.ListOf()
                    from seed in Gen.Choose(0, 1_000_000)
                    select (discount, units.ToArray(), seed)
                ).ToArbitrary(),
                static x =>
                {
                    var shuffled = x.Item2.ToArray();
                    new Random(x.seed).Shuffle(shuffled);
                    return x.discount.CostOf(x.Item2, Given.Gbp) == x.discount.CostOf(shuffled, Given.Gbp);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Units_of_one_price_cost_as_one_item_does() =>
        Prop.ForAll(
                (
                    from discount in Offer.Discounts
                    from regular in Offer.Prices
                    from units in Gen.Choose(0, 30)
                    select (discount, regular, units)
                ).ToArbitrary(),
                static x =>
                    x.discount.CostOf(Enumerable.Repeat(x.regular, x.units), Given.Gbp)
                    == x.discount.CostOf(Offer.Units(x.units), x.regular)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void One_more_unit_in_a_mixed_basket_never_costs_less() =>
        Prop.ForAll(
                (
                    from discount in Offer.GroupDiscounts
                    from units in Offer.Prices.ListOf()
                    from more in Offer.Prices
                    select (discount, units, more)
                ).ToArbitrary(),
                static x => x.discount.CostOf(x.units.Append(x.more), Given.Gbp).Amount >= x.discount.CostOf(x.units, Given.Gbp).Amount
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
