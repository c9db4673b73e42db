using Stockgate.Domain.Ingest.Commercetools;

namespace Stockgate.Domain.Tests.Ingest.Commercetools;

/// <summary>Small deliveries of commercetools.</summary>
internal static class CommercetoolsDeliveries
{
    public static VendorShop Shop(Currency? currency = null) => new(new CommercetoolsTranslator(VendorShop.Settings(currency)));

    public static string Money(long cents, string currency = "EUR", int digits = 2) =>
        $$"""{"type":"centPrecision","currencyCode":"{{currency}}","centAmount":{{cents}},"fractionDigits":{{digits}}}""";

    /// <summary>A message about the order o-1.</summary>
    public static string Message(string type, string more, string id = "m-1", int number = 2, string resource = "order:o-1")
    {
        var parts = resource.Split(':');
        return $$"""{"notificationType":"Message","projectKey":"p","id":"{{id}}","version":1,"sequenceNumber":{{number}},"resource":{"typeId":"{{parts[0]}}","id":"{{parts[1]}}"},"resourceVersion":{{number}},"type":"{{type}}","createdAt":"2026-02-28T1{{number}}:00:00.000Z","lastModifiedAt":"2026-02-28T1{{number}}:00:00.000Z",{{more}}}""";
    }

    /// <summary>Two mugs of 3.00 with 10 % tax on top.</summary>
    public static readonly string Line =
        $$$"""{"id":"l-1","productId":"p-1","name":{"en":"Mug"},"variant":{"id":1,"sku":"MUG"},"quantity":2,"price":{"value":{{{Money(300)}}}},"totalPrice":{{{Money(600)}}},"supplyChannel":{"typeId":"channel","id":"wh-1"},"taxRate":{"amount":0.1,"includedInPrice":false},"taxedPrice":{"totalNet":{{{Money(600)}}},"totalGross":{{{Money(660)}}}}}""";

    public static string Order(string? lines = null, string more = "") =>
        $$$"""{"type":"Order","id":"o-1","version":1,"createdAt":"2026-02-28T10:00:00.000Z","lastModifiedAt":"2026-02-28T10:00:00.000Z","orderState":"Open","totalPrice":{{{Money(600)}}},"lineItems":[{{{lines ?? Line}}}],"customLineItems":[]{{{more}}}}""";

    public static string Created(string? lines = null, string more = "") =>
        Message("OrderCreated", $"\"order\":{Order(lines, more)}", "m-0", 1);
}
