using System.Globalization;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.BigCommerce;

/// <summary>
/// Makes an order of what was read of it: order and products of V2, shipments, refunds of V3. Amounts are read without tax, and tax is on
/// top. Facts: https://developer.bigcommerce.com/docs/rest-management/orders
/// </summary>
internal static class BigCommerceOrder
{
    private const int Incomplete = 0,
        Pending = 1,
        Cancelled = 5,
        Declined = 6,
        AwaitingPayment = 7,
        ManualVerification = 12;

    /// <returns>Why the order is not placed; null where it is.</returns>
    public static string? IgnoredBecause(JsonFields order, JsonFields resources)
    {
        if (order.OptionalNumber("status_id") is Incomplete)
            return "an order in status 'Incomplete' is not placed";
        return resources.List("products").Count == 0 ? "an order without any product is not placed" : null;
    }

    public static IEnumerable<TranslatedEvent> Of(JsonFields order, JsonFields resources, ShopEvents events)
    {
        var id = new OrderId(order.Id("id"));
        var placedAt = Time(order, "date_created") ?? throw new FieldException(order.PathOf("date_created"), "is missing");
        var changedAt = Time(order, "date_modified") ?? placedAt;
        var products = resources.List("products");
        var placed = Placed(order, id, products, events.Shop);
        var stamp = changedAt.ToUnixTimeSeconds();
        yield return events.Told($"order:{id}:{stamp}", placedAt, placed, stamp);
        var status = order.OptionalNumber("status_id") ?? Pending;
        if (status is Cancelled or Declined)
            yield return events.Told(
                $"order:{id}:cancelled",
                changedAt,
                new OrderCancelled { OrderId = id, Reason = order.OptionalText("status") ?? "cancelled in BigCommerce" }
            );
        else if (status is not Pending)
            yield return events.Told(
                $"order:{id}:held:{stamp}:{status}",
                changedAt,
                new OrderHeld
                {
                    OrderId = id,
                    Held = status is AwaitingPayment or ManualVerification,
                    Reason = status is AwaitingPayment or ManualVerification ? order.OptionalText("status") : null,
                }
            );
        foreach (var shipment in resources.List("shipments"))
            yield return BigCommerceShipment.Of(shipment, id, products, changedAt, events);
        foreach (var refund in resources.List("refunds"))
            yield return BigCommerceRefund.Of(refund, placed, products, changedAt, events);
    }

    private static OrderPlaced Placed(JsonFields order, OrderId id, IReadOnlyList<JsonFields> products, ChannelShop shop)
    {
        var to = order.OptionalObject("billing_address");
        var country = to?.OptionalText("country_iso2");
        var lines = products.Select(Line).ToList();
        lines.AddRange(Cost(order, "handling", "handling"));
        lines.AddRange(Cost(order, "wrapping", "gift wrapping"));
        var discounts = (order.OptionalNumber("discount_amount") ?? 0) + (order.OptionalNumber("coupon_discount") ?? 0);
        var placed = new OrderPlaced
        {
            OrderId = id,
            Currency = CurrencyOf(order) ?? shop.Currency,
            Location = shop.DefaultLocation,
            CustomerId = order.OptionalId("customer_id") is { } customer and not "0" ? customer : null,
            Country = country,
            ShipTo = ShopOrders.ShipTo(country, to?.OptionalText("zip")),
            Lines = [],
        };
        var charges = new OrderCharges
        {
            Shipping = Math.Max(0, order.OptionalNumber("shipping_cost_ex_tax") ?? order.OptionalNumber("base_shipping_cost") ?? 0),
            Tax = Math.Max(0, order.OptionalNumber("shipping_cost_tax") ?? 0),
            Discount = Math.Max(0, discounts - products.Sum(DiscountOf)),
        };
        return placed.WithMoney(lines, charges, order.OptionalNumber("total_inc_tax"));
    }

    internal static Currency? CurrencyOf(JsonFields order) =>
        // What the shopper pays in; currency_code is what prices were shown in.
        order.OptionalCurrency("default_currency_code") ?? order.OptionalCurrency("currency_code");

    internal static ShopLine Line(JsonFields product)
    {
        var units = product.Number("quantity");
        var before = product.OptionalNumber("total_ex_tax") ?? (product.OptionalNumber("price_ex_tax") ?? 0) * units;
        var type = product.OptionalText("type") ?? "physical";
        return new ShopLine(
            product.OptionalText("name") ?? "unnamed item",
            units,
            before,
            Math.Max(0, before - DiscountOf(product)),
            Math.Max(0, product.OptionalNumber("total_tax") ?? 0)
        )
        {
            Sku = type == "physical" ? BigCommerceProduct.SkuOf(product, "variant_id") : null,
            Kind = type == "giftcertificate" ? UnstockedKind.GiftCard : UnstockedKind.Other,
        };
    }

    private static decimal DiscountOf(JsonFields product) =>
        product.List("applied_discounts").Sum(static d => d.OptionalNumber("amount") ?? 0);

    private static IEnumerable<ShopLine> Cost(JsonFields order, string name, string title)
    {
        if (order.OptionalNumber($"{name}_cost_ex_tax") is > 0 and var cost)
            yield return new ShopLine(title, 1, cost, cost, Math.Max(0, order.OptionalNumber($"{name}_cost_tax") ?? 0));
    }

    /// <summary>A time of V2, such as <c>Wed, 14 Nov 2012 19:26:23 +0000</c>, or one of V3.</summary>
    internal static DateTimeOffset? Time(JsonFields fields, string name)
    {
        if (fields.OptionalText(name) is not { Length: <= 64 } text)
            return null;
        return
            Moment.TryParse(text, out var time)
            || DateTimeOffset.TryParseExact(
                text,
                ["ddd, d MMM yyyy HH:mm:ss zzz", "ddd, dd MMM yyyy HH:mm:ss zzz"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out time
            )
            ? time
            : throw new FieldException(fields.PathOf(name), "must be a time such as Wed, 14 Nov 2012 19:26:23 +0000");
    }
}
