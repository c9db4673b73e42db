using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Promotions.Evaluation;

/// <summary>One item in one region: what it needs, has and waits for.</summary>
/// <param name="Region">Index of the region in the terms.</param>
/// <param name="Item">Index of the item in the terms.</param>
/// <param name="Needed">At P90 over the window.</param>
/// <param name="InStores">What its stores can promise.</param>
/// <param name="InWarehouses">What its warehouses can promise.</param>
/// <param name="Inbound">Confirmed and in time.</param>
public readonly record struct RegionItem(int Region, int Item, Quantity Needed, Quantity InStores, Quantity InWarehouses, Quantity Inbound)
{
    /// <summary>What has to be ordered: the need beyond what can be promised now.</summary>
    public Quantity ToOrder => Quantity.Max(Quantity.Zero, Needed - InStores - InWarehouses);

    /// <summary>What is neither there nor confirmed to come.</summary>
    public Quantity Short => Quantity.Max(Quantity.Zero, ToOrder - Inbound);

    /// <summary>What warehouses have to set aside, because the stores' own stock does not cover the need.</summary>
    public Quantity FromWarehouses => Quantity.Min(Quantity.Max(Quantity.Zero, Needed - InStores), InWarehouses);
}

/// <summary>
/// The stock of every item in every region against what the promotion needs. A warehouse of several regions counts in each: which of them
/// it fills is the warehouse's allocation.
/// </summary>
public static class RegionStock
{
    public static IEnumerable<RegionItem> Of(PromotionFacts facts, ExpectedItems expected)
    {
        var regions = facts.Terms.Request.Regions;
        var places = regions
            .Select(region =>
                (Stores: Indexes(facts, region.Region, region.Stores), Warehouses: Indexes(facts, region.Region, region.Warehouses))
            )
            .ToArray();
        var inbound = new Dictionary<(RegionId, Sku), decimal>();
        foreach (var delivery in facts.Inbound)
            if (Counts(facts, delivery))
                inbound[(delivery.Region, delivery.Sku)] =
                    inbound.GetValueOrDefault((delivery.Region, delivery.Sku)) + delivery.Quantity.Value;
        for (var r = 0; r < regions.Count; r++)
        for (var i = 0; i < facts.Items.Length; i++)
            yield return new RegionItem(
                r,
                i,
                expected.P90[r][i],
                Sum(facts, i, places[r].Stores),
                Sum(facts, i, places[r].Warehouses),
                new(inbound.GetValueOrDefault((regions[r].Region, facts.Items[i].Sku)))
            );
    }

    /// <summary>What surely arrives in time under some purchase orders.</summary>
    internal static Quantity Delivered(PromotionFacts facts, Sku sku, RegionId region, IReadOnlyCollection<string> orders) =>
        new(
            facts
                .Inbound.Where(i => i.Sku == sku && i.Region == region && orders.Contains(i.Source) && Counts(facts, i))
                .Sum(static i => i.Quantity.Value)
        );

    private static bool Counts(PromotionFacts facts, in Inbound delivery) =>
        delivery.Confirmed && delivery.ArrivesAt >= facts.Now && delivery.ArrivesAt + facts.Policy.ShelfTime < facts.Terms.End;

    private static int[] Indexes(PromotionFacts facts, RegionId region, IReadOnlyList<LocationId> places)
    {
        var named = places.ToHashSet();
        return
        [
            .. facts
                .Stock.Locations.Index()
                .Where(l => l.Item.Region == region && named.Contains(l.Item.Location))
                .Select(static l => l.Index),
        ];
    }

    private static Quantity Sum(PromotionFacts facts, int item, int[] places)
    {
        var figures = facts.Stock.Of(item);
        var sum = 0m;
        foreach (var place in places)
            sum += Math.Max(0, figures[place].Available.Value);
        return new(sum);
    }
}
