using System.Text.Json;

namespace Stockgate.Domain.Ingest.Commercetools;

/// <summary>
/// Makes canonical events of the messages of commercetools Subscriptions, in the platform's own format, as CloudEvents, or within an event
/// of Event Grid or EventBridge. Resources as the API has them are taken too. Facts: https://docs.commercetools.com/api/projects/messages
/// and https://docs.commercetools.com/api/projects/subscriptions
/// </summary>
public sealed class CommercetoolsTranslator(ChannelShop shop) : BodyTranslator
{
    private const string Order = "Order",
        InventoryEntry = "InventoryEntry",
        StandalonePrice = "StandalonePrice";

    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "OrderCreated",
        "OrderImported",
        "OrderStateChanged",
        "OrderPaymentStateChanged",
        "OrderShippingAddressSet",
        "OrderPaymentAdded",
        "OrderLineItemAdded",
        "DeliveryAdded",
        "DeliveryItemsUpdated",
        "DeliveryRemoved",
        "ParcelAddedToDelivery",
        "ReturnInfoAdded",
        "ReturnInfoSet",
        "PaymentCreated",
        "PaymentTransactionAdded",
        "PaymentTransactionStateChanged",
        "InventoryEntryCreated",
        "InventoryEntryQuantitySet",
        "InventoryEntryDeleted",
        "StandalonePriceCreated",
        "StandalonePriceValueChanged",
        "StandalonePriceDiscountSet",
        "ProductPublished",
        Order,
        InventoryEntry,
        StandalonePrice,
    };

    private readonly ShopEvents events = new("commercetools", shop);

    /// <summary>Whether commercetools has such a message and events may follow from it.</summary>
    public static bool IsTopic(string topic) => Types.Contains(topic);

    /// <summary>A page of messages or resources, as the API answers, is its results.</summary>
    public override IReadOnlyList<JsonElement> RecordsOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && root.TryGetProperty("results", out var results)
        && results.ValueKind == JsonValueKind.Array
            ? base.RecordsOf(results)
            : base.RecordsOf(root);

    private protected override (string? Id, string? Type) NameOf(JsonFields record)
    {
        var inner = Inside(record);
        return (inner.OptionalId("id") ?? record.OptionalId("id"), TypeOf(inner));
    }

    private protected override Lookup LookupOf(JsonFields record) => new([], CommercetoolsIds.OwnerOf(Inside(record)));

    private protected override Translation Read(JsonElement record, Found found, DateTimeOffset now)
    {
        var body = Inside(new JsonFields(record, ""));
        var kind = body.OptionalText("notificationType");
        if (kind is "ResourceCreated" or "ResourceUpdated" or "ResourceDeleted")
            return Translation.Ignored(
                $"a notification of kind {kind} holds no data; in the subscription choose 'messages' with the resource types order, "
                    + "inventory-entry, standalone-price, product and payment instead of 'changes'"
            );
        if (kind is not (null or "Message"))
            return Unused("notification", kind);
        if (body.Has("payloadNotIncluded"))
            return Translation.Rejected(
                body.PathOf("payloadNotIncluded"),
                "says that the message was too large to be sent; get it from the Messages API by its id and post it to this channel"
            );
        var type = TypeOf(body);
        if (type is null)
            return Translation.Rejected(body.PathOf("type"), "is missing; commercetools names the message in it");
        if (!Types.Contains(type))
            return Unused("message", type);
        var message = new CommercetoolsMessage(type, body, record, events, found, now);
        return message.IgnoredBecause() is { } reason
            ? Translation.Ignored(reason) with
            {
                Ids = CommercetoolsIds.Of(body),
            }
            : Translation.Of(message.Events, now) with
            {
                Ids = CommercetoolsIds.Of(body),
            };
    }

    // CloudEvents and Event Grid have the message as their data, EventBridge as its detail.
    private static JsonFields Inside(JsonFields record)
    {
        if (record.OptionalObject("data") is { } data)
            return data;
        return record.OptionalObject("detail") is { } detail ? detail : record;
    }

    private static string? TypeOf(JsonFields body)
    {
        if (body.Has("lineItems") && body.Has("orderState"))
            return Order;
        if (body.OptionalText("type") is { } type)
            return type;
        if (body.Has("sku") && body.Has("quantityOnStock"))
            return InventoryEntry;
        return body.Has("sku") && body.OptionalObject("value") is not null ? StandalonePrice : null;
    }
}
