using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Commercetools;

/// <summary>
/// Makes a shipment of a delivery. It names line items by id: their SKUs are kept when the order is created. Facts:
/// https://docs.commercetools.com/api/projects/orders#delivery
/// </summary>
internal static class CommercetoolsDelivery
{
    public static TranslatedEvent Of(string type, OrderId order, JsonFields message, CommercetoolsSaying said)
    {
        var delivery = message.OptionalObject("delivery") ?? message;
        // A delivery without items of its own is its parcels.
        var parcel = type == "ParcelAddedToDelivery" ? message.OptionalObject("parcel") : null;
        var id = parcel?.Id("id") ?? message.OptionalId("deliveryId") ?? delivery.Id("id");
        var items = (parcel ?? delivery).List("items");
        return said.Event(
            $"order:{order}:delivery:{id}:{said.Mark}",
            new OrderShipped
            {
                OrderId = order,
                ShipmentId = id,
                Cancelled = type == "DeliveryRemoved",
                Lines = [.. items.Select(item => Line(item, said))],
            }
        );
    }

    private static AllocatedLine Line(JsonFields item, CommercetoolsSaying said) =>
        new()
        {
            Sku = SkuOf(item, "id", said),
            Location = PlaceOf(item, "id", said),
            Quantity = new Quantity(item.Number("quantity")),
        };

    internal static Sku SkuOf(JsonFields item, string name, CommercetoolsSaying said) =>
        said.Found.Meanings.TryGetValue(item.Id(name), out var sku)
            ? new Sku(sku)
            : throw new FieldException(
                item.PathOf(name),
                $"{item.Id(name)} is no line of an order that is known here: post the order's OrderCreated, then replay this record"
            );

    internal static LocationId PlaceOf(JsonFields item, string name, CommercetoolsSaying said) =>
        said.Shop.LocationOf(said.Found.Meanings.GetValueOrDefault($"{item.Id(name)}:{CommercetoolsIds.Place}"));
}
