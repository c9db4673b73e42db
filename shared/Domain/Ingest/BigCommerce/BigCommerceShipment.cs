using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.BigCommerce;

/// <summary>
/// Makes a parcel of a shipment of V2, whose items name the order's products. Facts:
/// https://developer.bigcommerce.com/docs/rest-management/orders/order-shipments
/// </summary>
internal static class BigCommerceShipment
{
    public static TranslatedEvent Of(
        JsonFields shipment,
        OrderId order,
        IReadOnlyList<JsonFields> products,
        DateTimeOffset changedAt,
        ShopEvents events
    )
    {
        var id = shipment.Id("id");
        var lines =
            from item in shipment.List("items")
            from product in products.Where(p => p.OptionalId("id") == item.OptionalId("order_product_id")).Take(1)
            where (product.OptionalText("type") ?? "physical") == "physical"
            select new AllocatedLine
            {
                Sku = BigCommerceProduct.SkuOf(product, "variant_id"),
                Location = events.Shop.DefaultLocation,
                Quantity = new Quantity(item.Number("quantity")),
            };
        return events.Told(
            $"order:{order}:shipment:{id}",
            BigCommerceOrder.Time(shipment, "date_created") ?? changedAt,
            new OrderShipped
            {
                OrderId = order,
                ShipmentId = id,
                Lines = [.. lines],
            }
        );
    }
}
