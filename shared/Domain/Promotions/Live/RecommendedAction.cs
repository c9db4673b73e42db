using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions.Live;

/// <summary>What can be done about an anomaly: one of the records below, each with what it needs to be carried out.</summary>
/// <param name="Reason">Why this one, in a sentence.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ThrottleChannel), "throttleChannel")]
[JsonDerivedType(typeof(MoveStock), "moveStock")]
[JsonDerivedType(typeof(DeepenDiscount), "deepenDiscount")]
[JsonDerivedType(typeof(EndPromotion), "endPromotion")]
[JsonDerivedType(typeof(RestorePrice), "restorePrice")]
[JsonDerivedType(typeof(Recount), "recount")]
public abstract record RecommendedAction(string Reason)
{
    [JsonIgnore]
    public abstract ActionKind Kind { get; }
}

/// <summary>Kinds of action, for the policy that says which of them may happen by themselves.</summary>
[JsonConverter(typeof(NamedEnumConverter<ActionKind>))]
public enum ActionKind
{
    ThrottleChannel,
    MoveStock,
    DeepenDiscount,
    EndPromotion,
    RestorePrice,
    Recount,
}

/// <summary>A channel sells less of it: no advertising, a bound per basket, or not at all in the region.</summary>
/// <param name="Channel">Where customers buy.</param>
/// <param name="Region">The region.</param>
/// <param name="UnitsPerHour">The pace that the stock lasts at until the window ends.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record ThrottleChannel(SalesChannelId Channel, RegionId Region, Quantity UnitsPerHour, string Reason)
    : RecommendedAction(Reason)
{
    [JsonIgnore]
    public override ActionKind Kind => ActionKind.ThrottleChannel;
}

/// <summary>Stock goes from where it will be left over to where it is short.</summary>
/// <param name="From">The region that gives.</param>
/// <param name="Warehouse">The giving place, where one is known; null for any of the region's.</param>
/// <param name="To">The region that is short.</param>
/// <param name="Units">Whole units, above 0.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record MoveStock(RegionId From, LocationId? Warehouse, RegionId To, Quantity Units, string Reason) : RecommendedAction(Reason)
{
    [JsonIgnore]
    public override ActionKind Kind => ActionKind.MoveStock;
}

/// <summary>The discount deepens by a number of percentage points.</summary>
/// <param name="Region">The region.</param>
/// <param name="Points">Percentage points of the regular price, above 0.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record DeepenDiscount(RegionId Region, decimal Points, string Reason) : RecommendedAction(Reason)
{
    [JsonIgnore]
    public override ActionKind Kind => ActionKind.DeepenDiscount;
}

/// <summary>The promotion ends early.</summary>
/// <param name="Region">Only there; null for everywhere.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record EndPromotion(RegionId? Region, string Reason) : RecommendedAction(Reason)
{
    [JsonIgnore]
    public override ActionKind Kind => ActionKind.EndPromotion;
}

/// <summary>The correct price is resent to the channel.</summary>
public sealed record RestorePrice(Sku Sku, SalesChannelId Channel, RegionId? Region, Money Price, string Reason) : RecommendedAction(Reason)
{
    [JsonIgnore]
    public override ActionKind Kind => ActionKind.RestorePrice;
}

/// <summary>A recount.</summary>
public sealed record Recount(Sku Sku, LocationId Location, string Reason) : RecommendedAction(Reason)
{
    [JsonIgnore]
    public override ActionKind Kind => ActionKind.Recount;
}
