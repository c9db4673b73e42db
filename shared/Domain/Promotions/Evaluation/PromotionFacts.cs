using Stockgate.Domain.Events;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Domain.Promotions.Launch;

namespace Stockgate.Domain.Promotions.Evaluation;

/// <summary>A channel that takes part.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="AnswersFrom">The system whose word about the channel counts.</param>
/// <param name="LeadTime">What it needs between being told of the promotion and its start.</param>
/// <param name="Needs">What being ready means there; null if it need not say that it is.</param>
/// <param name="ReadyMaxAge">How long its word is good for.</param>
/// <param name="AnnouncedAt">When it took the announcement; null if it did not yet.</param>
public sealed record ChannelFact(
    SalesChannelId Channel,
    ChannelId AnswersFrom,
    TimeSpan LeadTime,
    string? Needs,
    TimeSpan ReadyMaxAge,
    DateTimeOffset? AnnouncedAt
);

/// <summary>A regular price of an item.</summary>
/// <param name="Channel">Null: every channel that has none of its own.</param>
/// <param name="Region">Null: every region that has none of its own.</param>
/// <param name="Price">Of a unit.</param>
/// <param name="At">Since when.</param>
public sealed record RegularPrice(SalesChannelId? Channel, RegionId? Region, Money Price, DateTimeOffset At);

/// <summary>An item as the catalog has it.</summary>
public sealed record ItemFact(
    Sku Sku,
    bool Known,
    bool Active,
    string? Category,
    SupplierId? Supplier,
    Money? UnitCost,
    IReadOnlyList<RegularPrice> Prices
)
{
    /// <summary>What a channel's customers pay in a region without the promotion: the most specific price there is.</summary>
    public RegularPrice? PriceOf(SalesChannelId channel, RegionId? region) =>
        Find(channel, region)
        ?? (region is null ? null : Find(channel, null))
        ?? (region is null ? null : Find(null, region))
        ?? Find(null, null);

    private RegularPrice? Find(SalesChannelId? channel, RegionId? region)
    {
        foreach (var price in Prices)
            if (price.Channel == channel && price.Region == region)
                return price;
        return null;
    }
}

/// <summary>Units that a planner had ordered for the promotion.</summary>
/// <param name="Number">Of the purchase order: what the supplier confirms.</param>
/// <param name="Sku">The item.</param>
/// <param name="Region">That it is for.</param>
/// <param name="Units">Above 0.</param>
/// <param name="ApprovedBy">The planner.</param>
/// <param name="ApprovedAt">From when the supplier's lead time runs.</param>
public sealed record ReplenishmentOrder(
    string Number,
    Sku Sku,
    RegionId Region,
    Quantity Units,
    string ApprovedBy,
    DateTimeOffset ApprovedAt
);

/// <summary>The facts of the gates, read at one time.</summary>
public sealed record PromotionFacts
{
    /// <summary>Who holds all launches; null if nobody does.</summary>
    public SwitchState? Held { get; init; }

    public required PromotionId Promotion { get; init; }

    public required string RequestedBy { get; init; }

    public required PromotionTerms Terms { get; init; }

    public required PromotionPolicy Policy { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required IReadOnlyList<ChannelFact> Channels { get; init; }

    /// <summary>In the order of <see cref="PromotionTerms.Items"/>.</summary>
    public required ItemFact[] Items { get; init; }

    /// <summary>Of all items, in the same order, at every store and warehouse of the regions.</summary>
    public required StockGrid Stock { get; init; }

    /// <summary>Of region r and item i at r × items + i.</summary>
    public required SalesBaseline[] Baselines { get; init; }

    public IReadOnlyList<Inbound> Inbound { get; init; } = [];

    public IReadOnlyList<ReplenishmentOrder> Orders { get; init; } = [];

    public IReadOnlyList<Fact<PromotionReport>> Reports { get; init; } = [];

    public IReadOnlyList<OtherPromotion> Others { get; init; } = [];

    public IReadOnlyList<GivenApproval> Approvals { get; init; } = [];

    public IReadOnlyList<GateOverride> Overrides { get; init; } = [];

    /// <summary>When the forecast came in force that a region's baselines are of; null if all are means of the days before.</summary>
    public DateTimeOffset? ForecastAt(int region)
    {
        DateTimeOffset? at = null;
        for (var i = 0; i < Items.Length; i++)
            at ??= Baselines[region * Items.Length + i].ForecastAt;
        return at;
    }

    /// <summary>What a region's demand is made of, in words.</summary>
    public string BasisOf(int region)
    {
        var forecast = 0;
        for (var i = 0; i < Items.Length; i++)
            forecast += Baselines[region * Items.Length + i].ForecastAt is null ? 0 : 1;
        return forecast == Items.Length && forecast > 0 ? "the forecast in force, times the uplift"
            : forecast == 0 ? "the mean of 28 days before, times the uplift"
            : $"the forecast in force for {forecast} of {Items.Length} items and the mean of 28 days before for the others, times the uplift";
    }

    public TimeSpan Window => Terms.End - Terms.Start;

    public Currency Currency => Terms.Request.Currency;
}
