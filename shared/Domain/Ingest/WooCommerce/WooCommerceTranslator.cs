using System.Text.Json;

namespace Stockgate.Domain.Ingest.WooCommerce;

/// <summary>
/// Makes canonical events of WooCommerce deliveries: orders with what became of them, refunds, products and variations. A delivery holds
/// the whole resource, again with every change. Facts: https://woocommerce.github.io/woocommerce-rest-api-docs/ and
/// https://woocommerce.com/document/webhooks/
/// </summary>
public sealed class WooCommerceTranslator(ChannelShop shop)
{
    /// <summary>The header that names the topic, such as <c>order.updated</c>.</summary>
    public const string TopicHeader = "X-WC-Webhook-Topic";

    private const int ShownOfTopic = 60;

    private static readonly string[] Resources = ["order", "refund", "product"],
        Changes = ["created", "updated", "restored", "deleted"];

    /// <summary>Whether WooCommerce has such a topic and events may follow from it.</summary>
    public static bool IsTopic(string topic) =>
        topic.Split('.') is [var resource, var change] && Resources.Contains(resource) && Changes.Contains(change);

    private readonly ShopEvents events = new("woocommerce", shop);

    /// <param name="topic">The header <see cref="TopicHeader"/>: resource and event with a point between.</param>
    /// <param name="body">The delivery's body.</param>
    /// <param name="now">Our clock.</param>
    public Translation Translate(string topic, JsonElement body, DateTimeOffset now)
    {
        if (topic.Length == 0)
            return Translation.Rejected(TopicHeader, "is missing; WooCommerce sends the topic in it");
        if (body.ValueKind != JsonValueKind.Object)
            return Translation.Rejected("", "must be an object");
        var fields = new JsonFields(body, "");
        var (resource, change) = topic.Split('.', 2) is [var left, var right] ? (left, right) : (topic, "");
        if (change == "deleted")
            return Translation.Ignored("a deletion names an id alone; an order that is called off is cancelled, a product is unpublished");
        return resource switch
        {
            "order" when WooOrder.IgnoredBecause(fields) is { } reason => Translation.Ignored(reason),
            "order" => Translation.Of(() => WooOrder.Of(fields, events), now),
            "refund" or "order_refund" or "shop_order_refund" => Translation.Of(() => WooRefund.Of(fields, events), now),
            "product" or "variation" or "product_variation" => Translation.Of(() => WooProduct.Of(fields, body, events, now), now),
            _ => Translation.Ignored($"the topic '{Clip.To(topic, ShownOfTopic)}' is not used; the webhook can be removed"),
        };
    }
}
