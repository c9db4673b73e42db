using System.Text.Json;
using Stockgate.Domain.Ingest.Shopify;

namespace Stockgate.Domain.Tests.Ingest.Shopify;

/// <summary>A shop whose deliveries are translated, and small deliveries of it.</summary>
internal static class Shop
{
    public static readonly ShopifyTranslator Translator = new(
        new ChannelShop(
            new ChannelId("shop"),
            new LocationId("shop-online"),
            new Dictionary<string, string> { ["905684977"] = "warehouse", ["1"] = "store-1" },
            Given.Gbp
        )
    );

    public static Translation Translate(string topic, string body, string? stocked = null, DeliveryHeaders? headers = null)
    {
        using var document = JsonDocument.Parse(body);
        return Translator.Translate(topic, document.RootElement, stocked is null ? null : new Sku(stocked), Given.Now, headers);
    }

    /// <summary>The events of a delivery that must be taken; each also stands the way through the queue.</summary>
    public static IReadOnlyList<TranslatedEvent> Events(string topic, string body, string? stocked = null)
    {
        var translation = Translate(topic, body, stocked);
        Assert.Null(translation.Rejection);
        foreach (var made in translation.Events)
        {
            var read = CloudEventReader.Read(CloudEventWriter.Write(made.Header, made.Data).Span, made.Header.Channel, Given.Now);
            Assert.Null(read.Rejection);
            Assert.Equal(made.Header, read.Header);
        }
        return translation.Events;
    }

    public static Rejection Rejected(string topic, string body, string? stocked = null)
    {
        var translation = Translate(topic, body, stocked);
        Assert.Empty(translation.Events);
        return Assert.IsType<Rejection>(translation.Rejection);
    }

    public const string Line =
        """{"variant_id":11,"product_id":12,"title":"Mug","quantity":2,"price":"9.99","sku":"MUG","total_discount":"0.00","discount_allocations":[]}""";

    public static string Order(string lines = Line, string more = "") =>
        $$"""{"id":1001,"created_at":"2026-02-28T10:00:00-05:00","currency":"EUR","line_items":[{{lines}}]{{more}}}""";

    public static string Refund(string items, string more = "") =>
        $$"""{"id":77,"order_id":1001,"created_at":"2026-02-28T12:00:00Z","refund_line_items":[{{items}}]{{more}}}""";

    public static string RefundItem(
        string restock,
        string location = "null",
        string sku = "MUG",
        string quantity = "1",
        string subtotal = "9.99"
    ) =>
        $$$"""{"quantity":{{{quantity}}},"restock_type":{{{restock}}},"location_id":{{{location}}},"subtotal":{{{subtotal}}},"line_item":{"sku":"{{{sku}}}","variant_id":11,"title":"Mug","price":"9.99"}}""";

    public static string Fulfilment(string more = "") =>
        $$"""{"id":55,"order_id":1001,"created_at":"2026-02-28T12:00:00Z","location_id":1,"line_items":[{"sku":"MUG","quantity":2}]{{more}}}""";

    public static string Level(string more = "\"available\":6") =>
        $$"""{"inventory_item_id":808,"location_id":1,"updated_at":"2026-02-28T12:00:00Z",{{more}}}""";

    public static string Product(string variants, string more = "") =>
        $$"""{"id":500,"title":"Shirt","vendor":"Acme","product_type":"Clothes","status":"active","updated_at":"2026-02-28T12:00:00Z","variants":[{{variants}}]{{more}}}""";
}
