using Stockgate.Domain.Events;
using Stockgate.Domain.Orders;

namespace Stockgate.Domain.Ingest.Shopify;

/// <summary>Charges of an order beyond its lines.</summary>
internal static class ShopifyCharges
{
    /// <returns>Null if the order is its lines.</returns>
    public static OrderCharges? Of(JsonFields order, OrderPlaced placed, bool onTop)
    {
        var shipping = order.List("shipping_lines").Where(static l => !l.Flag("is_removed")).ToList();
        var lineTax = placed.Lines.Sum(static l => l.Tax) + placed.Unstocked.Sum(static l => l.Tax);
        var tax = onTop ? Math.Max(shipping.Sum(TaxOf), (order.ShopAmount("total_tax") ?? 0) - lineTax) : 0;
        var tipLines = placed.Unstocked.Any(static l => l.Kind == UnstockedKind.Tip);
        var total = order.OptionalObject("total_price_set")?.OptionalObject("presentment_money");
        var shownIn = total?.OptionalCurrency("currency_code");
        var charges = new OrderCharges
        {
            Shipping = shipping.Sum(ShippingOf),
            Tax = tax,
            Tips = tipLines ? 0 : order.ShopAmount("total_tip_received") ?? 0,
            Duties = ShopMoney(order, "original_total_duties_set") ?? ShopMoney(order, "current_total_duties_set") ?? 0,
            PresentmentCurrency = order.OptionalCurrency("presentment_currency") is { } shown && shown != placed.Currency ? shown : null,
            PresentmentTotal = shownIn is { } own && own != placed.Currency ? total?.OptionalNumber("amount") : null,
        };
        var parts = placed.Lines.Sum(static l => l.Amount) + placed.Unstocked.Sum(static l => l.Amount) + lineTax + charges.Sum;
        // What the customer pays is the total; where its parts as they were sent are not all of it, the rest is kept as such.
        var rest = order.ShopAmount("total_price") is { } all ? all - parts : 0;
        charges = charges with { Rounding = rest + (ShopMoney(order, "total_cash_rounding_payment_adjustment_set") ?? 0) };
        return charges == new OrderCharges() ? null : charges;
    }

    internal static decimal TaxOf(JsonFields line) => line.List("tax_lines").Sum(static t => t.ShopAmount("price") ?? 0);

    private static decimal ShippingOf(JsonFields line) =>
        line.ShopAmount("discounted_price")
        ?? ((line.ShopAmount("price") ?? 0) - line.List("discount_allocations").Sum(static d => d.OptionalNumber("amount") ?? 0));

    private static decimal? ShopMoney(JsonFields order, string name) =>
        order.OptionalObject(name)?.OptionalObject("shop_money")?.OptionalNumber("amount");
}
