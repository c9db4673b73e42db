using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Live;

namespace Stockgate.Domain.Tests.Promotions.Live;

public class ClaimBookTests
{
    private static readonly Dictionary<string, StoredClaim> NoClaims = [];
    private static readonly Dictionary<string, int> NoUses = [];

    private static ClaimBook Book(Budget? budget = null) => new(BudgetAccount.Of(budget, Given.Gbp), NoClaims, NoUses);

    private static ClaimAsk Ask(string id = "a", int redemptions = 1, decimal cost = 1, string? customer = null) =>
        new(id, customer, redemptions, Offer.In(cost));

    [Fact]
    public void A_budget_that_was_never_opened_gives_nothing_and_is_not_written()
    {
        var book = new ClaimBook(null, NoClaims, NoUses);
        Assert.Equal(ClaimOutcome.NotLive, book.Claim(Ask()).Outcome);
        Assert.False(book.Release("a").GivenBack);
        Assert.Null(book.Close());
        Assert.False(book.Changed);
    }

    [Fact]
    public void Whoever_is_denied_changes_nothing()
    {
        var book = Book(new Budget { Redemptions = 1, PerCustomer = 1 });
        Assert.Equal(ClaimOutcome.BeyondBounds, book.Claim(Ask(redemptions: 2, customer: "c")).Outcome);
        Assert.Equal(ClaimOutcome.Unfit, book.Claim(Ask()).Outcome);
        Assert.False(book.Changed);
    }

    [Fact]
    public void A_customers_uses_are_counted_only_where_they_are_bounded()
    {
        var book = Book();
        Assert.True(book.Claim(Ask(customer: "c")).Accepted);
        Assert.Empty(book.ChangedUses);
    }

    [Fact]
    public void Every_order_of_claims_repeats_and_releases_keeps_the_books() =>
        Prop.ForAll(
                (
                    from id in Gen.Choose(0, 7)
                    from release in Gen.Choose(0, 2)
                    from n in Gen.Choose(-1, 3)
                    from pence in Gen.Choose(-20, 300)
                    from customer in Gen.Elements(null, "x", "y")
                    select (id, release, n, pence, customer)
                )
                    .ListOf()
                    .ToArbitrary(),
                static asks =>
                {
                    var budget = new Budget
                    {
                        TotalDiscount = Offer.In(10),
                        Redemptions = 6,
                        PerCustomer = 4,
                    };
                    var (account, claims, uses) = (
                        BudgetAccount.Of(budget, Given.Gbp),
                        new Dictionary<string, StoredClaim>(),
                        new Dictionary<string, int>()
                    );
                    foreach (var (id, release, n, pence, customer) in asks)
                    {
                        // A book of its own for every ask, as if each were decided by another process.
                        var book = new ClaimBook(account, claims, uses);
                        if (release == 0)
                            book.Release($"{id}");
                        else
                            book.Claim(new ClaimAsk($"{id}", customer, n, Offer.In(pence / 100m)));
                        foreach (var (key, claim) in book.ChangedClaims)
                            claims[key] = claim;
                        foreach (var (key, count) in book.ChangedUses)
                            uses[key] = count;
                        account = book.Account!;
                        var standing = claims
                            .Values.Where(static c => c is { Released: false, Ask: not null })
                            .Select(static c => c.Ask!)
                            .ToList();
                        if (
                            account.Given.Amount != standing.Sum(static a => a.Cost.Amount)
                            || account.Redemptions != standing.Sum(static a => a.Redemptions)
                            || account.Claims != standing.Count
                        )
                            return false;
                        if (
                            account.Left.Money!.Value.Amount != 10 - account.Given.Amount
                            || account.Left.Redemptions != 6 - account.Redemptions
                            || account.Left is not { Money.Amount: >= 0, Redemptions: >= 0 }
                        )
                            return false;
                        if (
                            uses.Any(u =>
                                u.Value is < 0 or > 4 || u.Value != standing.Where(a => a.Customer == u.Key).Sum(static a => a.Redemptions)
                            )
                        )
                            return false;
                    }
                    return true;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
