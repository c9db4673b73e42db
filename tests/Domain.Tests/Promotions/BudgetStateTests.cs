using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Tests.Promotions;

public class BudgetStateTests
{
    private static readonly BudgetState Full = BudgetState.Of(new Budget { TotalDiscount = Offer.In(10), Redemptions = 3 });

    [Fact]
    public void A_claim_takes_money_and_redemptions_together()
    {
        var claim = Full.Claim(2, Offer.In(4));
        Assert.True(claim.Accepted);
        Assert.Equal(new BudgetState(Offer.In(6), 1), claim.Left);
    }

    [Fact]
    public void The_last_coin_can_be_claimed_and_then_it_is_spent()
    {
        Assert.True(Full.Claim(1, Offer.In(10)).Left.Spent);
        Assert.True(Full.Claim(3, Offer.In(1)).Left.Spent);
        Assert.False(Full.Spent);
    }

    [Theory]
    [InlineData(4, 1, "3 are left")]
    [InlineData(1, 10.01, "10 GBP is left")]
    [InlineData(0, 1, "at least 1")]
    [InlineData(1, -1, "0 or more")]
    public void What_is_beyond_it_is_denied_and_takes_nothing(int redemptions, decimal cost, string why)
    {
        var claim = Full.Claim(redemptions, Offer.In(cost));
        Assert.False(claim.Accepted);
        Assert.Equal(Full, claim.Left);
        Assert.Contains(why, claim.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_currency_is_denied() => Assert.Contains("GBP", Full.Claim(1, Offer.In(1, "EUR")).Reason, StringComparison.Ordinal);

    [Fact]
    public void Without_bounds_everything_is_accepted()
    {
        var claim = BudgetState.Of(null).Claim(1_000_000, Offer.In(1_000_000));
        Assert.True(claim.Accepted);
        Assert.False(claim.Left.Spent);
    }

    [Fact]
    public void Nothing_is_ever_below_zero_and_what_was_claimed_is_what_is_gone() =>
        Prop.ForAll(
                (from n in Gen.Choose(-1, 4) from pence in Gen.Choose(-50, 400) select (n, pence))
                    .ListOf()
                    .ToArbitrary(),
                static claims =>
                {
                    var (state, money, count) = (Full, 0m, 0);
                    foreach (var (n, pence) in claims)
                    {
                        var claim = state.Claim(n, Offer.In(pence / 100m));
                        if (claim.Accepted)
                            (money, count) = (money + pence / 100m, count + n);
                        state = claim.Left;
                        if (state is not { Money.Amount: >= 0, Redemptions: >= 0 })
                            return false;
                    }
                    return state.Money!.Value.Amount == 10 - money && state.Redemptions == 3 - count;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
