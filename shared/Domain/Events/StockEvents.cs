using System.Text.Json.Serialization;

namespace Stockgate.Domain.Events;

/// <summary>A stock count. <c>stockgate.stock.counted.v1</c></summary>
public sealed record StockCounted : SkuEvent
{
    public required LocationId Location { get; init; }

    /// <summary>Sales units, by <see cref="Basis"/>; below zero where more was sold than there was. Null withdraws the
    /// figure: the source does not count it any more.</summary>
    // Written also where it is null: left out, it would be missing where the event is read.
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Quantity? Quantity { get; init; }

    public CountBasis Basis { get; init; } = CountBasis.OnHand;

    public override Rejection? Check() => Quantity is { } units ? Rules.Bounded("quantity", units.Value) : null;
}

/// <summary>What a count's figure includes.</summary>
[JsonConverter(typeof(NamedEnumConverter<CountBasis>))]
public enum CountBasis
{
    /// <summary>What stands on the shelf, reserved units included.</summary>
    OnHand,

    /// <summary>What could still be promised: the source took the open orders off already.</summary>
    Available,
}

/// <summary>A stock movement without an order. <c>stockgate.stock.moved.v1</c></summary>
public sealed record StockMoved : SkuEvent
{
    public required LocationId Location { get; init; }

    /// <summary>Sales units; negative where stock went.</summary>
    public required Quantity Quantity { get; init; }

    public required MovementKind Kind { get; init; }

    /// <summary>The reason; an adjustment without one can't be audited.</summary>
    public required string Reason { get; init; }

    /// <summary>The value of a unit, optional.</summary>
    public decimal? UnitPrice { get; init; }

    public Currency? Currency { get; init; }

    /// <summary>The document that the movement stands on, such as a delivery note.</summary>
    public string? Document { get; init; }

    public override Rejection? Check() =>
        (
            Quantity == Quantity.Zero
                ? new Rejection("quantity", "is zero; a movement needs a quantity other than zero")
                : Rules.Bounded("quantity", Quantity.Value)
        )
        ?? Rules.Text("reason", Reason)
        ?? Rules.OptionalText("document", Document)
        ?? (
            Kind == MovementKind.Receipt && Quantity < Quantity.Zero
                ? new Rejection("quantity", $"is {Quantity}; a receipt must be above zero")
                : null
        )
        ?? (UnitPrice is { } price ? Rules.NotNegative("unitPrice", price) : null)
        ?? (UnitPrice is not null && Currency is null ? new Rejection("currency", "is missing; unitPrice needs one") : null);
}

/// <summary>Why stock moved without an order.</summary>
[JsonConverter(typeof(NamedEnumConverter<MovementKind>))]
public enum MovementKind
{
    /// <summary>Goods received from a supplier.</summary>
    Receipt,

    /// <summary>Between two locations; each has a movement of its own.</summary>
    Transfer,

    /// <summary>A correction: damage, loss, theft, a find.</summary>
    Adjustment,
}
