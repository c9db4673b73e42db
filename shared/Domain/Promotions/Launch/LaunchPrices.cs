using Stockgate.Domain.Promotions.Evaluation;

namespace Stockgate.Domain.Promotions.Launch;

/// <summary>The exact prices of a launch, made from the regular prices as they are now.</summary>
public static class LaunchPrices
{
    /// <param name="facts">With a regular price for every item and channel; an item without one is left out, and no gate lets it through.</param>
    /// <param name="revision">The plan's.</param>
    /// <param name="activateAt">When the prices are to be shown.</param>
    public static LaunchPlan Of(PromotionFacts facts, int revision, DateTimeOffset activateAt) => new()
    {
        Promotion = facts.Promotion, Revision = revision, Name = facts.Terms.Request.Name, Discount = facts.Terms.Request.Discount, Currency = facts.Currency, ActivateAt = activateAt, EndsAt = facts.Terms.End,
        CapturedAt = facts.Now, Regions = facts.Terms.Request.Regions, Channels = [.. facts.Channels.Select(channel => new ChannelPlan(channel.Channel, Prices(facts, channel.Channel)))],
    };

    /// <summary>Whether both would show customers the same: the same price for everything, before and during.</summary>
    public static bool Same(LaunchPlan a, LaunchPlan b) =>
        a.EndsAt == b.EndsAt && a.Channels.Count == b.Channels.Count && a.Channels.Zip(b.Channels).All(static pair => pair.First.Channel == pair.Second.Channel && pair.First.Prices.SequenceEqual(pair.Second.Prices));

    /// <summary>
    /// What has to be put back: the regular prices as they are known now, and the captured ones where none is known any more. Putting an outdated price back would undo somebody's change; its own
    /// time does not count, for it may have been on its way when the prices were captured, and clocks differ.
    /// </summary>
    public static LaunchPlan ToRestore(LaunchPlan plan, PromotionFacts facts, int revision)
    {
        var items = facts.Items.ToDictionary(static item => item.Sku);
        return plan with
        {
            Revision = revision, CapturedAt = facts.Now,
            Channels = [.. plan.Channels.Select(channel => channel with { Prices = [.. channel.Prices.Select(price =>
                items.TryGetValue(price.Sku, out var item) && item.PriceOf(channel.Channel, price.Region) is { } regular && regular.Price.Currency == plan.Currency
                    ? price with { Prior = regular.Price } : price)] })],
        };
    }

    private static List<ItemPrice> Prices(PromotionFacts facts, SalesChannelId channel)
    {
        var prices = new List<ItemPrice>(facts.Items.Length);
        foreach (var item in facts.Items)
        {
            if (item.PriceOf(channel, null)?.Price is not { } everywhere || everywhere.Currency != facts.Currency) continue;
            prices.Add(Price(facts, item.Sku, null, everywhere));
            foreach (var region in facts.Terms.Request.Regions)
                if (item.PriceOf(channel, region.Region)!.Price is var there && there != everywhere && there.Currency == facts.Currency) prices.Add(Price(facts, item.Sku, region.Region, there));
        }
        return prices;
    }

    private static ItemPrice Price(PromotionFacts facts, Sku sku, RegionId? region, Money regular) => new(sku, region, regular, PromotionPrice.Of(facts.Terms.Request.Discount, regular));
}
