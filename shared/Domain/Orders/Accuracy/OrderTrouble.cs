using System.Text.Json.Serialization;
using Stockgate.Domain.Operations;

namespace Stockgate.Domain.Orders.Accuracy;

/// <summary>What kind of trouble an order is in.</summary>
[JsonConverter(typeof(NamedEnumConverter<TroubleKind>))]
public enum TroubleKind
{
    /// <summary>Fewer, more or other goods than ordered.</summary>
    ShortPick,

    /// <summary>Sold at another price than was in force.</summary>
    PriceMismatch,

    /// <summary>Money and books do not agree with the order.</summary>
    Payment,

    /// <summary>The address is unknown, contradictory, or changed after a shipment.</summary>
    Address,

    /// <summary>The same customer ordered the same within minutes.</summary>
    Duplicate,

    /// <summary>The promised time is over.</summary>
    Late,
}

/// <summary>The owner and deadline of a kind of trouble.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Owner">The role.</param>
/// <param name="Sla">From the first time it is seen.</param>
/// <param name="ServicePoints">What it costs in a customer's trust, 0 to 30.</param>
/// <param name="Action">What the owner should do.</param>
public sealed record TroubleRule(TroubleKind Kind, string Owner, TimeSpan Sla, int ServicePoints, string Action);

/// <summary>One trouble of one order.</summary>
public sealed record OrderTrouble
{
    public required OrderId OrderId { get; init; }

    public required TroubleKind Kind { get; init; }

    public required string Words { get; init; }

    public required string Owner { get; init; }

    public required TimeSpan Sla { get; init; }

    public required string RecommendedAction { get; init; }

    /// <summary>Revenue at stake.</summary>
    public required Money Revenue { get; init; }

    /// <summary>
    /// 0 to 100, the highest first: up to 50 for revenue, up to 30 for the kind, up to 20 for the nearness of the promised time.
    /// </summary>
    public required int Score { get; init; }

    /// <summary>
    /// The trouble as it is shown to its owner. The same kind on the same order is the same exception; an exception sums its money over
    /// every time, so raise it when it is first seen, not at every look.
    /// </summary>
    public OperationException AsException(DateTimeOffset now) =>
        new()
        {
            // A trouble is seen at every look: its figures are not in its failure, or each look would open another one.
            Type = $"order-{Kind}".ToLowerInvariant(),
            Subject = $"order {OrderId}",
            Failure = Kind.ToString(),
            RecommendedAction = $"{Words} {RecommendedAction}",
            Owner = Owner,
            Sla = Sla,
            ExposedMoney = Revenue.Amount,
            Currency = Revenue.Currency,
            FirstSeenAt = now,
            LastSeenAt = now,
        };
}
