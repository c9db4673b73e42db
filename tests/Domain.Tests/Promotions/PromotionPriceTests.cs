using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Tests.Promotions;

public class PromotionPriceTests
{
    [Theory]
    [InlineData("GBP", 9.99, 20, 7.99)]
    [InlineData("GBP", 0.01, 50, 0.01)] // half a penny goes up
    [InlineData("GBP", 10.25, 50, 5.13)] // 5.125
    [InlineData("EUR", 19.95, 33.3, 13.31)] // 13.30665
    [InlineData("JPY", 1980, 15, 1683)]
    [InlineData("JPY", 995, 10, 896)] // 895.5
    [InlineData("KWD", 1.235, 10, 1.112)] // 1.1115
    [InlineData("GBP", 0.996, 0.1, 0.99)] // a pound would be above the regular price
    [InlineData("GBP", 0, 20, 0)]
    public void A_percentage_off_is_rounded_to_the_coin(string currency, decimal regular, decimal percent, decimal price) =>
        Assert.Equal(Offer.In(price, currency), PromotionPrice.Of(new PercentOff(percent), Offer.In(regular, currency)));

    [Theory]
    [InlineData("GBP", 10.25, 50, 5.12)]
    [InlineData("JPY", 995, 10, 895)]
    [InlineData("KWD", 1.235, 10, 1.111)]
    public void Rounding_down_never_gives_less_than_was_advertised(string currency, decimal regular, decimal percent, decimal price) =>
        Assert.Equal(
            Offer.In(price, currency),
            PromotionPrice.Of(new PercentOff(percent), Offer.In(regular, currency), PriceRounding.Down)
        );

    [Theory]
    [InlineData(10, 2.5, 7.5)]
    [InlineData(2, 2.5, 0)]
    public void Money_off_ends_at_zero(decimal regular, decimal off, decimal price) =>
        Assert.Equal(Offer.In(price), PromotionPrice.Of(new AmountOff(Offer.In(off)), Offer.In(regular)));

    [Theory]
    [InlineData(10, 7, 7)]
    [InlineData(5, 7, 5)]
    public void A_fixed_price_never_raises_one(decimal regular, decimal fix, decimal price) =>
        Assert.Equal(Offer.In(price), PromotionPrice.Of(new FixedPrice(Offer.In(fix)), Offer.In(regular)));

    [Fact]
    public void Group_discounts_leave_the_shelf_price()
    {
        foreach (var discount in new Discount[] { Offer.ThreeFor(10), Offer.ThreeForTwo, Offer.OneGetOneFree })
            Assert.Equal(Offer.In(4.99m), PromotionPrice.Of(discount, Offer.In(4.99m)));
    }

    [Fact]
    public void A_discount_in_another_currency_is_a_fault()
    {
        Assert.Throws<InvalidOperationException>(() => PromotionPrice.Of(new AmountOff(Offer.In(1, "EUR")), Offer.In(5)));
        Assert.Throws<InvalidOperationException>(() => PromotionPrice.Of(new FixedPrice(Offer.In(1, "EUR")), Offer.In(5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => PromotionPrice.Of(new PercentOff(10), Offer.In(-1)));
    }

    [Fact]
    public void A_price_is_never_above_the_regular_one_nor_below_zero_and_can_be_paid() =>
        Prop.ForAll(
                (
                    from discount in Offer.Discounts
                    from regular in Offer.Prices
                    from rounding in Offer.Roundings
                    select (discount, regular, rounding)
                ).ToArbitrary(),
                static x =>
                {
                    var price = PromotionPrice.Of(x.discount, x.regular, x.rounding);
                    return price.Amount >= 0 && price.Amount <= x.regular.Amount && price.Payable && price.Currency == x.regular.Currency;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData("JPY", 0)]
    [InlineData("KRW", 0)]
    [InlineData("ISK", 0)]
    [InlineData("KWD", 3)]
    [InlineData("TND", 3)]
    [InlineData("GBP", 2)]
    [InlineData("MGA", 2)]
    public void Currencies_know_their_coins(string code, int decimals) => Assert.Equal(decimals, Currency.Parse(code).MinorUnits);

    [Theory]
    [InlineData("JPY", 10.5, false)]
    [InlineData("JPY", 10.0, true)]
    [InlineData("KWD", 1.125, true)]
    [InlineData("GBP", 1.125, false)]
    public void Only_whole_coins_can_be_paid(string code, decimal amount, bool payable) =>
        Assert.Equal(payable, Offer.In(amount, code).Payable);
}
