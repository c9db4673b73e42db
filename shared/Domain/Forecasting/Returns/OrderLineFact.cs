namespace Stockgate.Domain.Forecasting.Returns;

/// <summary>A customer's pseudonym; never a name, a mail address or a street.</summary>
public readonly record struct CustomerKey(string Value)
{
    public override string ToString() => Value;
}

/// <summary>An order line and its outcome.</summary>
/// <param name="Order">The order's number.</param>
/// <param name="Sku">The item.</param>
/// <param name="Category">Empty if it has none.</param>
/// <param name="Customer">Null if unknown.</param>
/// <param name="Channel">Where it was sold; empty if not known.</param>
/// <param name="Day">When it was sold.</param>
/// <param name="Quantity">Units, above 0; others are not looked at.</param>
/// <param name="UnitPrice">What a unit was paid with, in one currency for all lines; 0 or more.</param>
/// <param name="DiscountPercent">Off the regular price, 0 to 100; null if not known.</param>
/// <param name="ReturnedOn">The day on which any of it came back; null if nothing has.</param>
public sealed record OrderLineFact(
    string Order,
    Sku Sku,
    string Category,
    CustomerKey? Customer,
    string Channel,
    DateOnly Day,
    decimal Quantity,
    decimal UnitPrice,
    decimal? DiscountPercent = null,
    DateOnly? ReturnedOn = null
);
