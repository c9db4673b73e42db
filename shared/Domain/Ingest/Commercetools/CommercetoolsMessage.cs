using System.Text.Json;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Commercetools;

/// <summary>One message: what follows from it, by its type.</summary>
internal sealed class CommercetoolsMessage(
    string type,
    JsonFields body,
    JsonElement record,
    ShopEvents events,
    Found found,
    DateTimeOffset now
)
{
    /// <returns>Why nothing follows from a message of a known type; null where something does.</returns>
    public string? IgnoredBecause() =>
        type switch
        {
            "OrderStateChanged" when State("orderState") is not "Cancelled" =>
                $"the order state '{State("orderState")}' changes nothing here",
            "OrderPaymentStateChanged" when CommercetoolsOrder.HeldBy(body.OptionalText("paymentState")) is null =>
                $"the payment state '{State("paymentState")}' changes nothing here",
            "OrderLineItemAdded" => "it names one line, and an order is replaced as a whole; the line's SKU is kept for its delivery",
            "OrderPaymentAdded" or "PaymentCreated" => "it moves no money; the payment's order is kept for its transactions",
            "ParcelAddedToDelivery" when Delivery()?.List("items").Count > 0 => "the delivery named its goods already",
            "ProductPublished" when CommercetoolsProduct.VariantsOf(body).Count == 0 => "it names no variant with a SKU",
            "StandalonePriceCreated" or "StandalonePrice" => CommercetoolsPrice.IgnoredBecause(Price(), now),
            "StandalonePriceValueChanged" or "StandalonePriceDiscountSet" => CommercetoolsPrice.IgnoredBecause(found),
            _ => CommercetoolsPayment.IgnoredBecause(type, body, found),
        };

    public IEnumerable<TranslatedEvent> Events()
    {
        var said = new CommercetoolsSaying(events, found, At(), Number("sequenceNumber") ?? Number("version") ?? 0, Mark());
        return type switch
        {
            "OrderCreated" or "OrderImported" => CommercetoolsOrder.Of(Inner("order"), said),
            "Order" => CommercetoolsOrder.Of(body, said),
            "OrderStateChanged" => [CommercetoolsOrder.Cancelled(OrderId(), said)],
            "OrderPaymentStateChanged" => [CommercetoolsOrder.Held(OrderId(), State("paymentState"), said)],
            "OrderShippingAddressSet" => CommercetoolsOrder.Moved(OrderId(), body, said),
            "DeliveryAdded" or "DeliveryItemsUpdated" or "DeliveryRemoved" or "ParcelAddedToDelivery" =>
            [
                CommercetoolsDelivery.Of(type, OrderId(), body, said),
            ],
            "ReturnInfoAdded" => CommercetoolsReturn.Of(OrderId(), [Inner("returnInfo")], said),
            "ReturnInfoSet" => CommercetoolsReturn.Of(OrderId(), body.List("returnInfo"), said),
            "PaymentTransactionAdded" or "PaymentTransactionStateChanged" => CommercetoolsPayment.Of(type, body, said),
            "InventoryEntryCreated" => [CommercetoolsStock.Of(Inner("inventoryEntry"), said)],
            "InventoryEntry" => [CommercetoolsStock.Of(body, said)],
            "InventoryEntryQuantitySet" or "InventoryEntryDeleted" => [CommercetoolsStock.Changed(type, body, said)],
            "StandalonePriceCreated" or "StandalonePrice" => [CommercetoolsPrice.Of(Price(), said)],
            "StandalonePriceValueChanged" or "StandalonePriceDiscountSet" => [CommercetoolsPrice.Changed(type, body, said)],
            _ => CommercetoolsProduct.Of(body, said),
        };
    }

    private string State(string name) => Clip.To(body.OptionalText(name) ?? "", 60);

    private JsonFields? Delivery() => body.OptionalObject("delivery");

    private JsonFields Inner(string name) =>
        body.OptionalObject(name) is { } inner ? inner : throw new FieldException(body.PathOf(name), "is missing");

    private JsonFields Price() => body.OptionalObject("standalonePrice") is { } price ? price : body;

    private OrderId OrderId() => new(body.OptionalId("orderId") ?? body.OptionalObject("resource")?.OptionalId("id") ?? body.Id("orderId"));

    private DateTimeOffset At() => body.OptionalTime(body.Has("resource") ? "createdAt" : "lastModifiedAt") ?? body.Time("createdAt");

    private long? Number(string name) => body.OptionalNumber(name) is { } number ? (long)number : null;

    // A message has an id of its own; a resource is told apart from its earlier states by what it says.
    private string Mark() => body.Has("resource") ? body.Id("id") : DeliveryHeaders.Digest(record.GetRawText());
}

/// <summary>What the events of one message have in common.</summary>
/// <param name="Events">Gives them their identity.</param>
/// <param name="Found">By the lookup.</param>
/// <param name="At">When it was said.</param>
/// <param name="Sequence">Its number among the resource's messages.</param>
/// <param name="Mark">Its id.</param>
internal sealed record CommercetoolsSaying(ShopEvents Events, Found Found, DateTimeOffset At, long Sequence, string Mark)
{
    public ChannelShop Shop => Events.Shop;

    public TranslatedEvent Event(string id, ChannelEvent data) => Events.Told(id, At, data, Sequence);
}
