using Stockgate.Domain.Events;
using Stockgate.Domain.Orders;

namespace Stockgate.Domain.Ingest.Shopify;

/// <summary>
/// Makes a shipment of a fulfilment. Only a successful one has left: <c>pending</c>, <c>open</c>, <c>failure</c> and <c>error</c> say
/// nothing of stock, and a cancelled one takes back what a successful one said. Facts:
/// https://shopify.dev/docs/api/admin-rest/latest/resources/fulfillment
/// </summary>
internal static class ShopifyFulfilment
{
    public static IEnumerable<TranslatedEvent> Of(JsonFields fulfilment, ShopifyTranslator translator)
    {
        var (id, orderId, at) = (fulfilment.Id("id"), new OrderId(fulfilment.Id("order_id")), fulfilment.Time("created_at"));
        var status = fulfilment.OptionalText("status") ?? "success";
        var location = translator.Shop.LocationOf(fulfilment.OptionalId("location_id"));
        var lines = fulfilment.List("line_items");
        var goods = lines.Where(static l => !l.Unstocked).ToList();
        // A parcel of lines without stock is no parcel; one without any line is a mistake, which its rule names.
        if (status is not ("success" or "cancelled") || (goods.Count == 0 && lines.Count > 0))
            yield break;
        var shipped = new OrderShipped
        {
            OrderId = orderId,
            ShipmentId = id,
            Cancelled = status == "cancelled",
            Lines =
            [
                .. goods.Select(line => new AllocatedLine
                {
                    Sku = line.Sku("variant_id"),
                    Location = location,
                    Quantity = new Quantity(line.Number("quantity")),
                }),
            ],
        };
        if (shipped.Cancelled)
        {
            // Later than the success in every case: their times are whole seconds.
            var later = Later(at, fulfilment.OptionalTime("updated_at"));
            yield return translator.Event($"fulfillment:{id}:cancelled", later, shipped, sequence: 1);
            yield break;
        }
        yield return translator.Event($"fulfillment:{id}", at, shipped);
        if (fulfilment.OptionalText("shipment_status") != "delivered")
            yield break;
        var delivered = new OrderDelivered { OrderId = orderId, ShipmentId = id };
        yield return translator.Event($"fulfillment:{id}:delivered", fulfilment.OptionalTime("updated_at") ?? at, delivered);
    }

    private static DateTimeOffset Later(DateTimeOffset at, DateTimeOffset? updated) => updated > at ? updated.Value : at;
}
