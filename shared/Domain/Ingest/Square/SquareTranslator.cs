using System.Text.Json;

namespace Stockgate.Domain.Ingest.Square;

/// <summary>
/// Makes canonical events of Square's webhooks: counts, payments, refunds, and orders where the whole of one is sent. Lines and counts
/// name catalog objects: the catalog, posted as the Catalog API answers it, says their SKUs. Facts:
/// https://developer.squareup.com/docs/webhooks/v2webhook-events-tech-ref
/// </summary>
public sealed class SquareTranslator(ChannelShop shop) : BodyTranslator
{
    /// <summary>What an answer of the Catalog API counts as: it has no type of its own.</summary>
    private const string Catalog = "catalog";

    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "order.created",
        "order.updated",
        "payment.created",
        "payment.updated",
        "refund.created",
        "refund.updated",
        "inventory.count.updated",
        Catalog,
    };

    private readonly ShopEvents events = new("square", shop);

    /// <summary>Whether Square has such an event and something may follow from it.</summary>
    public static bool IsTopic(string topic) => Types.Contains(topic);

    private protected override (string? Id, string? Type) NameOf(JsonFields record) => (record.OptionalId("event_id"), TypeOf(record));

    private protected override Lookup LookupOf(JsonFields record)
    {
        if (ObjectOf(record) is not { } subject)
            return Lookup.None;
        if (subject.OptionalObject("refund")?.OptionalId("payment_id") is { } payment)
            return new([], SquarePayment.OwnerOf(payment));
        return new([
            .. subject.List("inventory_counts").Concat(OrderIn(subject)?.List("line_items") ?? []).Select(ItemOf).OfType<string>(),
        ]);
    }

    private protected override Translation Read(JsonElement record, Found found, DateTimeOffset now)
    {
        var body = new JsonFields(record, "");
        var type = TypeOf(body);
        if (type is null)
            return Translation.Rejected("type", "is missing; Square names the event in it");
        if (type == Catalog)
            return Translation.Of(() => SquareCatalog.Of(body, events, now), now);
        if (type == "catalog.version.updated")
            return Translation.Ignored("it says that the catalog changed and not how; post the answer of ListCatalog to this channel");
        if (!Types.Contains(type))
            return Unused("event", type);
        if (ObjectOf(body) is not { } subject)
            return Translation.Rejected("data.object", "is missing");
        return type.Split('.')[0] switch
        {
            "order" => OfOrder(subject, found, now),
            "payment" => SquarePayment.Paid(Inner(subject, "payment"), events, now),
            "refund" => SquarePayment.Refunded(Inner(subject, "refund"), found, events, now),
            _ => SquareStock.Of(subject.List("inventory_counts"), found, events, now),
        };
    }

    // Square's own events of orders hold an id and a state.
    private Translation OfOrder(JsonFields subject, Found found, DateTimeOffset now)
    {
        if (OrderIn(subject) is { } order)
            return SquareOrder.IgnoredBecause(order) is { } reason
                ? Translation.Ignored(reason)
                : Translation.Of(() => SquareOrder.Of(order, found, events), now);
        var named = subject.OptionalObject("order_updated") ?? subject.OptionalObject("order_created");
        return named?.OptionalText("state") == "CANCELED"
            ? Translation.Of(() => [SquareOrder.Cancelled(named.Value, named.Value.Id("order_id"), events)], now)
            : Translation.Ignored("the event names an order and does not hold it; post the order of RetrieveOrder as data.object.order");
    }

    private static string? TypeOf(JsonFields body) =>
        !body.Has("data") && (body.Has("objects") || body.Has("object")) ? Catalog : body.OptionalText("type");

    private static JsonFields? ObjectOf(JsonFields body) => body.OptionalObject("data")?.OptionalObject("object");

    private static JsonFields? OrderIn(JsonFields subject) =>
        subject.OptionalObject("order") is { } order && (order.Has("line_items") || order.Has("total_money")) ? order : null;

    private static JsonFields Inner(JsonFields subject, string name) =>
        subject.OptionalObject(name) is { } inner ? inner : throw new FieldException(subject.PathOf(name), "is missing");

    private static string? ItemOf(JsonFields line) => line.OptionalId("catalog_object_id");
}
