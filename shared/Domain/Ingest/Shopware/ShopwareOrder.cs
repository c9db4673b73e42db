using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Shopware;

/// <summary>
/// Makes an order of its entity. Prices contain the tax, or have it on top where <c>taxStatus</c> is net; promotions and credits are lines
/// below zero. Facts: https://shopware.stoplight.io/docs/admin-api (Order)
/// </summary>
internal static class ShopwareOrder
{
    public static TranslatedEvent Placed(JsonFields order, ShopEvents events)
    {
        var id = order.Id("id");
        var at = order.OptionalTime("orderDateTime") ?? order.Time("createdAt");
        return events.Told($"order:{id}", at, Placed(order, id, events.Shop));
    }

    public static TranslatedEvent Cancelled(JsonFields order, DateTimeOffset at, ShopEvents events) =>
        events.Told(
            $"order:{order.Id("id")}:cancelled",
            at,
            new OrderCancelled { OrderId = new OrderId(order.Id("id")), Reason = "cancelled in Shopware" }
        );

    private static OrderPlaced Placed(JsonFields order, string id, ChannelShop shop)
    {
        var address = AddressOf(order);
        var country = address?.OptionalObject("country")?.OptionalText("iso");
        var isNet = order.IsNet;
        var placed = new OrderPlaced
        {
            OrderId = new OrderId(id),
            Currency = order.CurrencyOf(shop),
            Location = shop.DefaultLocation,
            CustomerId = order.OptionalObject("orderCustomer")?.OptionalId("customerId"),
            Country = country,
            ShipTo = ShopOrders.ShipTo(country, address?.OptionalText("zipcode")),
            Lines = [],
        };
        var charges = new OrderCharges
        {
            Shipping = order.OptionalNumber("shippingTotal") ?? order.TotalOf("shippingCosts") ?? 0,
            Tax = isNet ? order.TaxOf("shippingCosts") : 0,
        };
        var total = order.OptionalNumber("amountTotal") ?? order.TotalOf("price");
        return placed.WithMoney([.. order.List("lineItems").Select(l => Line(l, isNet))], charges, total);
    }

    internal static ShopLine Line(JsonFields line, bool isNet)
    {
        var units = line.OptionalNumber("quantity") ?? 1;
        // What a container comes to is told by it; its parts are the goods.
        var isPart = line.Has("parentId");
        var total = line.OptionalNumber("totalPrice") ?? line.TotalOf("price") ?? (line.OptionalNumber("unitPrice") ?? 0) * units;
        return new ShopLine(
            line.OptionalText("label") ?? "unnamed item",
            units,
            isPart ? 0 : total,
            isPart ? 0 : total,
            isNet && !isPart ? line.TaxOf("price") : 0
        )
        {
            Sku = line.IsGoods ? line.ProductSku() : null,
        };
    }

    private static JsonFields? AddressOf(JsonFields order)
    {
        var shipped = order.List("deliveries").Select(static d => d.OptionalObject("shippingOrderAddress"));
        return shipped.FirstOrDefault(static a => a is not null) ?? order.OptionalObject("billingAddress");
    }
}
