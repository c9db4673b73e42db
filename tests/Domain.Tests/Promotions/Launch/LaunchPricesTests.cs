using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Domain.Tests.Promotions.Evaluation;
using static Stockgate.Domain.Tests.Promotions.Evaluation.Ready;

namespace Stockgate.Domain.Tests.Promotions.Launch;

public class LaunchPricesTests
{
    private static readonly PromotionFacts Facts = Ready.Facts() with { Items = [Item(A, Price(10), Price(12.49m, region: South), Price(9.99m, Tills)), Item(B)] };

    private static LaunchPlan Plan(PromotionFacts? facts = null, int revision = 3) => LaunchPrices.Of(facts ?? Facts, revision, Start);

    private static string Lines(LaunchPlan plan, SalesChannelId channel) =>
        string.Join("; ", plan.Channels.Single(c => c.Channel == channel).Prices.Select(static p => $"{p.Sku}{(p.Region is { } r ? $" {r}" : "")} {p.Prior.Amount:0.##}→{p.Price.Amount:0.##}"));

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
        Assert.Equal("A 10→10; A south 12.49→12.49; B 10→10", Lines(Plan(Facts with { Terms = Terms with { Request = Terms.Request with { Discount = Offer.OneGetOneFree } } }), Web));

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
    public void What_is_put_back_is_what_was_captured_but_a_regular_price_that_was_changed_since()
    {
        var later = Now.AddHours(2);
        var changed = Facts with { Now = later, Items = [Item(A, Price(11, at: Now.AddHours(1)), Price(12.49m, region: South), Price(9.99m, Tills)), Item(B, Price(99, at: Now.AddHours(-1)))] };
        var plan = LaunchPrices.ToRestore(Plan(), changed, 4);
        // A's general price is newer than the plan. B's is other than the one captured but older: nobody changed it since, so what was captured is put back.
        Assert.Equal("A 11→8; A south 12.49→9.99; B 10→8", Lines(plan, Web));
        Assert.Equal("A 9.99→7.99; B 10→8", Lines(plan, Tills));
        Assert.Equal((4, later), (plan.Revision, plan.CapturedAt));
    }

    [Fact]
    public void A_price_in_another_currency_and_an_item_that_is_gone_leave_what_was_captured()
    {
        var plan = LaunchPrices.ToRestore(Plan(), Facts with { Items = [Item(A, Price(11, currency: "EUR", at: Now.AddHours(1)))] }, 4);
        Assert.True(LaunchPrices.Same(Plan(), plan));
    }
}
