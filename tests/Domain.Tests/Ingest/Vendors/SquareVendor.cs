using Stockgate.Domain.Tests.Ingest.Square;

namespace Stockgate.Domain.Tests.Ingest.Vendors;

public class SquareMoneyTests : VendorMoneyTests
{
    internal override Vendor Open(Currency currency, string channel) => new SquareVendor(currency, channel);
}

internal sealed class SquareVendor(Currency currency, string channel) : BodyVendor(SquareDeliveries.Shop, currency, channel)
{
    public override IReadOnlyList<(string, string)> Placed(Sale sale) => [("", SquareDeliveries.ItemCatalog), .. One(Order(sale, "", 1))];

    // Which goods came back is not told with the refund.
    public override IReadOnlyList<(string, string)> Refunded(Sale sale, GivenBack back) =>
        [("", SquareDeliveries.Payment()), ("", SquareDeliveries.Refund("COMPLETED", 1, Minor(sale, back.Amount), sale.Currency.Code))];

    public override IReadOnlyList<(string, string)> Shipped(Sale sale, string state)
    {
        var name = state switch
        {
            "shipped" => "COMPLETED",
            "failed" => "FAILED",
            _ => "CANCELED",
        };
        return One(Order(sale, $$"""{"uid":"f-1","type":"SHIPMENT","state":"{{name}}"}""", 2));
    }

    private static string Order(Sale sale, string fulfilment, int version)
    {
        string Money(decimal amount) => SquareDeliveries.Money(Minor(sale, amount), sale.Currency.Code);
        // A discount of the order is shared out to its lines.
        var mug =
            $$"""{"uid":"u-1","name":"Mug","quantity":"2","catalog_object_id":"V1","item_type":"ITEM","gross_sales_money":{{Money(sale.Price * 2)}},"total_discount_money":{{Money(sale.LineDiscount + sale.OrderDiscount)}},"total_tax_money":{{Money(sale.Tax)}},"applied_taxes":[{"tax_uid":"tax","applied_money":{{Money(sale.Tax)}} }]}""";
        var fee =
            $$""",{"uid":"u-2","name":"Engraving","quantity":"1","item_type":"CUSTOM_AMOUNT","gross_sales_money":{{Money(sale.Fee)}} }""";
        var onTop = sale.TaxWithin ? 0 : sale.ShippingTax;
        var shipping = $$"""{"name":"Shipping","amount_money":{{Money(sale.Shipping)}},"total_money":{{Money(sale.Shipping + onTop)}} }""";
        return SquareDeliveries.Event(
            "order.updated",
            $$"""{"id":"O1","version":{{version}},"state":"OPEN","created_at":"2026-02-28T10:00:00Z","updated_at":"2026-02-28T10:00:0{{version}}Z","line_items":[{{mug}}{{(sale.Fee > 0 ? fee : "")}}],"taxes":[{"uid":"tax","type":"{{(sale.TaxWithin ? "INCLUSIVE" : "ADDITIVE")}}"}],"service_charges":[{{(sale.Shipping > 0 ? shipping : "")}}],"total_tip_money":{{Money(sale.Tip)}},"total_money":{{Money(sale.Total)}},"fulfillments":[{{fulfilment}}]}""",
            "order"
        );
    }
}
