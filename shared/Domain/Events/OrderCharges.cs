using System.Text.Json.Serialization;

namespace Stockgate.Domain.Events;

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
