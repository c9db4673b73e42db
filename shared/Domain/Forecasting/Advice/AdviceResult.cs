using Stockgate.Domain.Forecasting.Anomalies;
using Stockgate.Domain.Forecasting.Campaigns;
using Stockgate.Domain.Forecasting.Elasticity;
using Stockgate.Domain.Forecasting.Promotions;
using Stockgate.Domain.Forecasting.Replenishment;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Domain.Forecasting.Suppliers;

namespace Stockgate.Domain.Forecasting.Advice;

/// <summary>The most important recommendations of a kind.</summary>
/// <param name="Items">What matters most first.</param>
/// <param name="LeftOut">How many more there were.</param>
public sealed record Bounded<T>(IReadOnlyList<T> Items, int LeftOut)
{
    public static Bounded<T> None { get; } = new([], 0);

    /// <param name="sorted">What matters most first.</param>
    /// <param name="most">0 or more.</param>
    public static Bounded<T> Of(IReadOnlyList<T> sorted, int most) =>
        new(sorted.Count <= most ? sorted : [.. sorted.Take(most)], Math.Max(0, sorted.Count - most));
}

/// <summary>The promotion uplift of an item.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Category">Its category; empty if it has none.</param>
/// <param name="Uplift">Learned from the history.</param>
public sealed record ItemUplift(Sku Sku, string Category, PromotionUplift Uplift);

/// <summary>The price elasticity of an item or category.</summary>
/// <param name="Category">The category; empty if the item has none.</param>
/// <param name="Sku">The item; null: what to expect of an item of the category of which nothing else is known.</param>
/// <param name="Elasticity">With its interval.</param>
public sealed record PriceResponse(string Category, Sku? Sku, PriceElasticity Elasticity);

/// <summary>The allocation of a promotion's stock.</summary>
/// <param name="Promotion">Whose offer it is.</param>
/// <param name="Sku">The item.</param>
/// <param name="Allocation">By location.</param>
public sealed record OfferAllocation(PromotionId Promotion, Sku Sku, PromotionAllocation Allocation);

/// <summary>Kinds of recommendations.</summary>
public static class RecommendationKinds
{
    /// <summary>Buy from the supplier.</summary>
    public const string Order = "order";

    /// <summary>Bring from another location.</summary>
    public const string Transfer = "transfer";

    /// <summary>Give a location its part of an offer's stock.</summary>
    public const string Allocate = "allocate";

    /// <summary>Look at the shelf or the figures: sales are not what they should be.</summary>
    public const string CheckStock = "check-stock";

    /// <summary>Have the next delivery come earlier.</summary>
    public const string Expedite = "expedite";

    /// <summary>Buy for the first weeks of an item that is not sold yet.</summary>
    public const string NewItem = "new-item";

    /// <summary>The kinds in the order in which they are published.</summary>
    public static IReadOnlyList<string> All { get; } = [Expedite, Order, Transfer, Allocate, CheckStock, NewItem];
}

/// <summary>The recommendations that the nightly run publishes with a forecast.</summary>
public sealed record AdviceResult
{
    /// <summary>Kind by kind (<see cref="RecommendationKinds"/>), of each kind what matters most first.</summary>
    public required Bounded<Recommendation> Recommendations { get; init; }

    /// <summary>Series with a chance of a tenth or more to run out within the horizon; the most units lost first.</summary>
    public required Bounded<StockoutRisk> StockoutRisks { get; init; }

    /// <summary>The least likely first.</summary>
    public required Bounded<SellThroughAnomaly> Anomalies { get; init; }

    /// <summary>Of items that had a promotion or will have one; the most revenue first.</summary>
    public required Bounded<ItemUplift> Uplifts { get; init; }

    /// <summary>Of categories and of the items whose price has moved; category by category, each category's own first.</summary>
    public required Bounded<PriceResponse> Elasticities { get; init; }

    /// <summary>The most lines first.</summary>
    public required Bounded<SupplierReliability> Suppliers { get; init; }

    /// <summary>The earliest offer first.</summary>
    public required Bounded<OfferAllocation> Allocations { get; init; }

    /// <summary>The feed for campaigns: an item in a region that is not in it may not be advertised. Those that are safe first.</summary>
    public required Bounded<CampaignVerdict> Campaigns { get; init; }

    /// <summary>Missing recommendations and the reasons, for a planner.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }
}
