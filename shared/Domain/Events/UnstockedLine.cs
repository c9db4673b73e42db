using System.Text.Json.Serialization;

namespace Stockgate.Domain.Events;

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
