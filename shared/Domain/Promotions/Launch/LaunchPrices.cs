using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Promotions.Launch;

/// <summary>The exact prices of a launch, made from the regular prices as they are now.</summary>
public static class LaunchPrices
{
    /// <param name="facts">With a regular price for every item and channel; an item without one is left out, and no gate lets it
    /// through.</param>
    /// <param name="shortRegions">Regions whose stock does not cover their demand: policy may sell there in fewer channels, in fewer
    /// places, or later.</param>
    /// <param name="revision">The plan's.</param>
    /// <param name="activateAt">When the prices are to be shown.</param>
    public static LaunchPlan Of(PromotionFacts facts, IReadOnlyList<RegionId> shortRegions, int revision, DateTimeOffset activateAt)
    {
        var policy = facts.Policy.ShortRegion is { Handles: true } handles ? handles : new ShortRegionPlan(ShortRegionPolicy.None);
        var later = facts.Terms.Start + policy.Delay;
        var staggered =
            policy.Policy == ShortRegionPolicy.Stagger && shortRegions.Count > 0 && facts.Now < later && later < facts.Terms.End;
        return new LaunchPlan
        {
            Promotion = facts.Promotion,
            Revision = revision,
            Name = facts.Terms.Request.Name,
            Discount = facts.Terms.Request.Discount,
            Currency = facts.Currency,
            ActivateAt = activateAt,
            EndsAt = facts.Terms.End,
            CapturedAt = facts.Now,
            WidensAt = staggered ? later : null,
            Channels =
            [
                .. facts.Channels.Select(channel =>
                {
                    var excluded = shortRegions
                        .Where(_ =>
                            staggered || (policy.Policy == ShortRegionPolicy.LimitChannels && !policy.Channels!.Contains(channel.Channel))
                        )
                        .ToHashSet();
                    var held = policy.Policy == ShortRegionPolicy.HoldLocations ? policy.Locations!.ToHashSet() : [];
                    return new ChannelPlan(
                        channel.Channel,
                        Prices(
                            facts,
                            channel.Channel,
                            excluded,
                            everyRegion: policy.Policy is ShortRegionPolicy.LimitChannels or ShortRegionPolicy.Stagger
                        ),
                        [
                            .. facts
                                .Terms.Request.Regions.Where(r => !excluded.Contains(r.Region))
                                .Select(r => shortRegions.Contains(r.Region) ? Without(r, held) : r),
                        ]
                    );
                }),
            ],
        };
    }

    /// <summary>Whether both would show customers the same: the same price for everything, before and during, in the same places.</summary>
    public static bool Same(LaunchPlan a, LaunchPlan b) =>
        a.EndsAt == b.EndsAt
        && a.WidensAt == b.WidensAt
        && a.Channels.Count == b.Channels.Count
        && a.Channels.Zip(b.Channels)
            .All(static pair =>
                pair.First.Channel == pair.Second.Channel
                && pair.First.Prices.SequenceEqual(pair.Second.Prices)
                && PlacesOf(pair.First).SequenceEqual(PlacesOf(pair.Second))
            );

    /// <summary>
    /// The prices to restore: the current regular prices, or the captured ones if none is known any more. Restoring an outdated price would
    /// undo another change; its time is not compared, because it may have been in transit during the capture and clocks differ.
    /// </summary>
    public static LaunchPlan ToRestore(LaunchPlan plan, PromotionFacts facts, int revision)
    {
        var items = facts.Items.ToDictionary(static item => item.Sku);
        return plan with
        {
            Revision = revision,
            CapturedAt = facts.Now,
            Channels =
            [
                .. plan.Channels.Select(channel =>
                    channel with
                    {
                        Prices =
                        [
                            .. channel.Prices.Select(price =>
                                items.TryGetValue(price.Sku, out var item)
                                && item.PriceOf(channel.Channel, price.Region) is { } regular
                                && regular.Price.Currency == plan.Currency
                                // A channel that reports the offer as its own price says what it shows; taken for a regular price it would
                                // stay forever.
                                && !(regular.Channel == channel.Channel && regular.Price == price.Price)
                                    ? price with
                                    {
                                        Prior = regular.Price,
                                    }
                                    : price
                            ),
                        ],
                    }
                ),
            ],
        };
    }

    private static IEnumerable<string> PlacesOf(ChannelPlan plan) =>
        plan.Regions.SelectMany(static r => r.Stores.Concat(r.Warehouses).Select(place => $"{r.Region}\n{place}"));

    private static PromotionRegion Without(PromotionRegion region, HashSet<LocationId> held) =>
        region with
        {
            Stores = [.. region.Stores.Where(s => !held.Contains(s))],
            Warehouses = [.. region.Warehouses.Where(w => !held.Contains(w))],
        };

    private static List<ItemPrice> Prices(PromotionFacts facts, SalesChannelId channel, HashSet<RegionId> without, bool everyRegion)
    {
        var prices = new List<ItemPrice>(facts.Items.Length);
        foreach (var item in facts.Items)
        {
            if (item.PriceOf(channel, null)?.Price is not { } everywhere || everywhere.Currency != facts.Currency)
                continue;
            prices.Add(Price(facts, item.Sku, null, everywhere));
            foreach (var region in facts.Terms.Request.Regions)
            {
                var there = item.PriceOf(channel, region.Region)!.Price;
                if (there.Currency != facts.Currency)
                    continue;
                // Said outright: what is left out would take the price of all regions, and a region that joins in later would keep what
                // it was told before.
                if (without.Contains(region.Region))
                    prices.Add(new ItemPrice(item.Sku, region.Region, there, there));
                else if (everyRegion || there != everywhere)
                    prices.Add(Price(facts, item.Sku, region.Region, there));
            }
        }
        return prices;
    }

    private static ItemPrice Price(PromotionFacts facts, Sku sku, RegionId? region, Money regular) =>
        new(sku, region, regular, PromotionPrice.Of(facts.Terms.Request.Discount, regular));
}
