using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Domain.Tests.Promotions.Evaluation;
using static Stockgate.Domain.Tests.Promotions.Evaluation.Ready;

namespace Stockgate.Domain.Tests.Promotions.Launch;

public class LaunchPricesTests
{
    private static readonly PromotionFacts Facts = Ready.Facts() with
    {
        Items = [Item(A, Price(10), Price(12.49m, region: South), Price(9.99m, Tills)), Item(B)],
    };

    private static LaunchPlan Plan(PromotionFacts? facts = null, int revision = 3) => LaunchPrices.Of(facts ?? Facts, [], revision, Start);

    private static string Lines(LaunchPlan plan, SalesChannelId channel) =>
        string.Join(
            "; ",
            plan.Channels.Single(c => c.Channel == channel)
                .Prices.Select(static p => $"{p.Sku}{(p.Region is { } r ? $" {r}" : "")} {p.Prior.Amount:0.##}→{p.Price.Amount:0.##}")
        );

    [Fact]
    public void Each_channel_is_sent_its_exact_prices_and_a_line_for_each_region_that_differs()
    {
        var plan = Plan();
        Assert.Equal("A 10→8; A south 12.49→9.99; B 10→8", Lines(plan, Web));
        // The tills' own price goes before that of a region: the most specific there is.
        Assert.Equal("A 9.99→7.99; B 10→8", Lines(plan, Tills));
        Assert.Equal((Id, 3, Start, End, Now), (plan.Promotion, plan.Revision, plan.ActivateAt, plan.EndsAt, plan.CapturedAt));
    }

    [Fact]
    public void An_item_without_a_price_in_the_currency_is_left_out() =>
        Assert.Equal("B 10→8", Lines(Plan(Facts with { Items = [Item(A, Price(10, currency: "EUR")), Item(B)] }), Web));

    [Fact]
    public void An_offer_at_the_till_leaves_the_shelf_price() =>
        Assert.Equal(
            "A 10→10; A south 12.49→12.49; B 10→10",
            Lines(Plan(Facts with { Terms = Terms with { Request = Terms.Request with { Discount = Offer.OneGetOneFree } } }), Web)
        );

    [Fact]
    public void Two_plans_are_the_same_where_customers_would_see_the_same()
    {
        Assert.True(LaunchPrices.Same(Plan(), Plan(Facts with { Now = Now.AddHours(1) }, revision: 4)));
        Assert.False(LaunchPrices.Same(Plan(), Plan(Facts with { Items = [Facts.Items[0], Item(B, Price(10.01m))] })));
        Assert.False(LaunchPrices.Same(Plan(), Plan(Facts with { Channels = [Channel(Web)] })));
        Assert.False(LaunchPrices.Same(Plan(), Plan(Facts with { Terms = Terms with { End = End.AddHours(1) } })));
        Assert.False(LaunchPrices.Same(Plan(), Plan(Facts with { Items = [Facts.Items[0]] })));
    }

    [Fact]
    public void What_is_put_back_is_the_regular_price_as_it_is_known_now()
    {
        var later = Now.AddHours(2);
        var changed = Facts with
        {
            Now = later,
            Items =
            [
                Item(A, Price(11, at: Now.AddHours(1)), Price(12.49m, region: South), Price(9.99m, Tills)),
                Item(B, Price(99, at: Now.AddHours(-1))),
            ],
        };
        var plan = LaunchPrices.ToRestore(Plan(), changed, 4);
        // A's general price is newer than the plan. B's bears an older time, and was on its way when the plan was made.
        Assert.Equal("A 11→8; A south 12.49→9.99; B 99→8", Lines(plan, Web));
        Assert.Equal("A 9.99→7.99; B 99→8", Lines(plan, Tills));
        Assert.Equal((4, later), (plan.Revision, plan.CapturedAt));
    }

    [Fact]
    public void A_price_in_another_currency_and_an_item_that_is_gone_leave_what_was_captured()
    {
        var plan = LaunchPrices.ToRestore(Plan(), Facts with { Items = [Item(A, Price(11, currency: "EUR", at: Now.AddHours(1)))] }, 4);
        Assert.True(LaunchPrices.Same(Plan(), plan));
    }

    [Fact]
    public void An_offer_that_a_channel_reports_as_its_own_price_is_not_put_back_as_the_regular_one()
    {
        var plan = LaunchPrices.ToRestore(Plan(), Facts with { Items = [Facts.Items[0], Item(B, Price(10), Price(8, Web))] }, 4);
        Assert.Equal("A 10→8; A south 12.49→9.99; B 10→8", Lines(plan, Web));
        // One that holds for all channels is a decision: the offer has become the price.
        Assert.Contains(
            "B 8→8",
            Lines(LaunchPrices.ToRestore(Plan(), Facts with { Items = [Facts.Items[0], Item(B, Price(8))] }, 4), Web),
            StringComparison.Ordinal
        );
    }

    private static PromotionFacts With(ShortRegionPlan plan) => Facts with { Policy = Facts.Policy with { ShortRegion = plan } };

    private static string Places(LaunchPlan plan, SalesChannelId channel) =>
        string.Join(
            "; ",
            plan.Channels.Single(c => c.Channel == channel)
                .Regions.Select(static r => $"{r.Region}: {string.Join(' ', r.Stores.Concat(r.Warehouses))}")
        );

    [Fact]
    public void In_a_short_region_only_the_channels_that_policy_names_sell()
    {
        var plan = LaunchPrices.Of(With(new ShortRegionPlan(ShortRegionPolicy.LimitChannels, [Tills])), [South], 3, Start);
        Assert.Equal("A 10→8; A north 10→8; A south 12.49→12.49; B 10→8; B north 10→8; B south 10→10", Lines(plan, Web));
        Assert.DoesNotContain("south", Places(plan, Web), StringComparison.Ordinal);
        Assert.Equal("A 9.99→7.99; A north 9.99→7.99; A south 9.99→7.99; B 10→8; B north 10→8; B south 10→8", Lines(plan, Tills));
        Assert.Contains("south", Places(plan, Tills), StringComparison.Ordinal);
        Assert.Null(plan.WidensAt);
    }

    [Fact]
    public void In_a_short_region_the_locations_that_policy_holds_take_no_part()
    {
        var held = Terms.Request.Regions.Single(r => r.Region == South).Stores[0];
        var plan = LaunchPrices.Of(With(new ShortRegionPlan(ShortRegionPolicy.HoldLocations, Locations: [held])), [South], 3, Start);
        Assert.All(plan.Channels, channel => Assert.DoesNotContain(channel.Regions, region => region.Stores.Contains(held)));
        Assert.Equal(Lines(Plan(), Web), Lines(plan, Web));
        Assert.False(LaunchPrices.Same(Plan(), plan));
    }

    [Fact]
    public void A_short_region_starts_later_and_then_is_like_the_others()
    {
        var facts = With(new ShortRegionPlan(ShortRegionPolicy.Stagger, Delay: TimeSpan.FromHours(2)));
        var first = LaunchPrices.Of(facts, [South], 3, Start);
        Assert.Equal("A 10→8; A north 10→8; A south 12.49→12.49; B 10→8; B north 10→8; B south 10→10", Lines(first, Web));
        Assert.Equal(Start.AddHours(2), first.WidensAt);
        var second = LaunchPrices.Of(facts with { Now = Start.AddHours(2) }, [South], 4, Start);
        // The south is named though its price is that of all regions: it was told another one before.
        Assert.Equal("A 10→8; A north 10→8; A south 12.49→9.99; B 10→8; B north 10→8; B south 10→8", Lines(second, Web));
        Assert.Null(second.WidensAt);
    }

    [Fact]
    public void Where_no_region_is_short_policy_narrows_nothing() =>
        Assert.True(
            LaunchPrices.Same(
                Plan(),
                LaunchPrices.Of(With(new ShortRegionPlan(ShortRegionPolicy.HoldLocations, Locations: [new LocationId("S2")])), [], 3, Start)
            )
        );
}
