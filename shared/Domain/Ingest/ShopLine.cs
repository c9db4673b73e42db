using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest;

/// <summary>A line of an order or a refund by what it comes to, as most shops say it.</summary>
/// <param name="Title">For people.</param>
/// <param name="Units">Above zero.</param>
/// <param name="Before">All units before discounts, without tax on top.</param>
/// <param name="After">All units after discounts, without tax on top.</param>
/// <param name="Tax">On top.</param>
internal sealed record ShopLine(string Title, decimal Units, decimal Before, decimal After, decimal Tax)
{
    // Six decimals of a unit's price.
    private const decimal UnitPriceScale = 1_000_000m;

    private static readonly string[] TipNames = ["tip", "tips", "gratuity"];

    /// <summary>Null where the line is money and no stock.</summary>
    public Sku? Sku { get; init; }

    public UnstockedKind Kind { get; init; }

    public LocationId? Location { get; init; }

    // A line that became dearer has no discount.
    private decimal Price => UnitPrice(Math.Max(Before, After), Units);

    private string Description => Clip.To(Title, Limits.Text);

    public OrderLine Goods() =>
        new()
        {
            Sku = Sku!.Value,
            Description = Description,
            Quantity = new Quantity(Units),
            UnitPrice = Price,
            Discount = Price * Units - After,
            Tax = Tax,
            Location = Location,
        };

    public UnstockedLine Unstocked() =>
        new()
        {
            Kind = Kind == UnstockedKind.Other && TipNames.Contains(Title, StringComparer.OrdinalIgnoreCase) ? UnstockedKind.Tip : Kind,
            Description = Description,
            Quantity = new Quantity(Units),
            UnitPrice = Price,
            Discount = Price * Units - After,
            Tax = Tax,
        };

    /// <summary>
    /// The price of one of several units. Rounded up, so that what a line comes to is its price times its units less a discount, exactly.
    /// </summary>
    public static decimal UnitPrice(decimal amount, decimal units)
    {
        // Of less than the scale a price would have no room.
        if (units < 1 / UnitPriceScale)
            return amount;
        return Math.Ceiling(amount / units * UnitPriceScale) / UnitPriceScale;
    }
}
