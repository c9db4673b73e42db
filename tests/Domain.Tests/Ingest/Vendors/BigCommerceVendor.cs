using Stockgate.Domain.Tests.Ingest.BigCommerce;

namespace Stockgate.Domain.Tests.Ingest.Vendors;

public class BigCommerceMoneyTests : VendorMoneyTests
{
    internal override Vendor Open(Currency currency, string channel) => new BigCommerceVendor(currency, channel);
}

/// <summary>Amounts are read without tax, whatever the shop shows.</summary>
internal sealed class BigCommerceVendor(Currency currency, string channel) : BodyVendor(BigCommerceDeliveries.Shop, currency, channel)
{
    public override bool HasTips => false;

    public override IReadOnlyList<(string, string)> Placed(Sale sale) => One(Filled(sale, ""));

    public override IReadOnlyList<(string, string)> Refunded(Sale sale, GivenBack back)
    {
        var item = $$"""{"item_type":"PRODUCT","item_id":15,"quantity":{{back.Units}},"requested_amount":{{N(back.Amount)}}}""";
        var refund =
            $$"""{"id":3,"created":"2026-02-28T12:00:00+00:00","total_amount":{{N(back.Amount)}},"items":[{{(back.Units > 0 ? item : "")}}],"payments":[{"amount":{{N(back.Amount)}},"is_declined":false}]}""";
        return One(Filled(sale, $",\"refunds\":[{refund}]"));
    }

    public override IReadOnlyList<(string, string)>? Shipped(Sale sale, string state)
    {
        const string Parcel =
            """{"id":7,"date_created":"Sat, 28 Feb 2026 11:00:00 +0000","items":[{"order_product_id":15,"quantity":2}]}""";
        return state == "shipped" ? One(Filled(sale, $",\"shipments\":[{Parcel}]")) : null;
    }

    private static string Filled(Sale sale, string more)
    {
        var before = sale.Price * 2 - (sale.TaxWithin ? sale.Tax : 0);
        var mug =
            $$"""{"id":15,"product_id":206,"variant_id":509,"name":"Mug","sku":"MUG","type":"physical","quantity":2,"total_ex_tax":"{{N(before)}}","total_tax":"{{N(sale.Tax)}}","applied_discounts":[{"amount":"{{N(sale.LineDiscount)}}"}]}""";
        var fee = $$""",{"id":16,"name":"Engraving","type":"digital","quantity":1,"total_ex_tax":"{{N(sale.Fee)}}","total_tax":"0"}""";
        var order =
            $$"""{"id":250,"date_created":"Sat, 28 Feb 2026 10:00:00 +0000","date_modified":"Sat, 28 Feb 2026 10:00:05 +0000","status_id":11,"shipping_cost_ex_tax":"{{N(sale.Shipping)}}","shipping_cost_tax":"{{N(sale.ShippingTax)}}","total_inc_tax":"{{N(sale.Total)}}","default_currency_code":"{{sale.Currency}}","discount_amount":"{{N(sale.LineDiscount)}}","coupon_discount":"{{N(sale.OrderDiscount)}}"}""";
        return BigCommerceDeliveries.Filled(order, $"{mug}{(sale.Fee > 0 ? fee : "")}", more);
    }
}
