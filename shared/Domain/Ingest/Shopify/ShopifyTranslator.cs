using System.Text.Json;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Orders;

namespace Stockgate.Domain.Ingest.Shopify;

/// <summary>
/// Makes canonical events of Shopify deliveries. What happens once (an order, a refund, a parcel) is known by its own
/// id, so that the same order, sent again under a new webhook id,
/// is the same event. What is said again and again (a level, a product's data) is known by the id of the event:
/// Shopify's times have whole seconds, and two levels of one second are two.
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
    /// <param name="headers">What the delivery says beside its body.</param>
    public Translation Translate(string topic, JsonElement body, Sku? stocked, DateTimeOffset now, ShopifyHeaders? headers = null)
    {
        if (body.ValueKind != JsonValueKind.Object) return Translation.Rejected("", "must be an object");
        var fields = new ShopifyFields(body, "");
        try
        {
            var said = new Saying((headers ?? ShopifyHeaders.None).Mark(body.GetRawText()),
                (headers ?? ShopifyHeaders.None).SequenceAt(now));
            TranslatedEvent[] events = topic switch
            {
                ShopifyTopics.OrdersCreate => [.. OrderCreated(fields)],
                ShopifyTopics.OrdersCancelled => [Cancelled(fields)],
                ShopifyTopics.RefundsCreate => [.. Refunded(fields)],
                ShopifyTopics.FulfillmentsCreate => [.. Fulfilled(fields)],
                ShopifyTopics.InventoryLevelsUpdate => [Counted(fields, stocked, said)],
                ShopifyTopics.ProductsUpdate => [.. Product(fields, said)],
                _ => throw new FieldException("X-Shopify-Topic", $"'{topic}' is not translated; remove the subscription or ask for it"),
            };
            foreach (var made in events)
            {
                if (Moment.Mistake(made.Header.OccurredAt, now) is { } impossible)
                    return new Translation([], new Rejection("updated_at", impossible) { OfClock = true });
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

    private const int PostalAreaCharacters = 3, LongestId = 240, ShownOfId = 150;

    private TranslatedEvent Event(string id, DateTimeOffset at, ChannelEvent data, long sequence = 0) =>
        new(new EventHeader(shop.Channel, source, Bounded(id), at, sequence), data);

    // An event's id has 256 characters, and what it is made of may have more.
    private static string Bounded(string id) => id.Length <= LongestId ? id : $"{id[..ShownOfId]}~{ShopifyHeaders.Digest(id)}";

    private IEnumerable<TranslatedEvent> OrderCreated(ShopifyFields order)
    {
        var id = order.Id("id");
        var atTill = order.OptionalText("source_name") == "pos" && order.OptionalText("fulfillment_status") == "fulfilled";
        yield return Event($"order:{id}", order.Time("created_at"), new OrderPlaced
        {
            OrderId = new OrderId(id),
            Currency = order.OptionalCurrency("currency") ?? shop.Currency,
            Location = shop.LocationOf(order.OptionalId("location_id")),
            CustomerId = order.OptionalObject("customer")?.OptionalId("id"),
            Country = order.OptionalObject("shipping_address")?.OptionalText("country_code"),
            ShipTo = order.OptionalObject("shipping_address") is { } to ? ShipTo(to) : null,
            Fulfilment = atTill ? Fulfilment.Immediate : Fulfilment.Open,
            Lines = [.. order.List("line_items").Select(Line)],
        });
        if (order.OptionalTime("cancelled_at") is not null) yield return Cancelled(order);
    }

    // As coarse as a decision needs it: three characters of the postal code, a tenth of a degree. Name and street are passed over.
    private static ShipTo? ShipTo(ShopifyFields to)
    {
        var area = to.OptionalText("zip") is { } zip ? string.Concat(zip.Where(char.IsLetterOrDigit).Take(PostalAreaCharacters)).ToUpperInvariant() : null;
        var (latitude, longitude) = (to.OptionalNumber("latitude"), to.OptionalNumber("longitude"));
        var isPlace = latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180;
        var coarse = new ShipTo
        {
            Country = to.OptionalText("country_code"), PostalArea = string.IsNullOrEmpty(area) ? null : area, Latitude = isPlace ? latitude : null, Longitude = isPlace ? longitude : null,
        };
        return coarse == new ShipTo() ? null : coarse;
    }

    private static OrderLine Line(ShopifyFields line)
    {
        var discount = line.OptionalNumber("total_discount") ?? 0;
        var allocated = line.List("discount_allocations").Sum(d => d.OptionalNumber("amount") ?? 0);
        // total_discount holds what was taken off the line itself, discount_allocations every discount's share of it; the larger one is the whole.
        return new OrderLine
        {
            Sku = line.Sku("variant_id"),
            Description = line.OptionalText("title") ?? line.OptionalText("name") ?? throw new FieldException(line.PathOf("title"), "is missing or blank"),
            Quantity = new Quantity(line.Number("quantity")),
            UnitPrice = line.Number("price"),
            Discount = Math.Max(discount, allocated),
        };
    }

    private TranslatedEvent Cancelled(ShopifyFields order) => Event($"order:{order.Id("id")}:cancelled", order.OptionalTime("cancelled_at") ?? order.Time("updated_at"), new OrderCancelled
    {
        OrderId = new OrderId(order.Id("id")), Reason = order.OptionalText("cancel_reason"),
    });

    private IEnumerable<TranslatedEvent> Refunded(ShopifyFields refund)
    {
        var (id, orderId, at) = (refund.Id("id"), new OrderId(refund.Id("order_id")), refund.Time("created_at"));
        var currency = refund.List("transactions").Select(t => t.OptionalCurrency("currency")).FirstOrDefault(c => c is not null) ?? shop.Currency;
        var adjustment = -refund.List("order_adjustments").Sum(a => a.OptionalNumber("amount") ?? 0);
        // One event for what never left, one for each place that goods came back to, one for what the customer keeps.
        var groups = refund.List("refund_line_items").Select(item => (Item: item, Kind: item.OptionalText("restock_type") ?? "no_restock", Place: item.OptionalId("location_id")))
            .GroupBy(item => (Unshipped: item.Kind == "cancel", RestockedAt: item.Kind is "return" or "legacy_restock" ? shop.LocationOf(item.Place) : (LocationId?)null))
            .OrderBy(g => g.Key.ToString(), StringComparer.Ordinal).ToList();
        if (groups.Count == 0)
        {
            var paid = adjustment != 0 ? adjustment : refund.List("transactions").Sum(t => t.OptionalNumber("amount") ?? 0);
            yield return Event($"refund:{id}", at, new OrderRefunded { OrderId = orderId, RefundId = id, Currency = currency, Adjustment = paid });
        }
        for (var i = 0; i < groups.Count; i++)
        {
            var number = i == 0 ? id : $"{id}-{i + 1}";
            yield return Event($"refund:{number}", at, new OrderRefunded
            {
                OrderId = orderId, RefundId = number, Currency = currency, Unshipped = groups[i].Key.Unshipped, RestockedAt = groups[i].Key.RestockedAt,
                Adjustment = i == 0 ? adjustment : 0, Lines = [.. groups[i].Select(item => RefundLine(item.Item))],
            });
        }
    }

    private static OrderLine RefundLine(ShopifyFields item)
    {
        var line = item.OptionalObject("line_item") ?? throw new FieldException(item.PathOf("line_item"), "is missing");
        var quantity = item.Number("quantity");
        var price = line.Number("price");
        return new OrderLine
        {
            Sku = line.Sku("variant_id"), Description = line.OptionalText("title") ?? "refunded item", Quantity = new Quantity(quantity),
            UnitPrice = price, Discount = price * quantity - (item.OptionalNumber("subtotal") ?? price * quantity),
        };
    }

    private IEnumerable<TranslatedEvent> Fulfilled(ShopifyFields fulfilment)
    {
        var (id, orderId, at) = (fulfilment.Id("id"), new OrderId(fulfilment.Id("order_id")), fulfilment.Time("created_at"));
        var location = shop.LocationOf(fulfilment.OptionalId("location_id"));
        yield return Event($"fulfillment:{id}", at, new OrderShipped
        {
            OrderId = orderId, ShipmentId = id,
            Lines = [.. fulfilment.List("line_items").Select(line => new AllocatedLine { Sku = line.Sku("variant_id"), Location = location, Quantity = new Quantity(line.Number("quantity")) })],
        });
        if (fulfilment.OptionalText("shipment_status") == "delivered")
            yield return Event($"fulfillment:{id}:delivered", fulfilment.OptionalTime("updated_at") ?? at, new OrderDelivered { OrderId = orderId, ShipmentId = id });
    }

    private TranslatedEvent Counted(ShopifyFields level, Sku? stocked, Saying said)
    {
        var item = level.Id("inventory_item_id");
        var sku = stocked ?? throw new FieldException("inventory_item_id", $"{item} is not known yet: send products/update of its product, then replay this record");
        var (place, at) = (level.Id("location_id"), level.Time("updated_at"));
        return Event(ShopifyLevels.IdOf(item, place, said.Mark), at, new StockCounted
        {
            // Shopify says null of an item that it stopped tracking there.
            Sku = sku, Location = shop.LocationOf(place), Basis = CountBasis.Available,
            Quantity = level.IsNull("available") ? null : new Quantity(level.Number("available")),
        }, said.Sequence);
    }

    private IEnumerable<TranslatedEvent> Product(ShopifyFields product, Saying said)
    {
        var (id, at) = (product.Id("id"), product.OptionalTime("updated_at") ?? product.Time("created_at"));
        var title = product.OptionalText("title") ?? throw new FieldException("title", "is missing or blank");
        foreach (var variant in product.List("variants"))
        {
            var (sku, number) = (variant.Sku("id"), variant.Id("id"));
            var name = variant.OptionalText("title") is { } own and not "Default Title" ? $"{title} · {own}" : title;
            var ids = new Dictionary<string, string> { ["product"] = id, ["variant"] = number };
            if (variant.OptionalId("inventory_item_id") is { } item) ids["inventory_item"] = item;
            yield return Event($"variant:{number}:{said.Mark}", at, new ProductUpdated
            {
                Sku = sku, Title = name, Category = product.OptionalText("product_type"), Brand = product.OptionalText("vendor"),
                Active = (product.OptionalText("status") ?? "active") == "active", ChannelIds = ids,
            }, said.Sequence);
            yield return Event($"variant:{number}:{said.Mark}:price", at, new PriceChanged
            {
                Sku = sku, Price = variant.Number("price"), Currency = shop.Currency, SalesChannel = shop.Channel.Value, CompareAt = variant.OptionalNumber("compare_at_price"),
            }, said.Sequence);
        }
    }

    // What tells one saying about a thing from the others, and which of one moment came later.
    private readonly record struct Saying(string Mark, long Sequence);
}
