using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.AdobeCommerce;

/// <summary>
/// Makes an order of a delivery, and what its state says. It is delivered again with every change. Its id is the entity's, which credit
/// memos and shipments name. Facts: https://developer.adobe.com/commerce/webapi/rest/quick-reference (salesOrderRepositoryV1)
/// </summary>
internal static class AdobeOrder
{
    /// <returns>Why the delivery is of no order yet; null where it is.</returns>
    public static string? IgnoredBecause(JsonFields order) =>
        order.List("items").Count == 0 ? "the event has no items; add 'items' to the fields that are sent" : null;

    public static IEnumerable<TranslatedEvent> Of(JsonFields order, ShopEvents events)
    {
        var id = IdOf(order);
        var placedAt = order.OptionalTime("created_at") ?? order.Time("updated_at");
        var changedAt = order.OptionalTime("updated_at") ?? placedAt;
        var money = AdobeMoney.Of(order, events.Shop);
        var placed = Placed(order, id, money, events.Shop);
        var (stamp, state) = (changedAt.ToUnixTimeSeconds(), order.OptionalText("state") ?? "new");
        yield return events.Told($"order:{id}:{stamp}", placedAt, placed, stamp);
        if (state == "canceled")
            yield return events.Told(
                $"order:{id}:cancelled",
                changedAt,
                new OrderCancelled { OrderId = placed.OrderId, Reason = "cancelled in Adobe Commerce" }
            );
        if (Held(state) is { } held)
            yield return events.Told(
                $"order:{id}:held:{stamp}:{state}",
                changedAt,
                new OrderHeld
                {
                    OrderId = placed.OrderId,
                    Held = held,
                    Reason = held ? $"is {state.Replace('_', ' ')} in Adobe Commerce" : null,
                }
            );
        if (money.Optional(order, "total_paid") is > 0 and var paid)
            yield return events.Told(
                FormattableString.Invariant($"order:{id}:paid:{paid}"),
                changedAt,
                new OrderPaid
                {
                    OrderId = placed.OrderId,
                    PaymentId = $"order-{id}",
                    Amount = paid,
                    Currency = money.Currency,
                    Captured = true,
                },
                stamp
            );
    }

    private static string IdOf(JsonFields order) =>
        order.OptionalId("entity_id")
        ?? order.OptionalId("id")
        ?? order.List("items").Select(static i => i.OptionalId("order_id")).FirstOrDefault(static i => i is not null)
        ?? order.OptionalObject("payment")?.OptionalId("parent_id")
        ?? order.Id("increment_id");

    private static OrderPlaced Placed(JsonFields order, string id, AdobeMoney money, ChannelShop shop)
    {
        var to = AddressOf(order);
        var shown = order.OptionalCurrency("order_currency_code");
        var isShown = money.IsBase && shown is not null && shown != money.Currency;
        var placed = new OrderPlaced
        {
            OrderId = new OrderId(id),
            Currency = money.Currency,
            Location = shop.DefaultLocation,
            CustomerId = order.OptionalId("customer_id") is { } customer and not "0" ? customer : null,
            Country = to?.OptionalText("country_id"),
            ShipTo = ShopOrders.ShipTo(to?.OptionalText("country_id"), to?.OptionalText("postcode")),
            Lines = [],
        };
        var charges = new OrderCharges
        {
            Shipping = Math.Max(0, money.Amount(order, "shipping_amount") - money.Size(order, "shipping_discount_amount")),
            Tax = Math.Max(0, money.Amount(order, "shipping_tax_amount")),
            PresentmentCurrency = isShown ? shown : null,
            PresentmentTotal = isShown ? order.OptionalNumber("grand_total") : null,
        };
        // Store credit and gift cards pay a part of the total, which the grand total is without.
        var total =
            money.Optional(order, "grand_total")
            + money.Amount(order, "customer_balance_amount")
            + money.Amount(order, "gift_cards_amount")
            + money.Amount(order, "reward_currency_amount");
        return placed.WithMoney([.. AdobeItems.Of(order.List("items"), money), .. Wrapping(order, money)], charges, total);
    }

    private static IEnumerable<ShopLine> Wrapping(JsonFields order, AdobeMoney money)
    {
        var prefix = money.IsBase ? "gw_base_" : "gw_";
        var price = new[]
        {
            $"{prefix}price",
            $"gw_{(money.IsBase ? "items_base" : "items")}_price",
            $"gw_{(money.IsBase ? "card_base" : "card")}_price",
        }.Sum(name => order.OptionalNumber(name) ?? 0);
        if (price > 0)
            yield return new ShopLine("gift wrapping", 1, price, price, 0);
    }

    private static bool? Held(string state) =>
        state switch
        {
            "new" or "pending_payment" or "payment_review" or "holded" => true,
            "processing" or "complete" => false,
            _ => null,
        };

    private static JsonFields? AddressOf(JsonFields order)
    {
        var addresses = order.List("addresses").Where(static a => a.Has("country_id")).ToList();
        var shipping = addresses.Where(static a => a.OptionalText("address_type") == "shipping").ToList();
        if (shipping.Count > 0)
            return shipping[0];
        return addresses.Count > 0 ? addresses[0] : order.OptionalObject("shipping_address") ?? order.OptionalObject("billing_address");
    }
}
