using Stockgate.Domain.Pricing;
using Stockgate.Domain.Pricing.Deciding;
using static Stockgate.Domain.Tests.Pricing.PriceCases;

namespace Stockgate.Domain.Tests.Pricing;

public class PriceDeciderTests
{
    private static readonly PriceRules Rules = new();

    // Forty units that a forecast nearly clears, six hours old, with a markdown due by the figures of then.
    private static PricingFacts Due(decimal stock, double hours) =>
        Facts(price: 12.99m, cost: 6, stock: stock, mean: 56, deviation: 12) with
        {
            Regular = Euros(12.99m),
            Stock = new Reading<Quantity>(new Quantity(stock), "warehouse W1 (source wms)", Now.AddHours(-hours)),
        };

    [Fact]
    public void Stock_that_was_counted_six_hours_ago_holds_the_price_and_is_named()
    {
        var decision = Holds(Due(40, 6), PriceRule.StockFreshness);
        Assert.Equal("stock 40 of warehouse W1 (source wms) is 6.0 h old; the limit is 4 h", decision.Reason);
    }

    [Fact]
    public void Stock_of_a_silent_source_holds_the_price_however_new_it_is() =>
        Assert.Equal(
            "channel wms has posted nothing since 2026-03-01 05:00:00Z, although it is expected every 01:00:00: stock 40 may be outdated",
            Holds(
                Due(40, 0.1) with
                {
                    SilentStock = new(new("wms"), new DateTimeOffset(2026, 3, 1, 5, 0, 0, TimeSpan.Zero), TimeSpan.FromHours(1)),
                },
                PriceRule.StockFreshness
            ).Reason
        );

    [Fact]
    public void Three_that_are_left_are_never_marked_down()
    {
        var decision = PriceDecider.Decide(Due(3, 0.1));
        Assert.Equal(PriceMode.Scarce, decision.Mode);
        Assert.True(decision.To.Amount >= decision.From.Amount);
        Assert.Contains("3 units (warehouse W1", decision.Verdict(PriceRule.Scarcity).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Four_hundred_that_are_left_are_marked_down_within_the_floor_and_it_goes_out()
    {
        var decision = PriceDecider.Decide(Due(400, 0.1));
        Assert.Equal((PriceMode.Markdown, PriceOutcome.Publish), (decision.Mode, decision.Outcome));
        Assert.InRange(decision.To.Amount, 12.99m * 0.9m, 12.98m);
        Assert.True(decision.Moved!.Value.Margin > decision.Kept!.Value.Margin);
    }

    [Fact]
    public void What_is_no_longer_sold_stopped_promoted_or_left_alone_is_held()
    {
        Holds(Facts() with { Active = false }, PriceRule.Active);
        Assert.Contains(
            "cost looked odd",
            Holds(Facts() with { Stopped = "cost looked odd" }, PriceRule.StopSign, PriceOutcome.Stop).Reason,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "half of them rose",
            Holds(Facts() with { CategoryStopped = "half of them rose" }, PriceRule.CircuitBreaker).Reason,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "SPRING",
            Holds(Facts() with { Promotion = new PromotionId("SPRING") }, PriceRule.PromotionLock).Reason,
            StringComparison.Ordinal
        );
        Holds(Facts() with { HeldUntil = Now.AddHours(1) }, PriceRule.HeldAfterRevert);
        Assert.True(PriceDecider.Decide(Facts() with { HeldUntil = Now }).Verdict(PriceRule.HeldAfterRevert).Passed);
    }

    [Fact]
    public void Figures_that_are_missing_old_or_from_the_future_hold_the_price()
    {
        Holds(Facts() with { Stock = null }, PriceRule.StockFreshness);
        Holds(Facts() with { Cost = null }, PriceRule.CostFreshness);
        Holds(Facts() with { Demand = null }, PriceRule.ForecastFreshness);
        Assert.Equal(
            "cost 6.00 EUR of erp is 31.0 d old; the limit is 30 d",
            Holds(Facts() with { Cost = Facts().Cost!.Value with { At = Now.AddDays(-31) } }, PriceRule.CostFreshness).Reason
        );
        Holds(Facts() with { Demand = Facts().Demand!.Value with { At = Now.AddDays(-3) } }, PriceRule.ForecastFreshness);
        Assert.Contains(
            "in the future",
            Holds(Facts() with { Stock = Facts().Stock!.Value with { At = Now.AddMinutes(11) } }, PriceRule.StockFreshness).Reason,
            StringComparison.Ordinal
        );
        Assert.True(
            PriceDecider
                .Decide(Facts() with { Stock = Facts().Stock!.Value with { At = Now.AddMinutes(10) } })
                .Verdict(PriceRule.StockFreshness)
                .Passed
        );
    }

    [Fact]
    public void Competitors_bound_the_price_only_while_one_was_seen_of_late()
    {
        var rules = Rules with { AboveCompetitor = 0.02m };
        Assert.Contains(
            "no competitor's price is known",
            PriceDecider.Decide(Facts() with { Rules = rules }).Verdict(PriceRule.CompetitorFreshness).Words,
            StringComparison.Ordinal
        );
        Holds(Facts() with { Rules = rules, Competitors = [new("Ann", Euros(10), Now.AddHours(-25))] }, PriceRule.CompetitorFreshness);
        Holds(Facts() with { Rules = rules, Competitors = [new("Ann", Euros(0), Now)] }, PriceRule.CompetitorFreshness);
        var followed = PriceDecider.Decide(
            Facts() with
            {
                Rules = rules,
                Competitors = [new("Ann", Euros(10.2m), Now), new("Ben", Euros(5), Now.AddDays(-3))],
            }
        );
        Assert.True(followed.Moves);
        Assert.InRange(followed.To.Amount, 9.89m, 10.41m);
        var below = PriceDecider.Decide(
            Facts(price: 7.49m) with
            {
                Regular = Euros(7.49m),
                Rules = rules with { MarginTarget = 0.1m },
                Competitors = [new("Ann", Euros(3), Now)],
            }
        );
        Assert.True(below.Bounds!.High >= 6 / 0.9m);
    }

    [Fact]
    public void Another_currency_or_a_figure_that_makes_no_sense_is_a_hold_that_says_so()
    {
        var gbp = Currency.Parse("GBP");
        Assert.Contains(
            "not in EUR",
            Holds(Facts() with { Cost = Facts().Cost!.Value with { Value = new Money(6, gbp) } }, PriceRule.Facts).Reason,
            StringComparison.Ordinal
        );
        Holds(Facts() with { Regular = new Money(6, gbp) }, PriceRule.Facts);
        Holds(Facts() with { Competitors = [new("Ann", new Money(6, gbp), Now)] }, PriceRule.Facts);
        Holds(Facts(price: 0), PriceRule.Facts);
        Holds(Facts(mean: double.NaN), PriceRule.Facts);
        Holds(Facts(cost: 0), PriceRule.Facts);
        Holds(Facts() with { Elasticity = new(0.5, -1, 1) }, PriceRule.Facts);
        Holds(Facts() with { Rules = Rules with { MarginFloor = 1 } }, PriceRule.Facts);
    }

    [Fact]
    public void A_cost_five_times_the_one_before_or_a_fifth_of_it_stops_the_item()
    {
        Holds(Facts(cost: 6) with { CostBefore = Euros(1.2m) }, PriceRule.CostTypingError, PriceOutcome.Stop);
        Holds(Facts(cost: 1) with { CostBefore = Euros(5) }, PriceRule.CostTypingError, PriceOutcome.Stop);
        Assert.True(PriceDecider.Decide(Facts(cost: 1.01m) with { CostBefore = Euros(5) }).Verdict(PriceRule.CostTypingError).Passed);
    }

    [Fact]
    public void A_price_far_from_what_held_most_of_the_month_stops_the_item_however_often_it_moved()
    {
        Holds(
            Facts(price: 1.99m, cost: 0.5m) with
            {
                Moves = [Move(24, 10.99m, 1.99m, PriceMoveCause.Outside)],
            },
            PriceRule.PriceJump,
            PriceOutcome.Stop
        );
        // Twenty changes in an hour don't outweigh a month.
        var flurry = Enumerable
            .Range(0, 20)
            .Select(i => Move(2 - i / 20.0, i % 2 == 0 ? 10.99m : 10.49m, i % 2 == 0 ? 10.49m : 10.99m, PriceMoveCause.Outside))
            .ToList();
        Assert.Contains(
            "its 30-day median, 10.99",
            PriceDecider.Decide(Facts() with { Moves = flurry }).Verdict(PriceRule.PriceJump).Words,
            StringComparison.Ordinal
        );
        Assert.True(
            PriceDecider
                .Decide(Facts(price: 4.99m, cost: 2) with { Moves = [Move(24 * 16, 10.99m, 4.99m, PriceMoveCause.Outside)] })
                .Verdict(PriceRule.PriceJump)
                .Passed
        );
    }

    [Fact]
    public void A_price_that_turned_three_times_in_a_week_stops()
    {
        PriceMove[] moves = [Move(150, 10.99m, 10.49m), Move(120, 10.49m, 10.99m), Move(90, 10.99m, 10.49m), Move(60, 10.49m, 10.99m)];
        Holds(Facts() with { Moves = moves }, PriceRule.Oscillation, PriceOutcome.Stop);
        Assert.True(PriceDecider.Decide(Facts() with { Moves = moves[1..] }).Verdict(PriceRule.Oscillation).Passed);
    }

    [Fact]
    public void Two_machines_that_undercut_each_other_are_stopped_and_following_once_is_not()
    {
        PriceMove[] moves = [Move(240, 12.99m, 12.49m), Move(160, 12.49m, 11.99m), Move(80, 11.99m, 10.99m)];
        CompetitorMove Lower(double hours) => new("Ann", Euros(12), Euros(11), Now.AddHours(-hours));
        var facts = Facts() with
        {
            Moves = moves,
            Rules = Rules with { AboveCompetitor = 0 },
            Competitors = [new("Ann", Euros(10.5m), Now)],
            CompetitorMoves = [Lower(200), Lower(100)],
        };
        Holds(facts, PriceRule.CompetitorLoop, PriceOutcome.Stop);
        Assert.True(PriceDecider.Decide(facts with { CompetitorMoves = [Lower(300)] }).Verdict(PriceRule.CompetitorLoop).Passed);
    }

    [Fact]
    public void A_price_below_its_floor_goes_back_and_a_person_is_asked_where_one_step_does_not_reach()
    {
        var near = PriceDecider.Decide(Facts(price: 6.49m) with { Rules = Rules with { AskAboveStep = 0.1m } });
        Assert.Equal(PriceOutcome.Publish, near.Outcome);
        Assert.Equal(6.99m, near.To.Amount);
        var far = PriceDecider.Decide(Facts(price: 4.99m));
        Assert.Equal((PriceOutcome.Ask, 6.99m), (far.Outcome, far.To.Amount));
        var above = PriceDecider.Decide(Facts(price: 19.99m));
        Assert.Equal((PriceOutcome.Ask, 11.99m), (above.Outcome, above.To.Amount));
        Assert.Equal(PriceOutcome.Hold, PriceDecider.Decide(Facts(price: 6.49m, cost: 13)).Outcome);
        // Overstock is never raised, not even to its floor.
        Holds(Facts(price: 6.49m, stock: 4000), PriceRule.Overstock);
    }

    [Fact]
    public void A_day_has_so_many_steps_and_a_category_so_many_changes()
    {
        Holds(Facts() with { Moves = [Move(23.9, 10.49m, 10.99m)] }, PriceRule.StepsPerDay);
        Assert.True(PriceDecider.Decide(Facts() with { Moves = [Move(24, 10.49m, 10.99m)] }).Verdict(PriceRule.StepsPerDay).Passed);
        Assert.True(
            PriceDecider
                .Decide(Facts() with { Moves = [Move(1, 10.49m, 10.99m, PriceMoveCause.Outside)] })
                .Verdict(PriceRule.StepsPerDay)
                .Passed
        );
        Holds(Facts() with { ChangesLeft = 0 }, PriceRule.ChangeBudget);
    }

    [Fact]
    public void The_margin_target_stops_a_price_from_being_lowered_but_not_a_markdown()
    {
        // Customers that follow the price closely: 10.49 would earn more, with a margin of 23.7 %.
        var strong = Facts(price: 10.99m, cost: 8, stock: 500) with
        {
            Elasticity = new(-6, -7, -5),
        };
        Holds(strong, PriceRule.MarginTarget);
        Assert.Equal(PriceMode.Markdown, PriceDecider.Decide(strong with { Stock = strong.Stock!.Value with { Value = new(2000) } }).Mode);
        Assert.True(PriceDecider.Decide(strong with { Stock = strong.Stock!.Value with { Value = new(2000) } }).To.Amount < 10.99m);
    }

    [Fact]
    public void Nothing_known_of_how_sales_follow_the_price_means_that_only_markdowns_and_guardrails_move_it()
    {
        Assert.Equal(PriceOutcome.Keep, PriceDecider.Decide(Facts() with { Elasticity = null }).Outcome);
        Assert.True(PriceDecider.Decide(Due(400, 0.1) with { Elasticity = null }).Moves);
        Assert.Equal(6.99m, PriceDecider.Decide(Facts(price: 6.49m) with { Elasticity = null }).To.Amount);
    }

    [Fact]
    public void No_demand_is_overstock_unless_few_are_left()
    {
        Assert.Equal(PriceMode.Markdown, PriceDecider.Decide(Facts(mean: 0, deviation: 0)).Mode);
        Assert.Equal(PriceMode.Scarce, PriceDecider.Decide(Facts(mean: 0, deviation: 0, stock: 5)).Mode);
    }

    [Fact]
    public void What_is_nearly_sold_out_is_held_though_a_higher_price_would_earn_more()
    {
        var dear = Facts(stock: 4) with { Elasticity = new ElasticityBelief(-0.2, -0.4, -0.1) };
        var decision = PriceDecider.Decide(dear);
        Assert.Equal((PriceOutcome.Hold, PriceMode.Scarce), (decision.Outcome, decision.Mode));
        Assert.Contains("the price is held", decision.Reason, StringComparison.Ordinal);
        Assert.True(
            PriceDecider.Decide(dear with { Stock = dear.Stock!.Value with { Value = new(40) } })
                is { Outcome: PriceOutcome.Publish or PriceOutcome.Ask } plenty
                && plenty.To.Amount > plenty.From.Amount
        );
    }

    [Fact]
    public void Goods_that_come_before_it_is_gone_are_counted_on()
    {
        var low = Facts(stock: 25) with { Inbound = new(300), InboundAt = Now.AddDays(2) };
        Assert.Equal(PriceMode.Steady, PriceDecider.Decide(low).Mode);
        Assert.Equal(PriceMode.Scarce, PriceDecider.Decide(low with { InboundAt = Now.AddDays(3) }).Mode);
        Assert.Equal(PriceMode.Scarce, PriceDecider.Decide(low with { InboundAt = null }).Mode);
    }

    [Fact]
    public void Small_steps_and_small_gains_are_not_worth_a_label()
    {
        var facts = Due(400, 0.1);
        Assert.Equal(PriceOutcome.Keep, PriceDecider.Decide(facts with { Rules = Rules with { MinStep = 0.1m } }).Outcome);
        var kept = PriceDecider.Decide(facts with { Rules = Rules with { MinGain = 10 } });
        Assert.Equal(PriceOutcome.Keep, kept.Outcome);
        Assert.Contains("does not justify a change", kept.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_is_asked_by_the_leash_by_the_step_and_by_the_revenue()
    {
        var facts = Due(400, 0.1) with { Rules = Rules with { AskAboveStep = 0.1m } };
        Assert.Equal(PriceOutcome.Publish, PriceDecider.Decide(facts).Outcome);
        Assert.Contains("every change needs approval", Asked(facts with { AskAlways = true }), StringComparison.Ordinal);
        Assert.Contains("step ", Asked(facts with { Rules = facts.Rules with { AskAboveStep = 0.01m } }), StringComparison.Ordinal);
        Assert.Contains("at stake", Asked(facts with { Rules = facts.Rules with { AskAboveRevenue = 100 } }), StringComparison.Ordinal);

        static string Asked(PricingFacts facts)
        {
            var decision = PriceDecider.Decide(facts);
            Assert.Equal(PriceOutcome.Ask, decision.Outcome);
            return decision.Reason;
        }
    }

    [Fact]
    public void Other_channels_of_the_region_are_kept_close()
    {
        var bounded = PriceDecider.Decide(
            Due(400, 0.1) with
            {
                Rules = Rules with { Parity = 0.05m },
                Others = [new(new SalesChannelId("till"), Euros(12.99m))],
            }
        );
        Assert.Equal(12.49m, bounded.To.Amount);
        Holds(
            Facts() with
            {
                Rules = Rules with { Parity = 0.01m },
                Others = [new(new SalesChannelId("a"), Euros(10)), new(new SalesChannelId("b"), Euros(12))],
            },
            PriceRule.Bounds
        );
    }

    [Fact]
    public void The_price_struck_through_is_the_lowest_of_thirty_days_and_only_where_that_is_higher()
    {
        var facts = Due(400, 0.1);
        Assert.Equal(12.99m, PriceDecider.Decide(facts).CompareAt!.Value.Amount);
        Assert.Equal(
            12.59m,
            PriceDecider.Decide(facts with { Moves = [Move(24 * 20, 13, 12.59m), Move(24 * 10, 12.59m, 12.99m)] }).CompareAt!.Value.Amount
        );
        Assert.Null(PriceDecider.Decide(facts with { Moves = [Move(24 * 20, 13, 9.99m), Move(24 * 10, 9.99m, 12.99m)] }).CompareAt);
    }

    [Theory]
    [InlineData("JPY", 1299, 600, 0, 1)]
    [InlineData("KWD", 12.99, 6, 3, 0.01)]
    [InlineData("EUR", 12.99, 6, 2, 0.01)]
    public void Prices_end_as_is_allowed_and_can_be_paid_in_every_currency(
        string code,
        double price,
        double cost,
        int decimals,
        double coin
    )
    {
        var currency = Currency.Parse(code);
        var facts = Due(400, 0.1) with
        {
            Price = new((decimal)price, currency),
            Regular = new((decimal)price, currency),
            Cost = new Reading<Money>(new((decimal)cost, currency), "erp", Now),
            CostBefore = null,
        };
        var moved = PriceDecider.Decide(facts).To;
        Assert.True(moved.Payable && moved.Amount < facts.Price.Amount);
        if (code != "JPY")
            Assert.Contains(moved.Amount % 1, Rules.Endings);
        var free = PriceDecider.Decide(facts with { Rules = Rules with { Endings = [] } });
        Assert.All(free.Weighed, w => Assert.Equal(decimal.Round(w.Price, decimals), w.Price));
        Assert.InRange(free.Weighed.Count, 10, PriceGrid.Most + 1);
        Assert.True(free.Weighed.Skip(1).Max(static w => w.Price) + (decimal)coin > free.Bounds!.High - (decimal)coin);
    }
}
