using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Square;

/// <summary>
/// Makes a shipment of a fulfilment that is completed, or takes it back where it was cancelled. Facts:
/// https://developer.squareup.com/reference/square/objects/Fulfillment
/// </summary>
internal static class SquareFulfilment
{
    public static TranslatedEvent? Of(JsonFields fulfilment, JsonFields order, OrderPlaced placed, Found found, ShopEvents events)
    {
        var state = fulfilment.OptionalText("state");
        var lines = Lines(fulfilment, order, placed, found, events.Shop);
        if (state is not ("COMPLETED" or "CANCELED") || lines.Count == 0)
            return null;
        var id = fulfilment.Id("uid");
        return events.Told(
            $"order:{placed.OrderId}:fulfillment:{id}:{state}",
            order.OptionalTime("updated_at") ?? order.Time("created_at"),
            new OrderShipped
            {
                OrderId = placed.OrderId,
                ShipmentId = id,
                Cancelled = state == "CANCELED",
                Lines = lines,
            },
            state == "CANCELED" ? 1 : 0
        );
    }

    private static IReadOnlyList<AllocatedLine> Lines(
        JsonFields fulfilment,
        JsonFields order,
        OrderPlaced placed,
        Found found,
        ChannelShop shop
    )
    {
        var place = placed.Location ?? shop.DefaultLocation;
        var entries = fulfilment.List("entries");
        if (entries.Count == 0)
            return [.. placed.Lines.Select(l => Line(l.Sku, place, l.Quantity.Value))];
        var byUid = new Dictionary<string, JsonFields>(StringComparer.Ordinal);
        foreach (var line in order.List("line_items").Where(static l => l.Has("uid") && l.Has("catalog_object_id")))
            byUid[line.Id("uid")] = line;
        return
        [
            .. entries
                .Where(e => byUid.ContainsKey(e.Id("line_item_uid")))
                .Select(e => Line(byUid[e.Id("line_item_uid")].KnownSku(found), place, e.Number("quantity"))),
        ];
    }

    private static AllocatedLine Line(Sku sku, LocationId place, decimal units) =>
        new()
        {
            Sku = sku,
            Location = place,
            Quantity = new Quantity(units),
        };
}
