using Stockgate.Domain.Pricing;
using static Stockgate.Domain.Tests.Pricing.PriceCases;

namespace Stockgate.Domain.Tests.Pricing;

public class CategoryPlanTests
{
    private static readonly CategoryDay Today = new("Toys", new DateOnly(2026, 3, 2), 100, 0, 0);

    private static PriceDecision Decided(decimal to, double gain, PriceOutcome outcome = PriceOutcome.Publish, decimal low = 8) =>
        new()
        {
            Key = Key,
            At = Now,
            Outcome = outcome,
            Mode = PriceMode.Steady,
            From = Euros(10),
            To = Euros(to),
            Reason = "r",
            Bounds = new(low, "step", 12, "step"),
            CompareAt = to < 10 ? Euros(10) : null,
            Verdicts = [new(PriceRule.ChangeBudget, true, "may")],
            Kept = new WeighedPrice(10, 5, 100),
            Moved = new WeighedPrice(to, 5, 100 + gain),
        };

    [Fact]
    public void Those_of_which_most_is_expected_go_out_within_the_budget_and_those_outside_of_their_bounds_first()
    {
        PriceDecision[] decisions =
        [
            Decided(11, 5),
            Decided(9, 50),
            Decided(10, 0, PriceOutcome.Keep),
            Decided(11, 1, low: 10.5m),
            Decided(9, 20, PriceOutcome.Ask),
        ];
        var plan = CategoryPlan.Of(decisions, new CategoryRules { ChangesPerDay = 5 }, Today with { Raised = 1, Lowered = 1 });
        Assert.Equal(
            [PriceOutcome.Hold, PriceOutcome.Publish, PriceOutcome.Keep, PriceOutcome.Publish, PriceOutcome.Ask],
            plan.Decisions.Select(static d => d.Outcome)
        );
        Assert.Equal((2, 3, null), (plan.After.Raised, plan.After.Lowered, plan.Tripped));
        var held = plan.Decisions[0];
        Assert.Equal((held.From, null, false), (held.To, held.CompareAt, held.Verdict(PriceRule.ChangeBudget).Passed));
        Assert.Single(held.Verdicts, static v => v.Rule == PriceRule.ChangeBudget);
        Assert.Contains("5 changes a day", held.Reason, StringComparison.Ordinal);
        Assert.All(CategoryPlan.Of(decisions, new CategoryRules { ChangesPerDay = 0 }, Today).Decisions, static d => Assert.False(d.Moves));
    }

    [Fact]
    public void So_many_of_one_way_stop_the_category_and_none_goes_out()
    {
        var rules = new CategoryRules { BreakerShare = 0.3m, BreakerLeast = 20 };
        var thirty = Enumerable.Range(0, 30).Select(static _ => Decided(11, 1)).ToList();
        Assert.Null(CategoryPlan.Of(thirty, rules, Today).Tripped);
        var plan = CategoryPlan.Of([.. thirty, Decided(9, 1), Decided(11, 1)], rules, Today);
        Assert.All(
            plan.Decisions,
            static d => Assert.Equal((PriceOutcome.Hold, PriceRule.CircuitBreaker), (d.Outcome, d.Verdicts[^1].Rule))
        );
        Assert.Equal(
            "31 of 100 prices of Toys would be raised on 2026-03-02; more than 30 % of them the same way, and 20 or more, stop the category until a person resumes it",
            plan.Tripped
        );
        Assert.Equal(Today, plan.After);
        // What went out before counts with it.
        Assert.NotNull(CategoryPlan.Of(thirty, rules, Today with { Raised = 1 }).Tripped);
    }

    [Theory]
    [InlineData(10, 0, 19, false)]
    [InlineData(10, 0, 20, true)]
    [InlineData(100, 25, 5, false)]
    [InlineData(100, 26, 5, true)]
    [InlineData(0, 0, 20, true)]
    public void Few_moves_never_stop_it_and_no_more_than_the_share_may_go_one_way(int items, int lowered, int more, bool trips) =>
        Assert.Equal(
            trips,
            new CategoryDay("", new DateOnly(2026, 3, 2), items, 0, lowered).Trips(new CategoryRules(), 0, more) is not null
        );

    [Fact]
    public void What_is_left_is_never_below_zero() =>
        Assert.Equal(
            (0, 3),
            (
                new CategoryDay("", default, 1, 60, 60).Left(new CategoryRules()),
                new CategoryDay("", default, 1, 60, 37).Left(new CategoryRules())
            )
        );
}
