using System.Text.Json;
using Stockgate.Domain.Ingest.WooCommerce;

namespace Stockgate.Domain.Tests.Ingest.Vendors;

public class WooCommerceMoneyTests : VendorMoneyTests
{
    internal override Vendor Open(Currency currency, string channel) => new WooCommerceVendor(currency, channel);
}

/// <summary>Amounts are sent without tax, whatever the shop shows.</summary>
internal sealed class WooCommerceVendor(Currency currency, string channel) : Vendor
{
    private readonly WooCommerceTranslator translator = new(VendorShop.Settings(currency, channel));

    public override Translation Translate(string topic, string body)
    {
        using var document = JsonDocument.Parse(body);
        return translator.Translate(topic, document.RootElement, Given.Now);
    }

    public override IReadOnlyList<(string, string)> Placed(Sale sale) => [("order.created", Order(sale, "processing"))];

    public override IReadOnlyList<(string, string)> Refunded(Sale sale, GivenBack back)
    {
        var item =
            $$"""{"id":9,"name":"Mug","product_id":93,"quantity":-{{back.Units}},"total":"-{{N(sale.Price * back.Units)}}","total_tax":"-{{N(back.Tax)}}","sku":"MUG"}""";
        return
        [
            (
                "refund.created",
                $$"""{"id":730,"parent_id":727,"date_created_gmt":"2026-02-28T12:00:00","amount":"{{N(back.Amount)}}","currency":"{{currency}}","line_items":[{{(back.Units > 0 ? item : "")}}]}"""
            ),
        ];
    }

    public override IReadOnlyList<(string, string)>? Shipped(Sale sale, string state) =>
        state == "shipped" ? [("order.updated", Order(sale, "completed"))] : null;

    private string Order(Sale sale, string status)
    {
        var before = sale.Price * 2 - (sale.TaxWithin ? sale.Tax : 0);
        var mug =
            $$"""{"id":1,"name":"Mug","product_id":93,"quantity":2,"subtotal":"{{N(before)}}","total":"{{N(before - sale.LineDiscount)}}","total_tax":"{{N(sale.Tax)}}","sku":"MUG"}""";
        string Fee(string name, decimal amount) => $$"""{"name":"{{name}}","total":"{{N(amount)}}","total_tax":"0"}""";
        var fees = string.Join(
            ',',
            new[] { Fee("Engraving", sale.Fee), Fee("Tip", sale.Tip), Fee("Loyalty", -sale.OrderDiscount) }.Where(static f =>
                !f.Contains("\"total\":\"0\"", StringComparison.Ordinal)
            )
        );
        var modified = status == "completed" ? "2026-02-28T11:00:00" : "2026-02-28T10:00:05";
        return $$"""{"id":727,"status":"{{status}}","currency":"{{currency}}","date_created_gmt":"2026-02-28T10:00:00","date_modified_gmt":"{{modified}}","total":"{{N(sale.Total)}}","shipping_total":"{{N(sale.Shipping)}}","shipping_tax":"{{N(sale.ShippingTax)}}","line_items":[{{mug}}],"fee_lines":[{{fees}}]}""";
    }
}
