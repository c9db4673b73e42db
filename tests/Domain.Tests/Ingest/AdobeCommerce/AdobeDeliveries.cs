using Stockgate.Domain.Ingest.AdobeCommerce;

namespace Stockgate.Domain.Tests.Ingest.AdobeCommerce;

/// <summary>Small deliveries of Adobe Commerce.</summary>
internal static class AdobeDeliveries
{
    public static VendorShop Shop(Currency? currency = null, string channel = "shop") =>
        new(new AdobeCommerceTranslator(VendorShop.Settings(currency, channel)));

    /// <summary>As Adobe I/O Events delivers it.</summary>
    public static string Event(string name, string value) =>
        $$$"""{"event_id":"e-1","id":"x","specversion":"1.0","type":"com.adobe.commerce.observer.{{{name}}}","source":"urn:uuid:1","time":"2026-02-28T12:00:00.811Z","data":{"key":"k","value":{{{value}}},"_metadata":{"storeId":"1"} } }""";

    public const string Item =
        """{"item_id":"1","order_id":"673","product_id":"27","product_type":"simple","sku":"MUG","name":"Mug","qty_ordered":2,"base_price":3.00,"price":3.30,"base_row_total":6.00,"row_total":6.60,"base_tax_amount":0.60,"tax_amount":0.66,"base_discount_amount":0,"discount_amount":0}""";

    /// <summary>Two mugs, 0.60 tax, shipping 5.00: 11.60 in euros, 12.76 in dollars.</summary>
    public static string Order(string items = Item, string state = "processing", string more = "") =>
        $$"""{"increment_id":"000000617","state":"{{state}}","created_at":"2026-02-28 10:00:00","updated_at":"2026-02-28 10:00:05","base_currency_code":"EUR","order_currency_code":"USD","base_grand_total":11.60,"grand_total":12.76,"base_shipping_amount":5,"base_shipping_tax_amount":0,"base_discount_amount":0,"base_tax_amount":0.60,"items":[{{items}}],"addresses":[{"address_type":"billing","country_id":"FR"},{"address_type":"shipping","country_id":"DE","postcode":"10115"}]{{more}}}""";

    public static string Memo(string items, string total, string more = "") =>
        $$"""{"entity_id":"9","order_id":"673","increment_id":"000000001","state":2,"created_at":"2026-02-28 12:00:00","base_currency_code":"EUR","order_currency_code":"USD","base_grand_total":{{total}},"grand_total":99,"items":[{{items}}]{{more}}}""";

    public static string MemoItem(string back = "false") =>
        $$"""{"product_id":"27","sku":"MUG","name":"Mug","qty":1,"base_row_total":3.00,"base_tax_amount":0.30,"base_discount_amount":0,"order_item_id":"1","back_to_stock":{{back}}}""";

    public const string Stock = """{"item_id":"25","product_id":"27","stock_id":1,"qty":"7","is_in_stock":"1","manage_stock":"1"}""";

    public const string Product =
        """{"entity_id":"27","sku":"MUG","name":"Mug","type_id":"simple","status":"1","price":"10.000000","special_price":"8.000000","special_from_date":"2026-02-01 00:00:00","special_to_date":null,"updated_at":"2026-02-28 10:00:00"}""";
}
