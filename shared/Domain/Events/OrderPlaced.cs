using System.Text.Json.Serialization;

namespace Stockgate.Domain.Events;

/// <summary>An order was placed. <c>stockgate.order.placed.v1</c></summary>
public sealed record OrderPlaced : OrderEvent
{
    public required Currency Currency { get; init; }

    /// <summary>Where the stock is taken from; a line may name another.</summary>
    public LocationId? Location { get; init; }

    /// <summary>A pseudonym of the customer: an account number, never a name or an address.</summary>
    public string? CustomerId { get; init; }

    public string? Country { get; init; }

    public Fulfilment Fulfilment { get; init; } = Fulfilment.Open;

    /// <summary>What is of stock. Empty if the order is of <see cref="Unstocked"/> alone.</summary>
    public required IReadOnlyList<OrderLine> Lines { get; init; }

    /// <summary>What is money and no stock.</summary>
    // Set, not init: see OrderRefunded.Lines.
    public IReadOnlyList<UnstockedLine> Unstocked
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>Charges beyond the lines; null if none.</summary>
    public OrderCharges? Charges { get; init; }

    /// <summary>A test order: no reservation, no demand, no payment.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Test { get; init; }

    /// <summary>The promised delivery time; null if none.</summary>
    public DateTimeOffset? PromisedBy { get; init; }

    public ShipTo? ShipTo { get; init; }

    /// <summary>Whether the customer accepts substitutes.</summary>
    // Most say nothing of it, and each order's document is written many times.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SubstitutionConsent { get; init; }

    public override Rejection? Check() =>
        Rules.OptionalText("customerId", CustomerId)
        ?? Rules.OptionalText("country", Country)
        ?? ShipTo?.Mistakes("shipTo").FirstOrDefault()
        ?? Rules.Moment("promisedBy", PromisedBy)
        ?? UnstockedLine.Check(Unstocked)
        ?? Charges?.Check()
        ?? (Lines is { Count: 0 } && Unstocked.Count > 0 ? null : Rules.Lines(Lines, static (line, field) => line.Check(field)));
}

/// <summary>Whether the goods are gone.</summary>
[JsonConverter(typeof(NamedEnumConverter<Fulfilment>))]
public enum Fulfilment
{
    /// <summary>To be picked and shipped: its stock is reserved until then.</summary>
    Open,

    /// <summary>Taken along, as at a till: its stock left with the order.</summary>
    Immediate,
}

/// <summary>An order line. Two lines of an order may be identical.</summary>
public sealed record OrderLine
{
    public required Sku Sku { get; init; }

    public required string Description { get; init; }

    public required Quantity Quantity { get; init; }

    /// <summary>Per unit, in the order's currency; zero where it is free.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>The discount on the whole line; at most its total.</summary>
    public decimal Discount { get; init; }

    public LocationId? Location { get; init; }

    /// <summary>Tax on top of <see cref="Amount"/>; zero where prices contain it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal Tax { get; init; }

    /// <summary>In a refund: units of the line still to be shipped after it, optional.</summary>
    public Quantity? StillToShip { get; init; }

    /// <summary>The line total without added tax.</summary>
    [JsonIgnore]
    public decimal Amount => UnitPrice * Quantity.Value - Discount;

    internal Rejection? Check(string field) =>
        Rules.Text($"{field}.description", Description)
        ?? Rules.Positive($"{field}.quantity", Quantity)
        ?? Rules.NotNegative($"{field}.unitPrice", UnitPrice)
        ?? Rules.NotNegative($"{field}.discount", Discount)
        ?? Rules.NotNegative($"{field}.tax", Tax)
        ?? (StillToShip is { } still ? Rules.NotNegative($"{field}.stillToShip", still.Value) : null)
        ?? (Amount < 0 ? new Rejection($"{field}.discount", $"is {Discount}, more than the line comes to") : null);
}
