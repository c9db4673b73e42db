using System.Text.Json.Serialization;

namespace Stockgate.Domain.Events;

/// <summary>Units were picked for the order, or not found. <c>stockgate.order.picked.v1</c></summary>
public sealed record OrderPicked : OrderEvent
{
    /// <summary>The pick's number at its source; unique within the order.</summary>
    public required string PickId { get; init; }

    /// <summary>What was picked; none where nothing was found.</summary>
    // Set, not init: see OrderRefunded.Lines.
    public IReadOnlyList<AllocatedLine> Lines { get; set; } = [];

    /// <summary>What could not be found where it should have been.</summary>
    public IReadOnlyList<AllocatedLine> Short { get; set; } = [];

    public override Rejection? Check() =>
        Rules.Text("pickId", PickId)
        ?? (Lines is { Count: 0 } && Short is { Count: > 0 } ? null : Parts("lines", Lines))
        ?? (Short is { Count: 0 } ? null : Parts("short", Short));

    private static Rejection? Parts(string field, IReadOnlyList<AllocatedLine> parts) =>
        Rules.Lines(parts, static (line, at) => Rules.Positive($"{at}.quantity", line.Quantity)) is { } rejection
            ? rejection with
            {
                Field = field + rejection.Field["lines".Length..],
            }
            : null;
}

/// <summary>The order was held or released. The newest event wins. <c>stockgate.order.held.v1</c></summary>
public sealed record OrderHeld : OrderEvent
{
    /// <summary>False: released.</summary>
    public required bool Held { get; init; }

    public string? Reason { get; init; }

    public override Rejection? Check() => Rules.OptionalText("reason", Reason);
}

/// <summary>The shipping address changed. <c>stockgate.order.address-changed.v1</c></summary>
public sealed record OrderAddressChanged : OrderEvent
{
    public required ShipTo ShipTo { get; init; }

    public override Rejection? Check() => ShipTo.Mistakes("shipTo").FirstOrDefault();
}

/// <summary>Units of one thing are replaced by as many of another. <c>stockgate.order.substituted.v1</c></summary>
public sealed record OrderSubstituted : OrderEvent
{
    /// <summary>The substitution's number at its source; unique within the order.</summary>
    public required string SubstitutionId { get; init; }

    public required Sku From { get; init; }

    public required Sku To { get; init; }

    /// <summary>Units; an excess over the order's units of <see cref="From"/> is ignored.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>What a unit of <see cref="To"/> costs the customer, in the order's currency.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>Whether the customer agreed.</summary>
    public bool Consent { get; init; }

    public override Rejection? Check() =>
        Rules.Text("substitutionId", SubstitutionId)
        ?? Rules.Positive("quantity", Quantity)
        ?? Rules.NotNegative("unitPrice", UnitPrice)
        ?? (From == To ? new Rejection("to", $"is {To}, the same as from") : null);
}

/// <summary>The state of a payment. The newest event per payment wins. <c>stockgate.order.paid.v1</c></summary>
public sealed record OrderPaid : OrderEvent
{
    /// <summary>The payment's number at its source; unique within the order.</summary>
    public required string PaymentId { get; init; }

    /// <summary>Zero where an authorization was given up.</summary>
    public required decimal Amount { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>True if the money was taken; false if it was only authorized.</summary>
    public bool Captured { get; init; }

    public override Rejection? Check() => Rules.Text("paymentId", PaymentId) ?? Rules.NotNegative("amount", Amount);
}

/// <summary>What finance's books say of an order.</summary>
[JsonConverter(typeof(NamedEnumConverter<PostingKind>))]
public enum PostingKind
{
    /// <summary>Revenue of the order, as ordered.</summary>
    Sale,

    /// <summary>Revenue of what was shipped.</summary>
    Shipment,

    /// <summary>Money that went back.</summary>
    Refund,
}

/// <summary>Finance posted an amount of the order. <c>stockgate.order.posted.v1</c></summary>
public sealed record OrderPosted : OrderEvent
{
    /// <summary>The posting's number in the books; unique within the order.</summary>
    public required string PostingId { get; init; }

    public required PostingKind Kind { get; init; }

    /// <summary>Positive in the direction of its kind: a refund of 5 is 5. Negative where a posting is reversed.</summary>
    public required decimal Amount { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>What it is a posting of: the refund's number, the shipment's.</summary>
    public string? Reference { get; init; }

    public override Rejection? Check() =>
        Rules.Text("postingId", PostingId) ?? Rules.Bounded("amount", Amount) ?? Rules.OptionalText("reference", Reference);
}

/// <summary>A channel's answer to an action.</summary>
[JsonConverter(typeof(NamedEnumConverter<OrderActionAnswer>))]
public enum OrderActionAnswer
{
    /// <summary>Done, all of it.</summary>
    Confirmed,

    /// <summary>It can't, and trying again will not help; nothing of it was done.</summary>
    Refused,
}

/// <summary>
/// The order's channel answered an action that it was sent. The newest answer per revision wins. <c>stockgate.order.action-answered.v1</c>
/// </summary>
public sealed record OrderActionAnswered : OrderEvent
{
    public required ActionId ActionId { get; init; }

    /// <summary>The revision of the message that is answered; from 1.</summary>
    public required int Revision { get; init; }

    public required OrderActionAnswer Answer { get; init; }

    public string? Detail { get; init; }

    public override Rejection? Check() =>
        Revision < 1
            ? new Rejection("revision", $"is {Revision}; give the revision of the message that is answered")
            : Rules.OptionalText("detail", Detail);
}
