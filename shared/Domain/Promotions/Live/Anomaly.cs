using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions.Live;

/// <summary>What can go wrong while a promotion is live.</summary>
[JsonConverter(typeof(NamedEnumConverter<AnomalyKind>))]
public enum AnomalyKind
{
    TooFast,
    TooSlow,
    NoSales,

    /// <summary>A channel shows another price than it was told.</summary>
    PriceMismatch,

    /// <summary>What was counted is not what the ledger says, or goods are sold that are not there.</summary>
    StockDrift,
}

/// <summary>What is at stake if nothing is done.</summary>
/// <param name="Units">0 or more.</param>
/// <param name="Money">0 or more; null if the price or cost is not known.</param>
public sealed record Exposure(Quantity Units, Money? Money);

/// <summary>An anomaly with its explanation as displayable text.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Subject">
/// Where, stable from one look to the next, so that the same trouble is one: <c>region north</c>, <c>SKU A in web, north</c>.
/// </param>
/// <param name="Seen">With its unit.</param>
/// <param name="Expected">With its unit.</param>
/// <param name="Threshold">What it was compared with.</param>
/// <param name="Reason">A sentence or two.</param>
/// <param name="Exposure">What is at stake.</param>
/// <param name="Actions">What can be done, the best first; at least one.</param>
public sealed record Anomaly(
    AnomalyKind Kind,
    string Subject,
    string Seen,
    string Expected,
    string Threshold,
    string Reason,
    Exposure Exposure,
    IReadOnlyList<RecommendedAction> Actions
);
