using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Square;

/// <summary>
/// Makes an order of the resource. A line's <c>gross_sales_money</c> is before discounts; its additive taxes are on top, inclusive ones
/// are within the price. Facts: https://developer.squareup.com/reference/square/objects/Order
/// </summary>
internal static class SquareOrder
{
    private static readonly string[] ShippingNames = ["shipping", "delivery", "delivery fee", "shipping fee"];

    /// <returns>Why nothing follows from the order; null where something does.</returns>
    public static string? IgnoredBecause(JsonFields order)
    {
        if (order.OptionalText("state") == "DRAFT")
            return "an order in state 'DRAFT' is not placed";
        return order.List("line_items").Count == 0 && order.List("service_charges").Count == 0
            ? "an order without any line is not placed; of a return the refund tells the money"
            : null;
    }

    public static IEnumerable<TranslatedEvent> Of(JsonFields order, Found found, ShopEvents events)
    {
        var id = order.Id("id");
        var version = order.OptionalNumber("version") is { } number ? (long)number : 1;
        var placed = Placed(order, id, found, events.Shop);
        yield return events.Told($"order:{id}:{version}", order.Time("created_at"), placed, version);
        if (order.OptionalText("state") == "CANCELED")
            yield return Cancelled(order, id, events);
        foreach (var fulfilment in order.List("fulfillments"))
            if (SquareFulfilment.Of(fulfilment, order, placed, found, events) is { } shipped)
                yield return shipped;
    }

    public static TranslatedEvent Cancelled(JsonFields order, string id, ShopEvents events) =>
        events.Told(
            $"order:{id}:cancelled",
            order.OptionalTime("updated_at") ?? order.Time("created_at"),
            new OrderCancelled { OrderId = new OrderId(id), Reason = "cancelled in Square" }
        );

    private static OrderPlaced Placed(JsonFields order, string id, Found found, ChannelShop shop)
    {
        var services = order.List("service_charges");
        var shipping = services.Where(IsShipping).ToList();
        var lines = order
            .List("line_items")
            .Select(l => Line(l, order, found, shop))
            .Concat(services.Where(static s => !IsShipping(s)).Select(s => Service(s, shop)))
            .ToList();
        var to = order.List("fulfillments").Select(AddressOf).FirstOrDefault(static a => a is not null);
        var placed = new OrderPlaced
        {
            OrderId = new OrderId(id),
            Currency = order.CurrencyOf("total_money", shop.Currency),
            Location = shop.LocationOf(order.OptionalId("location_id")),
            CustomerId = order.OptionalId("customer_id"),
            Country = to?.OptionalText("country"),
            ShipTo = ShopOrders.ShipTo(to?.OptionalText("country"), to?.OptionalText("postal_code")),
            // Without anything to fulfil it was sold at a till.
            Fulfilment =
                order.OptionalText("state") == "COMPLETED" && order.List("fulfillments").Count == 0
                    ? Fulfilment.Immediate
                    : Fulfilment.Open,
            Lines = [],
        };
        var charges = new OrderCharges
        {
            Shipping = shipping.Sum(s => Service(s, shop).After),
            Tax = shipping.Sum(s => Service(s, shop).Tax),
            Tips = order.OptionalAmount("total_tip_money", shop.Currency) ?? 0,
        };
        return placed.WithMoney(lines, charges, order.OptionalAmount("total_money", shop.Currency));
    }

    private static ShopLine Line(JsonFields line, JsonFields order, Found found, ChannelShop shop)
    {
        var units = line.Number("quantity");
        var before =
            line.OptionalAmount("gross_sales_money", shop.Currency)
            ?? line.OptionalAmount("variation_total_price_money", shop.Currency)
            ?? (line.OptionalAmount("base_price_money", shop.Currency) ?? 0) * units;
        var discount = line.OptionalAmount("total_discount_money", shop.Currency) ?? 0;
        var isGoods = line.Has("catalog_object_id") && line.OptionalText("item_type") is null or "ITEM";
        return new ShopLine(TitleOf(line), units, before, before - discount, Tax(line, order, shop))
        {
            Sku = isGoods && line.Has("catalog_object_id") ? line.KnownSku(found) : null,
            Kind = line.OptionalText("item_type") == "GIFT_CARD" ? UnstockedKind.GiftCard : UnstockedKind.Other,
        };
    }

    private static ShopLine Service(JsonFields service, ChannelShop shop)
    {
        var amount = service.OptionalAmount("applied_money", shop.Currency) ?? service.OptionalAmount("amount_money", shop.Currency) ?? 0;
        var total = service.OptionalAmount("total_money", shop.Currency) ?? amount;
        return new ShopLine(service.OptionalText("name") ?? "service charge", 1, amount, amount, Math.Max(0, total - amount));
    }

    // What is applied of an inclusive tax is within the price.
    private static decimal Tax(JsonFields line, JsonFields order, ChannelShop shop)
    {
        var taxes = order.List("taxes");
        var within = taxes.Where(static t => t.OptionalText("type") == "INCLUSIVE").Select(static t => t.OptionalId("uid")).ToList();
        var applied = line.List("applied_taxes");
        if (applied.Count > 0)
            return applied
                .Where(t => !within.Contains(t.OptionalId("tax_uid")))
                .Sum(t => t.OptionalAmount("applied_money", shop.Currency) ?? 0);
        return within.Count > 0 ? 0 : line.OptionalAmount("total_tax_money", shop.Currency) ?? 0;
    }

    private static string TitleOf(JsonFields line)
    {
        var name = line.OptionalText("name") ?? "unnamed item";
        return line.OptionalText("variation_name") is { } own && own != "Regular" ? $"{name} · {own}" : name;
    }

    private static bool IsShipping(JsonFields service) =>
        ShippingNames.Contains(service.OptionalText("name") ?? "", StringComparer.OrdinalIgnoreCase);

    private static JsonFields? AddressOf(JsonFields fulfilment)
    {
        var details = fulfilment.OptionalObject("shipment_details") ?? fulfilment.OptionalObject("delivery_details");
        return details?.OptionalObject("recipient")?.OptionalObject("address");
    }
}
