using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.AdobeCommerce;

/// <summary>
/// Makes a parcel of a shipment. Facts: https://developer.adobe.com/commerce/webapi/rest/quick-reference (salesShipmentRepositoryV1)
/// </summary>
internal static class AdobeShipment
{
    public static IEnumerable<TranslatedEvent> Of(JsonFields shipment, ShopEvents events)
    {
        var id = shipment.OptionalId("entity_id") ?? shipment.OptionalId("id") ?? shipment.Id("increment_id");
        var source = shipment.OptionalObject("extension_attributes")?.OptionalId("source_code") ?? shipment.OptionalId("source_code");
        var at = shipment.OptionalTime("created_at") ?? shipment.Time("updated_at");
        var shipped = new OrderShipped
        {
            OrderId = new OrderId(shipment.Id("order_id")),
            ShipmentId = id,
            Lines =
            [
                .. shipment
                    .List("items")
                    .Where(static i => i.OptionalNumber("qty") is > 0)
                    .Select(item => new AllocatedLine
                    {
                        Sku = item.StockSku(),
                        Location = events.Shop.LocationOf(source),
                        Quantity = new Quantity(item.Number("qty")),
                    }),
            ],
        };
        yield return events.Told($"shipment:{id}", at, shipped);
    }
}
