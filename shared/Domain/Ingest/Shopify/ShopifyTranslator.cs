using System.Text.Json;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Orders;

namespace Stockgate.Domain.Ingest.Shopify;

/// <summary>
/// Makes canonical events of Shopify deliveries. What happens once (an order, a refund, a parcel) is known by its own
/// id, so that the same order, sent again under a new webhook id,
/// is the same event. What is said again and again (a level, a product's data) is known by the id of the event:
/// Shopify's times have whole seconds, and two levels of one second are two.
/// </summary>
public sealed class ShopifyTranslator(ChannelShop shop)
{
    private readonly ShopEvents events = new("shopify", shop);

    /// <summary>The inventory item that an inventory level is about, to look its SKU up by; null if the body names none.</summary>
    public static string? InventoryItem(JsonElement body)
    {
        try
        {
            return body.ValueKind == JsonValueKind.Object ? new JsonFields(body, "").OptionalId("inventory_item_id") : null;
        }
        catch (Exception broken) when (broken is FieldException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <param name="topic">The header X-Shopify-Topic.</param>
    /// <param name="body">The delivery's body.</param>
    /// <param name="stocked">The SKU of the inventory item that the body names, where it is known. Only inventory levels need it.</param>
    /// <param name="now">Our clock.</param>
    /// <param name="headers">What the delivery says beside its body.</param>
    public Translation Translate(string topic, JsonElement body, Sku? stocked, DateTimeOffset now, DeliveryHeaders? headers = null)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return Translation.Rejected("", "must be an object");
        if (topic.Length == 0)
            return Translation.Rejected("X-Shopify-Topic", "is missing; Shopify sends the topic in it");
        if (!ShopifyTopics.All.Contains(topic))
            return Translation.Ignored($"the topic '{Clip.To(topic, ShownOfTopic)}' is not used; the subscription can be removed");
        return Translation.Of(() => Events(topic, body, stocked, headers ?? DeliveryHeaders.None, now), now);
    }

    private IEnumerable<TranslatedEvent> Events(string topic, JsonElement body, Sku? stocked, DeliveryHeaders headers, DateTimeOffset now)
    {
        var fields = new JsonFields(body, "");
        // An order is known by its own id: the text of a body, which is as long as the body, is made for what is said again and again.
        Saying Said() => new(headers.Mark(body), headers.SequenceAt(now));
        return topic switch
        {
            ShopifyTopics.OrdersCreate => ShopifyOrder.Of(fields, this),
            ShopifyTopics.OrdersCancelled => [Cancelled(fields)],
            ShopifyTopics.RefundsCreate => ShopifyRefund.Of(fields, this),
            ShopifyTopics.FulfillmentsCreate or ShopifyTopics.FulfillmentsUpdate => ShopifyFulfilment.Of(fields, this),
            ShopifyTopics.InventoryLevelsUpdate => [Counted(fields, stocked, Said())],
            ShopifyTopics.ProductsUpdate => Product(fields, Said()),
            _ => throw new ArgumentOutOfRangeException(nameof(topic), topic, "no topic of ShopifyTopics"),
        };
    }

    private const int ShownOfTopic = 60;

    internal ChannelShop Shop => shop;

    internal TranslatedEvent Event(string id, DateTimeOffset at, ChannelEvent data, long sequence = 0) => events.Of(id, at, data, sequence);

    internal TranslatedEvent Cancelled(JsonFields order) =>
        Event(
            $"order:{order.Id("id")}:cancelled",
            order.OptionalTime("cancelled_at") ?? order.Time("updated_at"),
            new OrderCancelled { OrderId = new OrderId(order.Id("id")), Reason = order.OptionalText("cancel_reason") }
        );

    private TranslatedEvent Counted(JsonFields level, Sku? stocked, Saying said)
    {
        var item = level.Id("inventory_item_id");
        var sku =
            stocked
            ?? throw new FieldException(
                "inventory_item_id",
                $"{item} is unknown: send products/update for its product, then replay this record"
            );
        var (place, at) = (level.Id("location_id"), level.Time("updated_at"));
        return Event(
            ItemLevels.IdOf(item, place, said.Mark),
            at,
            new StockCounted
            {
                // Shopify sends null for an item that it no longer tracks there.
                Sku = sku,
                Location = shop.LocationOf(place),
                Basis = CountBasis.Available,
                Quantity = level.IsNull("available") ? null : new Quantity(level.Number("available")),
            },
            said.Sequence
        );
    }

    private IEnumerable<TranslatedEvent> Product(JsonFields product, Saying said)
    {
        var (id, at) = (product.Id("id"), product.OptionalTime("updated_at") ?? product.Time("created_at"));
        var title = product.OptionalText("title") ?? throw new FieldException("title", "is missing or blank");
        foreach (var variant in product.List("variants"))
        {
            var (sku, number) = (variant.Sku("id"), variant.Id("id"));
            var name = variant.OptionalText("title") is { } own and not "Default Title" ? $"{title} · {own}" : title;
            var ids = new Dictionary<string, string> { ["product"] = id, ["variant"] = number };
            if (variant.OptionalId("inventory_item_id") is { } item)
                ids["inventory_item"] = item;
            yield return Event(
                $"variant:{number}:{said.Mark}",
                at,
                new ProductUpdated
                {
                    Sku = sku,
                    Title = name,
                    Category = product.OptionalText("product_type"),
                    Brand = product.OptionalText("vendor"),
                    Active = (product.OptionalText("status") ?? "active") == "active",
                    ChannelIds = ids,
                },
                said.Sequence
            );
            yield return Event(
                $"variant:{number}:{said.Mark}:price",
                at,
                new PriceChanged
                {
                    Sku = sku,
                    Price = variant.Number("price"),
                    Currency = shop.Currency,
                    SalesChannel = shop.Channel.Value,
                    CompareAt = variant.OptionalNumber("compare_at_price"),
                },
                said.Sequence
            );
        }
    }

    // What tells one saying about a thing from the others, and which of one moment came later.
    private readonly record struct Saying(string Mark, long Sequence);
}
