using Stockgate.Domain.Tests.Ingest.AdobeCommerce;

namespace Stockgate.Domain.Tests.Ingest.Vendors;

public class AdobeCommerceMoneyTests : VendorMoneyTests
{
    internal override Vendor Open(Currency currency, string channel) => new AdobeCommerceVendor(currency, channel);
}

/// <summary>Amounts are sent without tax, whatever the shop shows.</summary>
internal sealed class AdobeCommerceVendor(Currency currency, string channel) : BodyVendor(AdobeDeliveries.Shop, currency, channel)
{
    public override bool TellsRestock => true;

    public override bool HasTips => false;

    public override IReadOnlyList<(string, string)> Placed(Sale sale)
    {
        var before = sale.Price * 2 - (sale.TaxWithin ? sale.Tax : 0);
        // A discount of the order is shared out to its items.
        var mug =
            $$"""{"item_id":"1","order_id":"673","product_type":"simple","sku":"MUG","name":"Mug","qty_ordered":2,"base_row_total":{{N(before)}},"base_tax_amount":{{N(sale.Tax)}},"base_discount_amount":{{N(sale.LineDiscount + sale.OrderDiscount)}}}""";
        var fee =
            $$""",{"item_id":"2","order_id":"673","product_type":"virtual","sku":"ENGRAVING","name":"Engraving","qty_ordered":1,"base_row_total":{{N(sale.Fee)}}}""";
        return One(
            AdobeDeliveries.Event(
                "sales_order_save_after",
                $$"""{"entity_id":"673","increment_id":"000000617","state":"processing","created_at":"2026-02-28 10:00:00","updated_at":"2026-02-28 10:00:05","base_currency_code":"{{sale.Currency}}","order_currency_code":"{{sale.Currency}}","base_grand_total":{{N(sale.Total)}},"base_shipping_amount":{{N(sale.Shipping)}},"base_shipping_tax_amount":{{N(sale.ShippingTax)}},"items":[{{mug}}{{(sale.Fee > 0 ? fee : "")}}]}"""
            )
        );
    }

    public override IReadOnlyList<(string, string)> Refunded(Sale sale, GivenBack back)
    {
        var item =
            $$"""{"sku":"MUG","name":"Mug","qty":{{back.Units}},"base_row_total":{{N(sale.Price * back.Units)}},"base_tax_amount":{{N(back.Tax)}},"back_to_stock":{{(back.Restock ? "true" : "false")}}}""";
        return One(
            AdobeDeliveries.Event(
                "sales_order_creditmemo_save_after",
                $$"""{"entity_id":"9","order_id":"673","created_at":"2026-02-28 12:00:00","base_currency_code":"{{sale.Currency}}","base_grand_total":{{N(back.Amount)}},"items":[{{(back.Units > 0 ? item : "")}}]}"""
            )
        );
    }

    public override IReadOnlyList<(string, string)>? Shipped(Sale sale, string state) =>
        state == "shipped"
            ? One(
                AdobeDeliveries.Event(
                    "sales_order_shipment_save_after",
                    """{"entity_id":"19","order_id":"673","created_at":"2026-02-28 11:00:00","items":[{"sku":"MUG","qty":2}]}"""
                )
            )
            : null;
}
