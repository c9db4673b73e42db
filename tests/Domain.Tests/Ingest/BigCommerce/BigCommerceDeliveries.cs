using Stockgate.Domain.Ingest.BigCommerce;

namespace Stockgate.Domain.Tests.Ingest.BigCommerce;

/// <summary>Small deliveries of BigCommerce, with what was read from the store's API.</summary>
internal static class BigCommerceDeliveries
{
    public static VendorShop Shop(Currency? currency = null, string channel = "shop") =>
        new(new BigCommerceTranslator(VendorShop.Settings(currency, channel)));

    public static string Notification(string scope, string data, string more = "") =>
        $$"""{"scope":"{{scope}}","store_id":"1","data":{{data}},"hash":"h-1","created_at":1772280000,"producer":"stores/abc"{{more}}}""";

    public static string Stock(string inventory) =>
        Notification("store/sku/inventory/updated", $$$"""{"type":"sku","id":461,"inventory":{{{inventory}}} }""");

    public static string Filled(string order, string products, string more = "") =>
        Notification(
            "store/order/updated",
            """{"type":"order","id":250}""",
            $$$""","resources":{"order":{{{order}}},"products":[{{{products}}}]{{{more}}} }"""
        );

    public static string Order(int status = 11, string more = "", string total = "12.10") =>
        $$"""{"id":250,"customer_id":0,"date_created":"Sat, 28 Feb 2026 10:00:00 +0000","date_modified":"Sat, 28 Feb 2026 10:00:05 +0000","status_id":{{status}},"status":"Some","shipping_cost_ex_tax":"5.0000","shipping_cost_tax":"0.5000","total_inc_tax":"{{total}}","currency_code":"USD","default_currency_code":"EUR","discount_amount":"0.0000","coupon_discount":"0.0000","billing_address":{"country_iso2":"DE","zip":"10115"}{{more}}}""";

    public const string Mug =
        """{"id":15,"product_id":206,"variant_id":509,"name":"Mug","sku":"MUG","type":"physical","quantity":2,"total_ex_tax":"6.0000","total_tax":"0.6000","applied_discounts":[]}""";

    public static string Product(string variants) =>
        Notification(
            "store/product/updated",
            """{"type":"product","id":206}""",
            $$$""","resources":{"product":{"id":206,"name":"Mug","is_visible":true,"price":10,"sale_price":8,"date_modified":"2026-02-28T10:00:00+00:00","variants":[{{{variants}}}] } }"""
        );
}
