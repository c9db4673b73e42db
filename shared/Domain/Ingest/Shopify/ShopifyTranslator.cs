using System.Globalization;
using System.Text.Json;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Orders;

namespace Stockgate.Domain.Ingest.Shopify;

/// <summary>
/// Makes canonical events of Shopify deliveries. Event ids come from what a delivery is about, not from the delivery, so that the same order, sent again under a new webhook id, is
/// the same event.
/// </summary>
public sealed class ShopifyTranslator(ShopifyShop shop)
{
    private readonly string source = $"shopify/{shop.Channel}";

    /// <summary>The inventory item that an inventory level is about, to look its SKU up by; null where the body names none.</summary>
    public static string? InventoryItem(JsonElement body)
    {
        try
        {
            return body.ValueKind == JsonValueKind.Object ? new ShopifyFields(body, "").OptionalId("inventory_item_id") : null;
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
    public Translation Translate(string topic, JsonElement body, Sku? stocked, DateTimeOffset now)
    {
        if (body.ValueKind != JsonValueKind.Object) return Translation.Rejected("", "must be an object");
        var fields = new ShopifyFields(body, "");
        try
        {
            TranslatedEvent[] events = topic switch
            {
                ShopifyTopics.OrdersCreate => [.. ShopifyOrder.Of(fields, this)],
                ShopifyTopics.OrdersCancelled => [Cancelled(fields)],
                ShopifyTopics.RefundsCreate => [.. ShopifyRefund.Of(fields, this)],
                ShopifyTopics.FulfillmentsCreate or ShopifyTopics.FulfillmentsUpdate => [.. ShopifyFulfilment.Of(fields, this)],
                ShopifyTopics.InventoryLevelsUpdate => [Counted(fields, stocked)],
                ShopifyTopics.ProductsUpdate => [.. Product(fields)],
                _ => throw new FieldException("X-Shopify-Topic", $"'{topic}' is not translated; remove the subscription or ask for it"),
            };
            foreach (var made in events)
            {
                if (Moment.Mistake(made.Header.OccurredAt, now) is { } impossible) return Translation.Rejected("updated_at", impossible);
                if (made.Data.Check() is { } broken) return Translation.Rejected(broken.Field, broken.Reason);
            }
            return new Translation(events, null);
        }
        catch (FieldException broken)
        {
            return new Translation([], broken.Rejection);
        }
        catch (InvalidOperationException notUnicode)
        {
            // Half a surrogate pair or broken UTF-8: JSON's grammar lets it through, and it is found when the text is read.
            return Translation.Rejected("", $"has a text that is not Unicode: {notUnicode.Message}");
        }
    }

    internal ShopifyShop Shop => shop;

    internal TranslatedEvent Event(string id, DateTimeOffset at, ChannelEvent data, long sequence = 0) => new(new EventHeader(shop.Channel, source, id, at, sequence), data);

    internal TranslatedEvent Cancelled(ShopifyFields order) => Event($"order:{order.Id("id")}:cancelled", order.OptionalTime("cancelled_at") ?? order.Time("updated_at"), new OrderCancelled
    {
        OrderId = new OrderId(order.Id("id")), Reason = order.OptionalText("cancel_reason"),
    });

    private TranslatedEvent Counted(ShopifyFields level, Sku? stocked)
    {
        var item = level.Id("inventory_item_id");
        var sku = stocked ?? throw new FieldException("inventory_item_id", $"{item} is not known yet: send products/update of its product, then replay this record");
        var (place, at) = (level.Id("location_id"), level.Time("updated_at"));
        return Event($"inventory:{item}:{place}:{at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}", at, new StockCounted
        {
            Sku = sku, Location = shop.LocationOf(place), Quantity = new Quantity(level.Number("available")), Basis = CountBasis.Available,
        });
    }

    private IEnumerable<TranslatedEvent> Product(ShopifyFields product)
    {
        var (id, at) = (product.Id("id"), product.OptionalTime("updated_at") ?? product.Time("created_at"));
        var title = product.OptionalText("title") ?? throw new FieldException("title", "is missing or blank");
        var version = at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        foreach (var variant in product.List("variants"))
        {
            var (sku, number) = (variant.Sku("id"), variant.Id("id"));
            var name = variant.OptionalText("title") is { } own and not "Default Title" ? $"{title} · {own}" : title;
            var ids = new Dictionary<string, string> { ["product"] = id, ["variant"] = number };
            if (variant.OptionalId("inventory_item_id") is { } item) ids["inventory_item"] = item;
            yield return Event($"variant:{number}:{version}", at, new ProductUpdated
            {
                Sku = sku, Title = name, Category = product.OptionalText("product_type"), Brand = product.OptionalText("vendor"),
                Active = (product.OptionalText("status") ?? "active") == "active", ChannelIds = ids,
            });
            yield return Event($"variant:{number}:{version}:price", at, new PriceChanged
            {
                Sku = sku, Price = variant.Number("price"), Currency = shop.Currency, SalesChannel = shop.Channel.Value, CompareAt = variant.OptionalNumber("compare_at_price"),
            });
        }
    }
}
