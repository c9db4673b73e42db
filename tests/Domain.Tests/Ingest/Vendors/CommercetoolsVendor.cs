using Stockgate.Domain.Ingest.Commercetools;
using Stockgate.Domain.Tests.Ingest.Commercetools;

namespace Stockgate.Domain.Tests.Ingest.Vendors;

public class CommercetoolsMoneyTests : VendorMoneyTests
{
    internal override Vendor Open(Currency currency, string channel) => new CommercetoolsVendor(currency, channel);
}

internal sealed class CommercetoolsVendor(Currency currency, string channel)
    : BodyVendor(static (c, name) => new VendorShop(new CommercetoolsTranslator(VendorShop.Settings(c, name))), currency, channel)
{
    public override bool TellsRestock => true;

    public override IReadOnlyList<(string, string)> Placed(Sale sale)
    {
        var within = sale.TaxWithin ? "true" : "false";
        var after = sale.Price * 2 - sale.LineDiscount;
        var mug =
            $$"""{"id":"l-1","productId":"p-1","name":{"en":"Mug"},"variant":{"sku":"MUG"},"quantity":2,"price":{"value":{{Money(sale, sale.Price)}} },"totalPrice":{{Money(sale, after)}},"taxRate":{"includedInPrice":{{within}}},"taxedPrice":{{Taxed(sale, after, sale.Tax)}}}""";
        string Custom(string name, decimal amount) =>
            amount == 0
                ? ""
                : $$"""{"name":{"en":"{{name}}"},"quantity":1,"money":{{Money(sale, amount)}},"totalPrice":{{Money(sale, amount)}}}""";
        var custom = string.Join(',', new[] { Custom("Engraving", sale.Fee), Custom("Tip", sale.Tip) }.Where(static c => c.Length > 0));
        var shipping =
            $$"""{"price":{{Money(sale, sale.Shipping)}},"taxRate":{"includedInPrice":{{within}}},"taxedPrice":{{Taxed(sale, sale.Shipping, sale.ShippingTax)}}}""";
        var discount = $$"""{"discountedAmount":{{Money(sale, sale.OrderDiscount)}}}""";
        var order =
            $$"""{"id":"o-1","version":1,"createdAt":"2026-02-28T10:00:00Z","orderState":"Open","totalPrice":{{Money(sale, sale.Total)}},"taxedPrice":{"totalGross":{{Money(sale, sale.Total)}} },"lineItems":[{{mug}}],"customLineItems":[{{custom}}],"shippingInfo":{{shipping}},"discountOnTotalPrice":{{discount}},"paymentInfo":{"payments":[{"typeId":"payment","id":"pay-1"}] } }""";
        return One(CommercetoolsDeliveries.Message("OrderCreated", $"\"order\":{order}", "m-0", 1));
    }

    public override IReadOnlyList<(string, string)> Refunded(Sale sale, GivenBack back)
    {
        var state = back.Restock ? "BackInStock" : "Returned";
        var item = $$"""{"id":"r-1","quantity":{{back.Units}},"lineItemId":"l-1","shipmentState":"{{state}}"}""";
        var money = $$"""{"id":"t-1","type":"Refund","amount":{{Money(sale, back.Amount)}},"state":"Success"}""";
        var paid = CommercetoolsDeliveries.Message("PaymentTransactionAdded", $"\"transaction\":{money}", "m-5", 5, "payment:pay-1");
        return back.Units == 0
            ? One(paid)
            : [("", CommercetoolsDeliveries.Message("ReturnInfoAdded", $"\"returnInfo\":{{\"items\":[{item}]}}", "m-4", 4)), ("", paid)];
    }

    public override IReadOnlyList<(string, string)> Shipped(Sale sale, string state)
    {
        const string Parcel = """ "delivery":{"id":"d-1","items":[{"id":"l-1","quantity":2}]} """;
        var added = CommercetoolsDeliveries.Message("DeliveryAdded", Parcel);
        return state switch
        {
            "shipped" => One(added),
            "failed" => One(
                CommercetoolsDeliveries.Message("OrderShipmentStateChanged", """ "orderId":"o-1","shipmentState":"Delayed" """)
            ),
            _ => [("", added), ("", CommercetoolsDeliveries.Message("DeliveryRemoved", Parcel, "m-3", 3))],
        };
    }

    private static string Money(Sale sale, decimal amount) =>
        CommercetoolsDeliveries.Money(Minor(sale, amount), sale.Currency.Code, sale.Currency.MinorUnits);

    private static string Taxed(Sale sale, decimal amount, decimal tax)
    {
        var net = sale.TaxWithin ? amount - tax : amount;
        return $$"""{"totalNet":{{Money(sale, net)}},"totalGross":{{Money(sale, net + tax)}}}""";
    }
}
