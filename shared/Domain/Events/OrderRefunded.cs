using System.Text.Json.Serialization;

namespace Stockgate.Domain.Events;

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
