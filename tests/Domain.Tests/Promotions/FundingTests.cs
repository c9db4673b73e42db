using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Tests.Promotions;

public class FundingTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(-5, 0)]
    [InlineData(10, 5)]
    [InlineData(100, 50)]
    [InlineData(101, 50)]
    public void Units_are_paid_up_to_their_cap(decimal units, decimal money) =>
        Assert.Equal(Offer.In(money), Offer.Agreement(units: 100).Recoverable(Offer.Units(units)));

    [Theory]
    [InlineData(10, 5)]
    [InlineData(40, 20)]
    [InlineData(41, 20.25)]
    [InlineData(1000, 20.25)]
    public void Money_is_paid_up_to_its_cap(decimal units, decimal money) =>
        Assert.Equal(Offer.In(money), Offer.Agreement(money: 20.25m).Recoverable(Offer.Units(units)));

    [Fact]
    public void The_cap_that_is_reached_first_holds() =>
        Assert.Equal(Offer.In(5), Offer.Agreement(units: 10, money: 20).Recoverable(Offer.Units(100)));

    [Fact]
    public void The_agreement_that_pays_most_is_used_first_and_the_rest_goes_to_the_next()
    {
        FundingAgreement[] agreements =
        [
            Offer.Agreement("low", 0.25m),
            Offer.Agreement("high", 1, units: 30),
            Offer.Agreement("middle", 0.5m, money: 10.2m),
        ];
        var shares = Funding.Allocate(agreements, Offer.Units(100));
        Assert.Equal(
            "low 49 12.25, high 30 30, middle 21 10.2",
            string.Join(", ", shares.Select(static s => FormattableString.Invariant($"{s.Reference} {s.Units} {s.Amount.Amount:0.##}")))
        );
        Assert.Equal(Offer.In(52.45m), Funding.Total(agreements, Offer.Units(100), Given.Gbp));
    }

    [Fact]
    public void Equal_agreements_are_used_in_the_order_of_their_names()
    {
        var shares = Funding.Allocate([Offer.Agreement("2"), Offer.Agreement("1", units: 4)], Offer.Units(10));
        Assert.Equal([Offer.Units(6), Offer.Units(4)], shares.Select(static s => s.Units));
    }

    [Fact]
    public void Nothing_sold_or_nobody_funding_is_no_money()
    {
        Assert.Equal(Offer.In(0), Funding.Total([], Offer.Units(10), Given.Gbp));
        Assert.Equal(Offer.In(0), Funding.Total([Offer.Agreement()], Offer.Units(-3), Given.Gbp));
    }

    private static readonly Gen<FundingAgreement> Agreements =
        from perUnit in Gen.Choose(1, 500)
        from units in Gen.Choose(0, 50)
        from money in Gen.Choose(0, 3000)
        from name in Gen.Elements("a", "b", "c", "d")
        select Offer.Agreement(name, perUnit / 100m, units == 0 ? null : units, money == 0 ? null : money / 100m);

    [Fact]
    public void No_supplier_pays_above_its_caps_and_no_unit_is_claimed_twice() =>
        Prop.ForAll(
                (
                    from agreements in Agreements.ListOf()
                    from units in Gen.Choose(-5, 300)
                    select (agreements.ToArray(), units)
                ).ToArbitrary(),
                static x =>
                {
                    var (agreements, units) = x;
                    var shares = Funding.Allocate(agreements, Offer.Units(units));
                    return shares.Sum(static s => s.Units.Value) <= Math.Max(0, units)
                        && shares
                            .Zip(agreements)
                            .All(static p =>
                                p.First.Reference == p.Second.Reference
                                && p.First.Units >= Quantity.Zero
                                && p.First.Amount.Amount >= 0
                                && p.First.Amount.Amount <= p.Second.PerUnit.Amount * p.First.Units.Value
                                && (p.Second.CapUnits is not { } cap || p.First.Units <= cap)
                                && (p.Second.CapMoney is not { } most || p.First.Amount.Amount <= most.Amount)
                            );
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
