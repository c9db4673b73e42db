using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using static Stockgate.Domain.Tests.Promotions.Evaluation.Ready;

namespace Stockgate.Domain.Tests.Promotions.Evaluation;

public class ExpectedItemsTests
{
    private static PromotionFacts Asking(decimal? uplift, Discount? discount = null) =>
        Facts() with
        {
            Terms = Terms with { Request = Terms.Request with { ExpectedUplift = uplift, Discount = discount ?? Terms.Request.Discount } },
        };

    [Fact]
    public void The_requests_own_uplift_holds_and_units_are_of_the_whole_window_and_all_regions()
    {
        var expected = new ExpectedItems(Asking(1.4m));
        Assert.Equal([1.4m, 1.4m], expected.Uplift);
        // 10 a day × 1.4 × 7 days × 2 regions.
        Assert.Equal([196m, 196m], expected.Units.Select(static u => u.Value));
        Assert.Equal(392, expected.TotalUnits.Value);
        Assert.All(expected.P90.SelectMany(static r => r), static need => Assert.Equal(Needed, need.Value));
    }

    [Fact]
    public void Without_one_it_follows_from_the_depth_and_the_policys_elasticity()
    {
        // (8 ÷ 10)^−2 = 1.5625; (8 ÷ 10)^−3 = 1.9531
        Assert.Equal(1.5625m, new ExpectedItems(Asking(null)).Uplift[0]);
        Assert.Equal(1.9531m, new ExpectedItems(Asking(null) with { Policy = Policy with { Elasticity = 3 } }).Uplift[0]);
    }

    [Fact]
    public void Regular_is_the_lowest_price_of_any_channel_and_region_that_customers_can_meet()
    {
        var facts = Facts() with
        {
            Items =
            [
                Item(
                    A,
                    Price(10),
                    Price(9, Web),
                    Price(7, Tills, South),
                    Price(1, new SalesChannelId("elsewhere")),
                    Price(2, region: new RegionId("west")),
                    Price(0.5m, Tills, North, "EUR")
                ),
                Item(B),
            ],
        };
        var expected = new ExpectedItems(facts);
        Assert.Equal((Offer.In(7), Offer.In(5.6m), Offer.In(10)), (expected.Regular[0], expected.Effective[0], expected.Regular[1]));
        Assert.Equal(Offer.In(1.4m), expected.Discount(0));
    }

    [Fact]
    public void An_item_without_a_price_everywhere_costs_and_sells_at_nothing_and_is_not_priced()
    {
        var expected = new ExpectedItems(Facts() with { Items = [Item(A, Price(10, Web)), Item(B)] });
        Assert.Equal(
            (false, true, Offer.In(0), 1.4m),
            (expected.IsPriced(0), expected.IsPriced(1), expected.Effective[0], expected.Uplift[0])
        );
    }

    [Fact]
    public void What_never_sold_is_taken_to_sell_what_policy_says()
    {
        var expected = new ExpectedItems(
            Facts() with
            {
                Baselines = [default, new(10, 0), new(10, 0), new(10, 0)],
                Policy = Policy with { ColdStartUnitsPerDay = 3 },
            }
        );
        // 3 a day × 1.4 × 7 days in the north, 98 in the south.
        Assert.Equal(29.4m + 98, expected.Units[0].Value);
    }

    [Fact]
    public void The_size_is_the_whole_discount_the_deepest_cut_and_what_suppliers_do_not_bear()
    {
        var size = new ExpectedItems(Facts() with { Items = [Item(A), Item(B, Price(20))] }).Size();
        // 196 × 2 + 196 × 4 of discount; half a pound from the supplier for each of 392 units.
        Assert.Equal((1_176m, 20m, 980m), (size.Amount.Amount, size.DepthPercent, size.MarginImpact.Amount));
        // A supplier that pays more than the discount leaves nothing to give up, not less than nothing.
        Assert.Equal(
            0,
            new ExpectedItems(
                Facts() with
                {
                    Terms = Terms with { Request = Terms.Request with { Funding = [Offer.Agreement(perUnit: 100)] } },
                }
            )
                .Size()
                .MarginImpact.Amount
        );
    }

    [Fact]
    public void An_offer_at_the_till_is_expected_at_its_average_price() =>
        Assert.Equal(Offer.In(5), new ExpectedItems(Asking(1, Offer.OneGetOneFree)).Effective[0]);
}

public class ReportIndexTests
{
    private static CapacityConfirmed Capacity(decimal units, string sku = "A") =>
        new()
        {
            Promotion = Id,
            Supplier = new("acme"),
            Sku = new(sku),
            Capacity = new(units),
        };

    [Fact]
    public void The_newest_word_on_a_topic_holds_whatever_the_order_in_which_it_is_read()
    {
        var words = new[]
        {
            Said(Capacity(1), Now, id: "a"),
            Said(Capacity(2), Now.AddHours(1), "wms", "b"),
            Said(Capacity(3), Now.AddMinutes(1), id: "c"),
            Said(Capacity(9, "B"), Now.AddDays(1), id: "d"),
        };
        for (var seed = 0; seed < 20; seed++)
            Assert.Equal(
                2,
                new ReportIndex(Given.ShuffledWithRepeats(words, seed))
                    .Find<CapacityConfirmed>("capacity", "acme", "A")!
                    .Said.Capacity.Value
            );
        Assert.Equal(3, new ReportIndex(words).FindFrom<CapacityConfirmed>(new("ERP"), "capacity", "acme", "A")!.Said.Capacity.Value);
        Assert.Null(new ReportIndex(words).FindFrom<CapacityConfirmed>(new("web"), "capacity", "acme", "A"));
    }

    [Fact]
    public void Nothing_is_found_on_a_topic_of_which_nobody_spoke_nor_by_joining_two_parts_into_one()
    {
        var index = new ReportIndex([Said(Capacity(1))]);
        Assert.Null(index.Find<CapacityConfirmed>("capacity", "acme"));
        Assert.Null(index.Find<CapacityConfirmed>("capacity acme", "A"));
        Assert.Null(index.Find<FundingConfirmed>("capacity", "acme", "A"));
    }
}
