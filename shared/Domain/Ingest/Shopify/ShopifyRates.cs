namespace Stockgate.Domain.Ingest.Shopify;

/// <summary>
/// What an amount of the buyer's currency is in the shop's, by the money sets of a refund: the largest one is the most exact.
/// </summary>
internal sealed record ShopifyRates(Currency? Shop, Currency? Buyer, decimal Rate, bool HasFigures)
{
    public static ShopifyRates Of(JsonFields refund, IReadOnlyList<JsonFields> items)
    {
        var adjustments = refund.List("order_adjustments");
        var sets = items
            .SelectMany(SetsOf)
            .Concat(adjustments.Select(static a => a.OptionalObject("amount_set")))
            .Concat(refund.List("duties").Select(static d => d.OptionalObject("amount_set")))
            .OfType<JsonFields>()
            .Select(Read)
            .ToList();
        var hasFigures =
            items.Any(static i => i.OptionalNumber("subtotal") is > 0)
            || adjustments.Any(static a => a.OptionalNumber("amount") is not (null or 0));
        var best = sets.Where(static s => s is { Shop: > 0, Buyer: > 0, BuyerCurrency: not null })
            .OrderByDescending(static s => s.Buyer)
            .FirstOrDefault();
        var own = sets.Select(static s => s.ShopCurrency).FirstOrDefault(static c => c is not null);
        return new ShopifyRates(own, best.BuyerCurrency, best.Buyer > 0 ? best.Shop / best.Buyer : 0, hasFigures);
    }

    /// <summary>An amount that was paid, in the currency that the refund is in.</summary>
    /// <param name="amount">Of a payment.</param>
    /// <param name="paidIn">Its currency; null if it does not say.</param>
    /// <param name="currency">Of the refund.</param>
    /// <param name="parts">What the refund's parts come to, for where no set says the rate.</param>
    public decimal InShop(decimal amount, Currency? paidIn, Currency currency, decimal parts)
    {
        if (paidIn is null || paidIn == currency)
            return amount;
        return paidIn == Buyer ? Math.Round(amount * Rate, currency.MinorUnits, MidpointRounding.AwayFromZero) : parts;
    }

    private static JsonFields?[] SetsOf(JsonFields item) =>
        [
            item.OptionalObject("subtotal_set"),
            item.OptionalObject("total_tax_set"),
            item.OptionalObject("line_item")?.OptionalObject("price_set"),
        ];

    private static (Currency? ShopCurrency, Currency? BuyerCurrency, decimal Shop, decimal Buyer) Read(JsonFields set)
    {
        var (shop, buyer) = (set.OptionalObject("shop_money"), set.OptionalObject("presentment_money"));
        var (own, paid) = (shop?.OptionalNumber("amount") ?? 0, buyer?.OptionalNumber("amount") ?? 0);
        return (shop?.OptionalCurrency("currency_code"), buyer?.OptionalCurrency("currency_code"), Math.Abs(own), Math.Abs(paid));
    }
}
