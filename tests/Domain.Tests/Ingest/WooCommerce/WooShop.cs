using System.Text.Json;
using Stockgate.Domain.Ingest.WooCommerce;

namespace Stockgate.Domain.Tests.Ingest.WooCommerce;

/// <summary>A WooCommerce shop whose deliveries are translated, and small deliveries of it.</summary>
internal static class WooShop
{
    private static readonly WooCommerceTranslator Translator = new(
        new ChannelShop(new ChannelId("woo"), new LocationId("woo-online"), new Dictionary<string, string>(), Given.Eur)
    );

    public static Translation Translate(string topic, string body)
    {
        using var document = JsonDocument.Parse(body);
        return Translator.Translate(topic, document.RootElement, Given.Now);
    }

    /// <summary>The events of a delivery that must be taken; each also stands the way through the queue.</summary>
    public static IReadOnlyList<TranslatedEvent> Events(string topic, string body)
    {
        var translation = Translate(topic, body);
        Assert.Null(translation.Rejection);
        Assert.Null(translation.IgnoredBecause);
        foreach (var made in translation.Events)
        {
            var read = CloudEventReader.Read(CloudEventWriter.Write(made.Header, made.Data).Span, made.Header.Channel, Given.Now);
            Assert.Null(read.Rejection);
            Assert.Equal(made.Header, read.Header);
        }
        return translation.Events;
    }

    public static T The<T>(IReadOnlyList<TranslatedEvent> events)
        where T : ChannelEvent => Assert.Single(events.Select(static e => e.Data).OfType<T>());

    /// <summary>The order after deliveries in the given order.</summary>
    public static OrderDocument OrderAfter(params (string Topic, string Body)[] deliveries) =>
        deliveries
            .SelectMany(static d => Events(d.Topic, d.Body))
            .Aggregate(
                new OrderDocument { OrderId = new OrderId("727") },
                static (order, made) => order.Apply(made.Header, (OrderEvent)made.Data)
            );

    public const string Line =
        """{"id":1,"name":"Mug","product_id":93,"variation_id":0,"quantity":2,"subtotal":"6.00","total":"6.00","total_tax":"0.45","sku":"MUG"}""";

    /// <summary>An order of two mugs and shipping: 6.00 + 0.45 + 10.00.</summary>
    public static string Order(
        string status = "processing",
        string lines = Line,
        string more = "",
        string modified = "2026-02-28T10:00:05",
        string total = "16.45"
    ) =>
        $$"""{"id":727,"status":"{{status}}","currency":"USD","date_created_gmt":"2026-02-28T10:00:00","date_modified_gmt":"{{modified}}","total":"{{total}}","shipping_total":"10.00","shipping_tax":"0.00","customer_id":0,"line_items":[{{lines}}]{{more}}}""";

    /// <summary>One mug of the order goes back.</summary>
    public static string Refund(string lines, string amount, string more = "") =>
        $$"""{"id":730,"parent_id":727,"date_created_gmt":"2026-02-28T12:00:00","amount":"{{amount}}","currency":"USD","line_items":[{{lines}}]{{more}}}""";

    public const string RefundedMug =
        """{"id":9,"name":"Mug","product_id":93,"variation_id":0,"quantity":-1,"subtotal":"-3.00","total":"-3.00","total_tax":"-0.23","sku":"MUG"}""";
}
