using Stockgate.Domain.Tests.Ingest.Shopware;

namespace Stockgate.Domain.Tests.Ingest.Vendors;

public class ShopwareMoneyTests : VendorMoneyTests
{
    internal override Vendor Open(Currency currency, string channel) => new ShopwareVendor(currency, channel);
}

internal sealed class ShopwareVendor(Currency currency, string channel) : BodyVendor(ShopwareDeliveries.Shop, currency, channel)
{
    public override IReadOnlyList<(string, string)> Placed(Sale sale) =>
        One(ShopwareDeliveries.OrderEvent("checkout.order.placed", Order(sale, "")));

    public override IReadOnlyList<(string, string)> Refunded(Sale sale, GivenBack back)
    {
        var amount = $$"""{"totalPrice":{{N(sale.Price * back.Units)}},"calculatedTaxes":[{"tax":{{N(back.Tax)}} }]}""";
        var position = back.Units == 0 ? "" : $$"""{"orderLineItemId":"l-1","quantity":{{back.Units}},"amount":{{amount}}}""";
        var refund =
            $$"""{"id":"r-1","amount":{"totalPrice":{{N(back.Amount)}} },"positions":[{{position}}],"stateMachineState":{"technicalName":"completed"} }""";
        return One(
            ShopwareDeliveries.OrderEvent(
                "state_enter.order_transaction_capture_refund.state.completed",
                Order(sale, $$""","transactions":[{"id":"t-1","captures":[{"refunds":[{{refund}}]}]}]""")
            )
        );
    }

    public override IReadOnlyList<(string, string)>? Shipped(Sale sale, string state) =>
        state == "failed" ? null : One(ShopwareDeliveries.OrderEvent($"state_enter.order_delivery.state.{state}", Order(sale, "")));

    private static string Order(Sale sale, string more)
    {
        string Line(string id, string type, string label, int units, decimal total, decimal tax) =>
            total == 0
                ? ""
                : $$"""{"id":"{{id}}","type":"{{type}}","label":"{{label}}","quantity":{{units}},"totalPrice":{{N(total)}},"payload":{"productNumber":"MUG"},"price":{"totalPrice":{{N(total)}},"calculatedTaxes":[{"tax":{{N(tax)}} }] } }""";
        // A line has no discount of its own: its price is the lower one.
        string[] lines =
        [
            Line("l-1", "product", "Mug", 2, sale.Price * 2 - sale.LineDiscount, sale.Tax),
            Line("l-2", "custom", "Engraving", 1, sale.Fee, 0),
            Line("l-3", "custom", "Tip", 1, sale.Tip, 0),
            Line("l-4", "promotion", "Off", 1, -sale.OrderDiscount, 0),
        ];
        return $$"""{"id":"o-1","orderNumber":"10001","orderDateTime":"2026-02-28T10:00:00.000+00:00","amountTotal":{{N(sale.Total)}},"taxStatus":"{{(sale.TaxWithin ? "gross" : "net")}}","shippingTotal":{{N(sale.Shipping)}},"shippingCosts":{"totalPrice":{{N(sale.Shipping)}},"calculatedTaxes":[{"tax":{{N(sale.ShippingTax)}} }]},"currency":{"isoCode":"{{sale.Currency}}"},"lineItems":[{{string.Join(',', lines.Where(static l => l.Length > 0))}}]{{more}}}""";
    }
}
