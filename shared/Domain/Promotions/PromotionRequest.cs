using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions;

/// <summary>How a promotion goes together with others on the same item.</summary>
[JsonConverter(typeof(NamedEnumConverter<Stacking>))]
public enum Stacking
{
    /// <summary>No other promotion may run on its items.</summary>
    Exclusive,

    /// <summary>The customer gets the one that gives most; the others don't count.</summary>
    BestOf,

    /// <summary>Its discount adds to others that are stackable too.</summary>
    Stackable,
}

/// <summary>A part of the market and the places in it.</summary>
public sealed record PromotionRegion
{
    public required RegionId Region { get; init; }

    /// <summary>Where its customers buy over the counter; a store is in one region.</summary>
    public IReadOnlyList<LocationId> Stores { get; set; } = [];

    /// <summary>What its stores and online orders are filled from; a warehouse may serve several regions.</summary>
    public IReadOnlyList<LocationId> Warehouses { get; set; } = [];
}

/// <summary>What a merchandiser posts. Bounds are in <see cref="PromotionLimits"/>.</summary>
// Defaults are set, not init: the JSON source generator gives an init property its type's default where the record leaves it out.
public sealed record PromotionRequest
{
    /// <summary>As on the shelf label, 1 to <see cref="PromotionLimits.Name"/> characters.</summary>
    public required string Name { get; init; }

    /// <summary>SKUs on offer; with <see cref="Categories"/> together, at least one of the two.</summary>
    public IReadOnlyList<Sku> Items { get; set; } = [];

    /// <summary>Categories whose every SKU is on offer, as products name them.</summary>
    public IReadOnlyList<string> Categories { get; set; } = [];

    /// <summary>SKUs of those categories that are not on offer.</summary>
    public IReadOnlyList<Sku> ExcludedItems { get; set; } = [];

    public required Discount Discount { get; init; }

    /// <summary>Where it is sold: at least one.</summary>
    public required IReadOnlyList<SalesChannelId> Channels { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<PromotionRegion> Regions { get; init; }

    public required PromotionWindow Window { get; init; }

    /// <summary>
    /// Expected sales as a factor of the baseline, 1 to <see cref="PromotionLimits.Uplift"/>: 1.4 is 40 % more. Null: forecast it.
    /// </summary>
    public decimal? ExpectedUplift { get; init; }

    /// <summary>Null: not bounded.</summary>
    public Budget? Budget { get; init; }

    public IReadOnlyList<FundingAgreement> Funding { get; set; } = [];

    /// <summary>0 to <see cref="PromotionLimits.Priority"/>; the higher one wins where two can't both run.</summary>
    public int Priority { get; set; } = 500;

    public Stacking Stacking { get; set; } = Stacking.Exclusive;

    /// <summary>Every amount of the request is in it.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The requester, not blank: the signed-in person, not read from the posted body.</summary>
    public string RequestedBy { get; set; } = string.Empty;

    /// <returns>Everything that is wrong, each with the field's path and what to do; empty if the request can be gated.</returns>
    public IReadOnlyList<Rejection> Check()
    {
        var findings = new Findings();
        RequestCheck.Run(this, findings);
        return findings.All;
    }
}
