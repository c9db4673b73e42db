using Stockgate.Domain.Ingest.Square;

namespace Stockgate.Domain.Tests.Ingest.Square;

/// <summary>Small deliveries of Square.</summary>
internal static class SquareDeliveries
{
    public static VendorShop Shop(Currency? currency = null, string channel = "shop") =>
        new(new SquareTranslator(VendorShop.Settings(currency, channel)));

    public const string ItemCatalog =
        """{"objects":[{"type":"ITEM","id":"I1","updated_at":"2026-02-28T09:00:00.123Z","version":5,"item_data":{"name":"Mug","variations":[{"type":"ITEM_VARIATION","id":"V1","version":5,"item_variation_data":{"item_id":"I1","name":"Regular","sku":"MUG","price_money":{"amount":300,"currency":"EUR"}}}]}}]}""";

    public static string Money(long amount, string currency = "EUR") => $$"""{"amount":{{amount}},"currency":"{{currency}}"}""";

    public static string Event(string type, string inner, string kind) =>
        $$$"""{"merchant_id":"M","type":"{{{type}}}","event_id":"e-1","created_at":"2026-02-28T10:00:00.455006797Z","data":{"type":"{{{kind}}}","id":"x","object":{"{{{kind}}}":{{{inner}}} } } }""";

    public static string Count(string state = "IN_STOCK", string item = "V1") =>
        $$$"""{"type":"inventory.count.updated","event_id":"e-1","data":{"type":"inventory_counts","object":{"inventory_counts":[{"calculated_at":"2026-02-28T10:00:00.10296Z","catalog_object_id":"{{{item}}}","catalog_object_type":"ITEM_VARIATION","location_id":"wh-1","quantity":"90","state":"{{{state}}}"}] } } }""";

    public static string Payment(string status = "COMPLETED") =>
        Event(
            "payment.updated",
            $$"""{"id":"P1","order_id":"O1","status":"{{status}}","amount_money":{{Money(1000)}},"total_money":{{Money(1100)}},"tip_money":{{Money(100)}},"created_at":"2026-02-28T10:00:00Z","updated_at":"2026-02-28T10:00:01Z"}""",
            "payment"
        );

    public static string Refund(string status, int second = 1, long amount = 330, string currency = "EUR") =>
        Event(
            "refund.updated",
            $$"""{"id":"R1","payment_id":"P1","order_id":"O-return","status":"{{status}}","amount_money":{{Money(amount, currency)}},"created_at":"2026-02-28T12:00:00Z","updated_at":"2026-02-28T12:00:0{{second}}Z"}""",
            "refund"
        );
}
