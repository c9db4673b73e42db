using System.Text.Json;

namespace Stockgate.Domain.Ingest.Shopware;

/// <summary>
/// Makes canonical events of Shopware 6's app webhooks: the placed order and the states that orders, payments and deliveries enter.
/// Writes of entities hold ids alone. Facts:
/// https://developer.shopware.com/docs/resources/references/app-reference/webhook-events-reference.html
/// </summary>
public sealed class ShopwareTranslator(ChannelShop shop) : BodyTranslator
{
    private const string Placed = "checkout.order.placed",
        Entered = "state_enter.";

    private static readonly string[] Machines = ["order", "order_transaction", "order_delivery", "order_transaction_capture_refund"];

    private readonly ShopEvents events = new("shopware", shop);

    /// <summary>Whether Shopware has such an event and something may follow from it.</summary>
    public static bool IsTopic(string topic) => topic == Placed || StateOf(topic) is ({ } machine, _) && Machines.Contains(machine);

    private protected override (string? Id, string? Type) NameOf(JsonFields record) =>
        (record.OptionalObject("source")?.OptionalId("eventId"), TypeOf(record));

    private protected override Translation Read(JsonElement record, Found found, DateTimeOffset now)
    {
        var body = new JsonFields(record, "");
        var type = TypeOf(body);
        if (type is null)
            return Translation.Rejected("data.event", "is missing; Shopware names the event in it");
        if (type.EndsWith(".written", StringComparison.Ordinal) || type.EndsWith(".deleted", StringComparison.Ordinal))
            return Translation.Ignored($"'{Clip.To(type, ShownOfType)}' names ids and no data; the webhook can be removed from the app");
        if (!IsTopic(type))
            return Unused("event", type);
        var data = body.OptionalObject("data")!.Value;
        if (OrderIn(data) is not { } order)
            return Translation.Rejected(data.PathOf("payload.order"), "is missing; the app needs the permission order:read");
        if (type == Placed)
            return order.List("lineItems").Count == 0
                ? Translation.Ignored("an order without any line is not placed")
                : Translation.Of(() => [ShopwareOrder.Placed(order, events)], now);
        var at = body.OptionalSeconds("timestamp") ?? order.OptionalTime("updatedAt") ?? now;
        var (machine, state) = StateOf(type);
        return machine switch
        {
            "order" when state == "cancelled" => Translation.Of(() => [ShopwareOrder.Cancelled(order, at, events)], now),
            "order_transaction" => ShopwarePayment.Of(order, state, at, events, now),
            "order_transaction_capture_refund" => ShopwareRefund.Of(order, at, events, now),
            "order_delivery" => ShopwareDelivery.Of(order, state, at, events, now),
            _ => Translation.Ignored($"the order state '{Clip.To(state, ShownOfType)}' changes nothing here"),
        };
    }

    private static string? TypeOf(JsonFields body) => body.OptionalObject("data")?.OptionalText("event");

    // state_enter.order_transaction.state.paid
    private static (string? Machine, string State) StateOf(string type) =>
        type.StartsWith(Entered, StringComparison.Ordinal) && type.Split('.') is [_, var machine, "state", var state]
            ? (machine, state)
            : (null, "");

    private static JsonFields? OrderIn(JsonFields data)
    {
        if (data.OptionalObject("payload") is { } payload)
            return payload.OptionalObject("order") ?? (payload.Has("orderNumber") ? payload : null);
        return data.List("payload").Where(static p => p.Has("orderNumber")).Cast<JsonFields?>().FirstOrDefault();
    }
}
