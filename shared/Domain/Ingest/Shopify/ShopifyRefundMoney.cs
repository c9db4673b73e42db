namespace Stockgate.Domain.Ingest.Shopify;

/// <summary>
/// The money of a refund in the shop's currency, with tax. Of its transactions those of kind refund count: successful ones went back,
/// pending ones may, failed ones did not. Line subtotals, taxes and <c>order_adjustments</c> are in the shop's currency, transactions may
/// be in the buyer's; the money sets of the delivery say what one is in the other. What the payments say beyond the parts is the
/// adjustment. Facts: https://shopify.dev/docs/api/admin-rest/latest/resources/refund and
/// https://shopify.dev/docs/api/admin-rest/latest/resources/transaction
/// </summary>
internal sealed class ShopifyRefundMoney
{
    private bool taxOnTop;

    public Currency Currency { get; private init; }

    public decimal Shipping { get; private init; }

    public decimal Duties { get; private init; }

    /// <summary>On top, of shipping.</summary>
    public decimal Tax { get; private init; }

    public decimal Adjustment { get; private set; }

    public decimal Pending { get; private set; }

    public decimal Failed { get; private set; }

    public static ShopifyRefundMoney Of(JsonFields refund, ChannelShop shop)
    {
        var (items, transactions) = (refund.List("refund_line_items"), Transactions(refund));
        var lines = items.Sum(static i => SubtotalOf(i, ShopifyRefund.LineOf(i)));
        var lineTax = items.Sum(static i => i.ShopAmount("total_tax") ?? 0);
        var adjustments = refund.List("order_adjustments").Select(AdjustmentOf).ToList();
        var duties = Math.Max(DutiesOf(refund, "duties"), DutiesOf(refund, "refund_duties"));
        var shipping = adjustments.Where(static a => a.Shipping).Sum(static a => a.Amount);
        // Where no payments are named, as in a delivery that was cut down, the parts are all that is known.
        var parts = lines + lineTax + duties + adjustments.Sum(static a => a.Amount + a.Tax);
        var rates = ShopifyRates.Of(refund, items);
        var currency = CurrencyOf(transactions, rates, parts, shop);
        var named = refund.Has("transactions");
        var inShop = transactions.Select(t => (t.Status, Amount: rates.InShop(t.Amount, t.Currency, currency, parts))).ToList();
        var back = named ? inShop.Where(static t => t.Status == "success").Sum(static t => t.Amount) : parts;
        var pending = inShop.Where(static t => t.Status == "pending").Sum(static t => t.Amount);
        var money = new ShopifyRefundMoney
        {
            Currency = currency,
            Shipping = Math.Max(0, shipping),
            Duties = duties,
            Pending = pending,
            Tax = adjustments.Where(static a => a.Shipping).Sum(static a => a.Tax),
            Failed = inShop.Where(static t => t.Status is "failure" or "error").Sum(static t => t.Amount),
            // Where prices contain the tax, it is within the subtotal: then the payments are the parts without it.
            taxOnTop = lineTax != 0 && !(named && back + pending == parts - lineTax && back + pending != parts),
        };
        money.Adjustment = back - lines - (money.taxOnTop ? lineTax : 0) - money.Shipping - money.Tax - duties;
        return money;
    }

    public decimal TaxOf(JsonFields item) => taxOnTop ? item.ShopAmount("total_tax") ?? 0 : 0;

    /// <summary>What a refunded line comes to: null means its price, as of an item that was not reduced.</summary>
    public static decimal SubtotalOf(JsonFields item, JsonFields line) =>
        item.ShopAmount("subtotal") ?? line.Number("price") * item.Number("quantity");

    private static List<(string Status, decimal Amount, Currency? Currency)> Transactions(JsonFields refund) =>
        [
            .. refund
                .List("transactions")
                .Where(static t => (t.OptionalText("kind") ?? "refund") == "refund")
                .Select(static t =>
                    (t.OptionalText("status") ?? "success", t.OptionalNumber("amount") ?? 0, t.OptionalCurrency("currency"))
                ),
        ];

    // Adjustments are written from the shop's side: what goes to the customer is negative.
    private static (bool Shipping, decimal Amount, decimal Tax) AdjustmentOf(JsonFields adjustment) =>
        (
            adjustment.OptionalText("kind") == "shipping_refund",
            -(adjustment.ShopAmount("amount") ?? 0),
            -(adjustment.ShopAmount("tax_amount") ?? 0)
        );

    private static decimal DutiesOf(JsonFields refund, string name) => refund.List(name).Sum(static d => d.ShopAmount("amount") ?? 0);

    // A payment in another currency than the shop's is in the buyer's where the delivery has figures of the shop that differ from it.
    private static Currency CurrencyOf(
        IReadOnlyList<(string Status, decimal Amount, Currency? Currency)> transactions,
        ShopifyRates rates,
        decimal parts,
        ChannelShop shop
    )
    {
        if (rates.Shop is { } own)
            return own;
        var named = transactions.Select(static t => t.Currency).FirstOrDefault(static c => c is not null);
        if (named is not { } paid || paid == shop.Currency)
            return shop.Currency;
        return rates.HasFigures && transactions.Sum(static t => t.Amount) != parts ? shop.Currency : paid;
    }
}
