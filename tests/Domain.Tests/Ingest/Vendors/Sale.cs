namespace Stockgate.Domain.Tests.Ingest.Vendors;

/// <summary>
/// An order as a customer sees it, which each vendor sends in its own form: two units of MUG, and what else is on the receipt. Amounts are
/// what is printed: prices with their tax where <see cref="TaxWithin"/>, else without.
/// </summary>
internal sealed record Sale
{
    public Currency Currency { get; init; } = Given.Eur;

    /// <summary>Of one unit.</summary>
    public decimal Price { get; init; } = 3.00m;

    /// <summary>Of both units.</summary>
    public decimal Tax { get; init; } = 0.60m;

    public bool TaxWithin { get; init; }

    public decimal Shipping { get; init; }

    public decimal ShippingTax { get; init; }

    public decimal LineDiscount { get; init; }

    public decimal OrderDiscount { get; init; }

    public decimal Tip { get; init; }

    /// <summary>A custom line without goods.</summary>
    public decimal Fee { get; init; }

    public decimal Total => Price * 2 - LineDiscount + Shipping + Fee + Tip - OrderDiscount + (TaxWithin ? 0 : Tax + ShippingTax);
}

/// <summary>Money that goes back, with or without goods.</summary>
/// <param name="Amount">What the customer gets, with tax.</param>
/// <param name="Units">Of MUG.</param>
/// <param name="Tax">Of the units; on top, or within <paramref name="Amount"/>.</param>
/// <param name="Restock">Whether the goods came back to stock.</param>
internal sealed record GivenBack(decimal Amount, int Units = 0, decimal Tax = 0, bool Restock = false);

/// <summary>How a vendor sends what happened. Null where it has no way to say it.</summary>
internal abstract class Vendor
{
    public abstract Translation Translate(string topic, string body);

    public abstract IReadOnlyList<(string Topic, string Body)> Placed(Sale sale);

    public abstract IReadOnlyList<(string Topic, string Body)>? Refunded(Sale sale, GivenBack back);

    /// <summary>A parcel with both units: it left, or its fulfilment was cancelled or failed.</summary>
    public abstract IReadOnlyList<(string Topic, string Body)>? Shipped(Sale sale, string state);

    /// <summary>Whether the vendor says that goods came back to stock.</summary>
    public virtual bool TellsRestock => false;

    public virtual bool HasTips => true;

    /// <summary>A whole number of the currency's smallest unit.</summary>
    protected static long Minor(Sale sale, decimal amount)
    {
        for (var digit = sale.Currency.MinorUnits; digit > 0; digit--)
            amount *= 10;
        return decimal.ToInt64(amount);
    }

    protected static string N(decimal amount) => amount.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A vendor whose deliveries say in the body what they are of.</summary>
internal abstract class BodyVendor(Func<Currency?, string, VendorShop> open, Currency? currency, string channel) : Vendor
{
    private readonly VendorShop shop = open(currency, channel);

    public override Translation Translate(string topic, string body) => shop.Translate(body);

    protected static (string, string)[] One(string body) => [("", body)];
}
