using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Commercetools;

/// <summary>
/// Makes an order of its resource, and what its states say. A line's price is of one unit before cart discounts, its <c>totalPrice</c> of
/// all units after them. What the customer pays is the gross total of <c>taxedPrice</c>. Facts:
/// https://docs.commercetools.com/api/projects/orders
/// </summary>
internal static class CommercetoolsOrder
{
    public static IEnumerable<TranslatedEvent> Of(JsonFields order, CommercetoolsSaying said)
    {
        var id = new OrderId(order.Id("id"));
        var version = order.OptionalNumber("version") is { } number ? (long)number : 1;
        var placed = Placed(order, id, said.Shop);
        // An imported order was completed elsewhere, before it came here.
        var at = order.OptionalTime("completedAt") ?? order.Time("createdAt");
        yield return said.Events.Told($"order:{id}:{version}", at, placed, version);
        if (order.OptionalText("orderState") == "Cancelled")
            yield return Cancelled(id, said);
        if (HeldBy(order.OptionalText("paymentState")) is not null)
            yield return Held(id, order.OptionalText("paymentState")!, said);
    }

    public static TranslatedEvent Cancelled(OrderId order, CommercetoolsSaying said) =>
        said.Event($"order:{order}:cancelled", new OrderCancelled { OrderId = order, Reason = "cancelled in commercetools" });

    /// <returns>Whether an order with this payment state waits; null where the state says nothing of it.</returns>
    public static bool? HeldBy(string? paymentState) =>
        paymentState switch
        {
            "Paid" => false,
            "Pending" or "Failed" or "BalanceDue" => true,
            _ => null,
        };

    public static TranslatedEvent Held(OrderId order, string paymentState, CommercetoolsSaying said)
    {
        var held = HeldBy(paymentState) == true;
        var reason = paymentState == "Failed" ? "the payment failed" : "the payment is awaited";
        return said.Event(
            $"order:{order}:payment-state:{said.Mark}",
            new OrderHeld
            {
                OrderId = order,
                Held = held,
                Reason = held ? reason : null,
            }
        );
    }

    public static IEnumerable<TranslatedEvent> Moved(OrderId order, JsonFields message, CommercetoolsSaying said)
    {
        if (ShipTo(message.OptionalObject("address")) is { } to)
            yield return said.Event($"order:{order}:address:{said.Mark}", new OrderAddressChanged { OrderId = order, ShipTo = to });
    }

    private static OrderPlaced Placed(JsonFields order, OrderId id, ChannelShop shop)
    {
        var address = order.OptionalObject("shippingAddress");
        var lines = order.List("lineItems").Select(l => Goods(l, shop)).Concat(order.List("customLineItems").Select(Custom)).ToList();
        var shippings = order
            .List("shipping")
            .Select(static s => s.OptionalObject("shippingInfo"))
            .Append(order.OptionalObject("shippingInfo"));
        var shipping = shippings.OfType<JsonFields>().Select(static s => (Info: s, Price: ShippingPrice(s))).ToList();
        var charges = new OrderCharges
        {
            Shipping = shipping.Sum(static s => s.Price),
            Tax = shipping.Sum(static s => s.Info.TaxOnTop(s.Price)),
            Discount = Discount(order, lines),
        };
        var placed = new OrderPlaced
        {
            OrderId = id,
            Currency = order.OptionalObject("totalPrice")?.OptionalCurrency("currencyCode") ?? shop.Currency,
            Location = shop.DefaultLocation,
            CustomerId = order.OptionalId("customerId"),
            Country = address?.OptionalText("country") ?? order.OptionalText("country"),
            ShipTo = ShipTo(address),
            Lines = [],
        };
        var tax = lines.Sum(static l => l.Tax) + charges.Tax;
        var total = order.OptionalObject("taxedPrice")?.OptionalAmount("totalGross") ?? order.OptionalAmount("totalPrice") + tax;
        return placed.WithMoney(lines, charges, total);
    }

    private static ShopLine Goods(JsonFields line, ChannelShop shop)
    {
        var units = line.Number("quantity");
        var price = line.OptionalObject("price")?.OptionalAmount("value") ?? 0;
        var total = line.OptionalAmount("totalPrice") ?? price * units;
        return new ShopLine(line.FirstText("name") ?? "unnamed item", units, price * units, total, line.TaxOnTop(total))
        {
            Sku = line.VariantSku(),
            Location = line.ReferenceTo("supplyChannel") is { } place ? shop.LocationOf(place) : null,
        };
    }

    private static ShopLine Custom(JsonFields line)
    {
        var units = line.OptionalNumber("quantity") ?? 1;
        var price = line.OptionalAmount("money") ?? 0;
        var total = line.OptionalAmount("totalPrice") ?? price * units;
        return new ShopLine(line.FirstText("name") ?? "custom item", units, Math.Max(0, price * units), total, line.TaxOnTop(total));
    }

    private static decimal ShippingPrice(JsonFields shipping) =>
        shipping.OptionalObject("discountedPrice")?.OptionalAmount("value") ?? shipping.OptionalAmount("price") ?? 0;

    // With tax on top the discount takes its share of the tax off too.
    private static decimal Discount(JsonFields order, IReadOnlyList<ShopLine> lines)
    {
        if (order.OptionalObject("discountOnTotalPrice") is not { } discount)
            return 0;
        var gross = lines.Any(static l => l.Tax > 0) ? discount.OptionalAmount("discountedGrossAmount") : null;
        return gross ?? discount.OptionalAmount("discountedAmount") ?? 0;
    }

    private static ShipTo? ShipTo(JsonFields? address) =>
        ShopOrders.ShipTo(address?.OptionalText("country"), address?.OptionalText("postalCode"));
}
