using System.Text.Json.Serialization;
using Stockgate.Domain.Ingest;

namespace Stockgate.Domain.Orders;

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

/// <summary>The whole order was cancelled before shipping. <c>stockgate.order.cancelled.v1</c></summary>
public sealed record OrderCancelled : OrderEvent
{
    public string? Reason { get; init; }

    public override Rejection? Check() => Rules.OptionalText("reason", Reason);
}

/// <summary>
/// A refund, with or without returned goods. <c>stockgate.order.refunded.v1</c>. Where the source does not know the order, <c>orderId</c>
/// is the refund's own number and <see cref="Standalone"/> is true: the result is a credit note.
/// </summary>
public sealed record OrderRefunded : OrderEvent
{
    /// <summary>The refund's number at its source; unique within the order.</summary>
    public required string RefundId { get; init; }

    public required Currency Currency { get; init; }

    public bool Standalone { get; init; }

    /// <summary>True if the units were cancelled before they left; their reservation ends.</summary>
    public bool Unshipped { get; init; }

    /// <summary>Where returned goods went; null if none came back.</summary>
    public LocationId? RestockedAt { get; init; }

    public string? CustomerId { get; init; }

    public string? Country { get; init; }

    // Set, not init: the JSON source generator gives an init property its type's default, here null, where the record leaves it out.
    public IReadOnlyList<OrderLine> Lines { get; set; } = [];

    /// <summary>Refunds of lines without stock.</summary>
    public IReadOnlyList<UnstockedLine> Unstocked
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>Shipping that went back, without tax on top.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal Shipping { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal Duties { get; init; }

    /// <summary>Tax on top that is on no line, as of shipping.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal Tax { get; init; }

    /// <summary>Money beyond the parts, positive towards the customer; negative where less went back than they come to.</summary>
    public decimal Adjustment { get; init; }

    /// <summary>On its way back and not settled; in none of the parts' sum.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal Pending { get; init; }

    /// <summary>Tried and failed: it did not go back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal Failed { get; init; }

    /// <summary>Tax on top, of lines and beyond.</summary>
    [JsonIgnore]
    public decimal AllTax => Tax + Lines.Sum(static l => l.Tax) + Unstocked.Sum(static l => l.Tax);

    /// <summary>What went back to the customer, in <see cref="Currency"/>.</summary>
    [JsonIgnore]
    public decimal Amount =>
        Lines.Sum(static l => l.Amount) + Unstocked.Sum(static l => l.Amount) + AllTax + Shipping + Duties + Adjustment;

    private bool MovesMoney =>
        Adjustment != 0 || Shipping != 0 || Duties != 0 || Tax != 0 || Pending != 0 || Failed != 0 || Unstocked.Count > 0;

    public override Rejection? Check() =>
        Rules.Text("refundId", RefundId)
        ?? Rules.OptionalText("customerId", CustomerId)
        ?? Rules.OptionalText("country", Country)
        ?? Rules.Bounded("adjustment", Adjustment)
        ?? Rules.NotNegative("shipping", Shipping)
        ?? Rules.NotNegative("duties", Duties)
        ?? Rules.Bounded("tax", Tax)
        ?? Rules.NotNegative("pending", Pending)
        ?? Rules.NotNegative("failed", Failed)
        ?? UnstockedLine.Check(Unstocked)
        ?? (Lines is { Count: 0 } && MovesMoney ? null : Rules.Lines(Lines, static (line, field) => line.Check(field)));
}

/// <summary>The order was allocated to locations. Replaces an earlier allocation. <c>stockgate.order.allocated.v1</c></summary>
public sealed record OrderAllocated : OrderEvent
{
    public required IReadOnlyList<AllocatedLine> Lines { get; init; }

    public override Rejection? Check() => Rules.Lines(Lines, static (line, field) => Rules.Positive($"{field}.quantity", line.Quantity));
}

/// <summary>Units of a SKU that a location is to ship, or has shipped.</summary>
public sealed record AllocatedLine
{
    public required Sku Sku { get; init; }

    public required LocationId Location { get; init; }

    public required Quantity Quantity { get; init; }
}

/// <summary>A parcel left a location. <c>stockgate.order.shipped.v1</c></summary>
public sealed record OrderShipped : OrderEvent
{
    /// <summary>The shipment's number at its source; unique within the order.</summary>
    public required string ShipmentId { get; init; }

    public required IReadOnlyList<AllocatedLine> Lines { get; init; }

    /// <summary>The shipment was cancelled; the newer event wins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Cancelled { get; init; }

    public override Rejection? Check() =>
        Rules.Text("shipmentId", ShipmentId)
        ?? Rules.Lines(Lines, static (line, field) => Rules.Positive($"{field}.quantity", line.Quantity));
}

/// <summary>A parcel reached the customer. <c>stockgate.order.delivered.v1</c></summary>
public sealed record OrderDelivered : OrderEvent
{
    public required string ShipmentId { get; init; }

    public override Rejection? Check() => Rules.Text("shipmentId", ShipmentId);
}
