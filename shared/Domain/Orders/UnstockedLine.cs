using System.Text.Json.Serialization;
using Stockgate.Domain.Ingest;

namespace Stockgate.Domain.Orders;

/// <summary>What a line without stock is of.</summary>
[JsonConverter(typeof(NamedEnumConverter<UnstockedKind>))]
public enum UnstockedKind
{
    /// <summary>A custom line, a donation, a service, shipping protection.</summary>
    Other,

    Tip,

    /// <summary>A gift card that is sold; one that pays is a means of payment and no line.</summary>
    GiftCard,
}

/// <summary>
/// A line that is money and no stock: it has no SKU, reserves nothing and is no demand. Amounts are in the order's currency.
/// </summary>
public sealed record UnstockedLine
{
    public UnstockedKind Kind { get; init; }

    public required string Description { get; init; }

    /// <summary>Above zero.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>Per unit.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>The discount on the whole line; at most its total.</summary>
    public decimal Discount { get; init; }

    /// <summary>Tax on top of <see cref="Amount"/>; zero where prices contain it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal Tax { get; init; }

    /// <summary>The line total.</summary>
    [JsonIgnore]
    public decimal Amount => UnitPrice * Quantity.Value - Discount;

    internal static Rejection? Check(IReadOnlyList<UnstockedLine> lines) =>
        lines.Count == 0 ? null : Rules.Lines(lines, static (line, field) => line.Check(field), "unstocked");

    private Rejection? Check(string field) =>
        Rules.Text($"{field}.description", Description)
        ?? Rules.Positive($"{field}.quantity", Quantity)
        ?? Rules.NotNegative($"{field}.unitPrice", UnitPrice)
        ?? Rules.NotNegative($"{field}.discount", Discount)
        ?? Rules.NotNegative($"{field}.tax", Tax)
        ?? (Amount < 0 ? new Rejection($"{field}.discount", $"is {Discount}, more than the line comes to") : null);
}

/// <summary>Charges of an order beyond its lines, in its currency; 0 if absent.</summary>
public sealed record OrderCharges
{
    /// <summary>Taken off the order as a whole and not in its lines; positive.</summary>
    public decimal Discount { get; init; }

    /// <summary>What the customer pays for shipping, its discounts taken off, without tax on top.</summary>
    public decimal Shipping { get; init; }

    public decimal Duties { get; init; }

    /// <summary>Tips that are no line.</summary>
    public decimal Tips { get; init; }

    /// <summary>Tax on top that is on no line: of shipping, or of an order that does not say of what.</summary>
    public decimal Tax { get; init; }

    /// <summary>Rounding to coins, and whatever else the total has beyond its parts; either sign.</summary>
    public decimal Rounding { get; init; }

    /// <summary>What the buyer saw and pays with; kept for people and never summed.</summary>
    public Currency? PresentmentCurrency { get; init; }

    /// <summary>The total in <see cref="PresentmentCurrency"/>.</summary>
    public decimal? PresentmentTotal { get; init; }

    [JsonIgnore]
    public decimal Sum => Shipping + Duties + Tips + Tax + Rounding - Discount;

    internal Rejection? Check() =>
        Rules.NotNegative("charges.discount", Discount)
        ?? Rules.NotNegative("charges.shipping", Shipping)
        ?? Rules.NotNegative("charges.duties", Duties)
        ?? Rules.NotNegative("charges.tips", Tips)
        ?? Rules.NotNegative("charges.tax", Tax)
        ?? Rules.Bounded("charges.rounding", Rounding);
}
