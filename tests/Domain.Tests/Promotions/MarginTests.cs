using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Tests.Promotions;

public class MarginTests
{
    [Theory]
    [InlineData(8, 6, 0, 2, 25)]
    [InlineData(8, 6, 1, 3, 37.5)]
    [InlineData(5, 6, 0.5, -0.5, -10)]
    public void A_unit_keeps_its_price_less_its_cost_with_its_funding(
        decimal price,
        decimal cost,
        decimal funding,
        decimal kept,
        decimal percent
    ) => Assert.Equal(new Margin(Offer.In(kept), percent), Margin.OfUnit(Offer.In(price), Offer.In(cost), Offer.In(funding)));

    [Fact]
    public void What_is_given_for_nothing_has_no_percentage() =>
        Assert.Equal(new Margin(Offer.In(-2), null), Margin.OfUnit(Offer.In(0), Offer.In(3), Offer.In(1)));

    [Fact]
    public void A_promotion_keeps_what_its_items_keep()
    {
        var margin = PromotionMargin.Of(
            [new(new Sku("A"), Offer.Units(100), Offer.In(8), Offer.In(6)), new(new Sku("B"), Offer.Units(50), Offer.In(4), Offer.In(5))],
            [Offer.Agreement(perUnit: 0.5m, units: 120)],
            Given.Gbp
        );
        Assert.Equal((Offer.In(1000), Offer.In(850), Offer.In(60)), (margin.Revenue, margin.Cost, margin.Funding));
        Assert.Equal(new Margin(Offer.In(210), 21), margin.Whole);
        Assert.Equal([new Margin(Offer.In(2.4m), 30), new Margin(Offer.In(-0.6m), -15)], margin.Items.Select(static i => i.Unit));
        Assert.Equal(margin.Whole.Amount, margin.Items.Aggregate(Offer.In(0), static (sum, i) => sum + i.Whole.Amount));
    }

    [Fact]
    public void A_promotion_that_sells_nothing_keeps_nothing()
    {
        var margin = PromotionMargin.Of([new(new Sku("A"), Offer.Units(0), Offer.In(8), Offer.In(6))], [Offer.Agreement()], Given.Gbp);
        Assert.Equal(new Margin(Offer.In(0), null), margin.Whole);
        Assert.Equal(new Margin(Offer.In(2), 25), Assert.Single(margin.Items).Unit);
    }
}
