using Stockgate.Domain.Ingest.Shopware;

namespace Stockgate.Domain.Tests.Ingest.Shopware;

/// <summary>Small deliveries of Shopware.</summary>
internal static class ShopwareDeliveries
{
    public static VendorShop Shop(Currency? currency = null, string channel = "shop") =>
        new(new ShopwareTranslator(VendorShop.Settings(currency, channel)));

    // 2026-02-28 12:00 UTC
    public static string Event(string name, string payload) =>
        $$$"""{"data":{"payload":{{{payload}}},"event":"{{{name}}}"},"source":{"url":"https://shop.example","appVersion":"1.0.0","shopId":"s-1","eventId":"e-1"},"timestamp":1772280000}""";

    public static string OrderEvent(string name, string order) => Event(name, $"{{\"order\":{order}}}");

    public const string Line =
        """{"id":"l-1","productId":"p-1","type":"product","label":"Mug","quantity":2,"unitPrice":3.0,"totalPrice":6.0,"payload":{"productNumber":"MUG"},"price":{"unitPrice":3.0,"quantity":2,"totalPrice":6.0,"calculatedTaxes":[{"tax":0.6,"taxRate":10,"price":6.0}]},"parentId":null}""";

    /// <summary>Two mugs, 0.60 tax on top, shipping 5.00: 11.60.</summary>
    public static string Order(string lines = Line, string more = "", string tax = "net", string total = "11.6") =>
        $$"""{"id":"o-1","orderNumber":"10001","orderDateTime":"2026-02-28T10:00:00.000+00:00","amountTotal":{{total}},"taxStatus":"{{tax}}","shippingTotal":5.0,"shippingCosts":{"totalPrice":5.0,"calculatedTaxes":[]},"currency":{"isoCode":"EUR"},"lineItems":[{{lines}}],"deliveries":null{{more}}}""";
}
