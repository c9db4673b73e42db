using System.Text.Json;

namespace Stockgate.Domain.Ingest.AdobeCommerce;

/// <summary>
/// Makes canonical events of Adobe Commerce's observer events: as Adobe I/O Events delivers them, and as its webhooks post them, whose
/// bodies have no type. Facts: https://developer.adobe.com/commerce/extensibility/events/events-reference
/// </summary>
public sealed class AdobeCommerceTranslator(ChannelShop shop) : BodyTranslator
{
    private const string Order = "sales_order_save_after",
        CreditMemo = "sales_order_creditmemo_save_after",
        Shipment = "sales_order_shipment_save_after",
        Stock = "cataloginventory_stock_item_save_after",
        Product = "catalog_product_save_after",
        Marker = "observer.",
        Committed = "_commit_after";

    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        Order,
        "sales_order_place_after",
        "order_cancel_after",
        "sales_order_cancel_after",
        CreditMemo,
        Shipment,
        Stock,
        Product,
    };

    private readonly ShopEvents events = new("adobe-commerce", shop);

    /// <summary>Whether Adobe Commerce has such an event and something may follow from it.</summary>
    public static bool IsTopic(string topic) => Types.Contains(topic);

    private protected override (string? Id, string? Type) NameOf(JsonFields record) =>
        (record.OptionalId("event_id") ?? record.OptionalId("id"), TypeOf(record, SubjectOf(ValueOf(record))));

    private protected override Lookup LookupOf(JsonFields record)
    {
        var subject = SubjectOf(ValueOf(record));
        return TypeOf(record, subject) == Stock && subject.OptionalId("product_id") is { } item ? new([item]) : Lookup.None;
    }

    private protected override Translation Read(JsonElement record, Found found, DateTimeOffset now)
    {
        var body = new JsonFields(record, "");
        var value = SubjectOf(ValueOf(body));
        var type = TypeOf(body, value);
        if (type is null)
            return Translation.Rejected("type", "is missing, and the body is no order, credit memo, shipment, stock item or product");
        var at = body.OptionalTime("time") ?? now;
        var mark = body.OptionalId("event_id") ?? DeliveryHeaders.Digest(record.GetRawText());
        return type switch
        {
            Order or "sales_order_place_after" or "order_cancel_after" or "sales_order_cancel_after" => AdobeOrder.IgnoredBecause(value)
                is { } reason
                ? Translation.Ignored(reason)
                : Translation.Of(() => AdobeOrder.Of(value, events), now),
            CreditMemo when value.OptionalId("state") == "3" => Translation.Ignored("the credit memo is cancelled"),
            CreditMemo => Translation.Of(() => AdobeCreditMemo.Of(value, events), now),
            Shipment => Translation.Of(() => AdobeShipment.Of(value, events), now),
            Stock => Translation.Of(() => [AdobeProduct.Counted(value, found, events, at, mark)], now),
            Product => Translation.Of(() => AdobeProduct.Of(value, events, at, mark), now),
            _ => Unused("event", type),
        };
    }

    // Adobe I/O Events: data.value, or event.data.value; a webhook: the value itself.
    private static JsonFields ValueOf(JsonFields record)
    {
        var outer = record.OptionalObject("event") ?? record;
        var data = outer.OptionalObject("data") ?? outer;
        return data.OptionalObject("value") ?? data;
    }

    // What the observer was given is at times one level down, under its name.
    private static JsonFields SubjectOf(JsonFields value)
    {
        if (value.Has("sku") || value.Has("grand_total") || value.Has("base_grand_total"))
            return value;
        return value.OptionalObject("creditmemo")
            ?? value.OptionalObject("shipment")
            ?? value.OptionalObject("product")
            ?? value.OptionalObject("item")
            ?? value.OptionalObject("stock_item")
            ?? value.OptionalObject("order")
            ?? value;
    }

    private static string? TypeOf(JsonFields record, JsonFields value)
    {
        var named = record.OptionalText("type") ?? record.OptionalObject("event")?.OptionalText("@type");
        if (named is not null && named.LastIndexOf(Marker, StringComparison.Ordinal) is var at and >= 0)
            return Settled(named[(at + Marker.Length)..]);
        if (named is not null && record.Has("specversion"))
            return named;
        if (value.Has("qty") && value.Has("product_id") && !value.Has("items"))
            return Stock;
        var hasTotal = value.Has("grand_total") || value.Has("base_grand_total");
        if (hasTotal)
            return value.Has("order_id") ? CreditMemo : Order;
        if (value.Has("items") && value.Has("order_id"))
            return Shipment;
        return value.Has("sku") && (value.Has("price") || value.Has("type_id") || value.Has("name")) ? Product : null;
    }

    // An event is sent within the transaction or after it, and says the same.
    private static string Settled(string name) =>
        name.EndsWith(Committed, StringComparison.Ordinal) ? string.Concat(name.AsSpan(0, name.Length - Committed.Length), "_after") : name;
}
