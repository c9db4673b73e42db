using System.Text.Json;
using Stockgate.Domain.Ingest.Shopify;

namespace Stockgate.Domain.Tests.Ingest.Vendors;

public class ShopifyMoneyTests : VendorMoneyTests
{
    internal override Vendor Open(Currency currency, string channel) => new ShopifyVendor(currency, channel);
}

internal sealed class ShopifyVendor(Currency currency, string channel) : Vendor
{
    private readonly ShopifyTranslator translator = new(VendorShop.Settings(currency, channel));

    public override bool TellsRestock => true;

    public override Translation Translate(string topic, string body)
    {
        using var document = JsonDocument.Parse(body);
        return translator.Translate(topic, document.RootElement, null, Given.Now);
    }

    public override IReadOnlyList<(string, string)> Placed(Sale sale)
    {
        // Every discount is shared out to the lines.
        var discount = N(sale.LineDiscount + sale.OrderDiscount);
        var mug =
            $$"""{"variant_id":11,"title":"Mug","quantity":2,"price":"{{N(sale.Price)}}","sku":"MUG","discount_allocations":[{"amount":"{{discount}}"}],"tax_lines":[{"price":"{{N(sale.Tax)}}"}]}""";
        var fee = sale.Fee == 0 ? "" : $$""",{"title":"Engraving","quantity":1,"price":"{{N(sale.Fee)}}"}""";
        var shipping =
            $$"""{"price":"{{N(sale.Shipping)}}","discounted_price":"{{N(sale.Shipping)}}","tax_lines":[{"price":"{{N(sale.ShippingTax)}}"}]}""";
        var within = sale.TaxWithin ? "true" : "false";
        return
        [
            (
                ShopifyTopics.OrdersCreate,
                $$"""{"id":1001,"created_at":"2026-02-28T10:00:00Z","currency":"{{currency}}","taxes_included":{{within}},"total_tax":"{{N(sale.Tax + sale.ShippingTax)}}","total_tip_received":"{{N(sale.Tip)}}","total_price":"{{N(sale.Total)}}","line_items":[{{mug}}{{fee}}],"shipping_lines":[{{shipping}}]}"""
            ),
        ];
    }

    public override IReadOnlyList<(string, string)> Refunded(Sale sale, GivenBack back)
    {
        var item =
            $$"""{"quantity":{{back.Units}},"restock_type":"{{(back.Restock ? "return" : "no_restock")}}","location_id":1,"subtotal":{{N(sale.Price * back.Units)}},"total_tax":{{N(back.Tax)}},"line_item":{"sku":"MUG","variant_id":11,"title":"Mug","price":"{{N(sale.Price)}}"} }""";
        return
        [
            (
                ShopifyTopics.RefundsCreate,
                $$"""{"id":77,"order_id":1001,"created_at":"2026-02-28T12:00:00Z","refund_line_items":[{{(back.Units > 0 ? item : "")}}],"transactions":[{"kind":"refund","status":"success","amount":"{{N(back.Amount)}}","currency":"{{currency}}"}]}"""
            ),
        ];
    }

    public override IReadOnlyList<(string, string)> Shipped(Sale sale, string state)
    {
        string Parcel(string status) =>
            $$"""{"id":55,"order_id":1001,"created_at":"2026-02-28T11:00:00Z","status":"{{status}}","line_items":[{"sku":"MUG","quantity":2}]}""";
        return state switch
        {
            "shipped" => [(ShopifyTopics.FulfillmentsCreate, Parcel("success"))],
            "failed" => [(ShopifyTopics.FulfillmentsCreate, Parcel("failure"))],
            _ => [(ShopifyTopics.FulfillmentsCreate, Parcel("success")), (ShopifyTopics.FulfillmentsUpdate, Parcel("cancelled"))],
        };
    }
}
