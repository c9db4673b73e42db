using System.Globalization;

namespace Stockgate.Domain.Ingest.Commercetools;

/// <summary>
/// The ids that messages name instead of what they stand for: deliveries and returns name line items, transactions their payment, changes
/// of stock and prices the resource.
/// </summary>
internal static class CommercetoolsIds
{
    public const string Order = "order",
        Price = "price",
        Sku = "sku",
        Place = "place";

    /// <summary>Whose ids a message needs; null where it needs none.</summary>
    public static string? OwnerOf(JsonFields body)
    {
        var type = body.OptionalText("type") ?? "";
        var resource = body.ReferenceTo("resource");
        if (
            type.StartsWith("Delivery", StringComparison.Ordinal) || type is "ParcelAddedToDelivery" or "ReturnInfoAdded" or "ReturnInfoSet"
        )
            return Owner("order", body.OptionalId("orderId") ?? resource);
        if (type.StartsWith("PaymentTransaction", StringComparison.Ordinal))
            return Owner("payment", resource);
        if (type == "InventoryEntryQuantitySet")
            return Owner("inventory", resource);
        return type.StartsWith("StandalonePrice", StringComparison.Ordinal) ? Owner("price", resource) : null;
    }

    /// <summary>What a message says of ids that later ones name.</summary>
    public static IReadOnlyList<SenderIds> Of(JsonFields body)
    {
        try
        {
            return [.. Said(body).Where(static ids => ids.Meanings.Count > 0)];
        }
        catch (FieldException)
        {
            // The translation has said what is wrong with the message.
            return [];
        }
    }

    private static IEnumerable<SenderIds> Said(JsonFields body)
    {
        var order = body.OptionalObject("order") ?? (body.Has("lineItems") ? body : null);
        if (order is { } placed && placed.OptionalId("id") is { } id)
        {
            yield return new($"order:{id}", Lines(placed.List("lineItems")));
            foreach (var payment in placed.OptionalObject("paymentInfo")?.List("payments") ?? [])
                if (payment.OptionalId("id") is { } number)
                    yield return OfPayment(number, id);
        }
        var resource = body.ReferenceTo("resource");
        if (body.OptionalObject("lineItem") is { } added && resource is not null)
            yield return new($"order:{resource}", Lines([added]));
        if (body.ReferenceTo("paymentRef") is { } paid && (body.OptionalId("orderId") ?? resource) is { } its)
            yield return OfPayment(paid, its);
        if (body.OptionalObject("transaction") is { } transaction && resource is not null)
            yield return new($"payment:{resource}", Transaction(transaction));
        if (body.OptionalObject("inventoryEntry") is { } entry && entry.OptionalId("id") is { } stock)
            yield return new($"inventory:{stock}", Pairs((Sku, entry.OptionalText("sku")), (Place, entry.ReferenceTo("supplyChannel"))));
        if (body.OptionalObject("standalonePrice") is { } price && price.OptionalId("id") is { } priced)
            yield return new($"price:{priced}", CommercetoolsPrice.Meanings(price));
        if (body.OptionalText("type") == "StandalonePriceValueChanged" && resource is not null)
            yield return new($"price:{resource}", CommercetoolsPrice.Meanings(body));
    }

    private static SenderIds OfPayment(string payment, string order) => new($"payment:{payment}", Pairs((Order, order)));

    // SKU and, where the line has one, the place that its stock is taken from.
    private static Dictionary<string, string> Lines(IReadOnlyList<JsonFields> lines)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (line.OptionalId("id") is not { } id)
                continue;
            known[id] = line.VariantSku().Value;
            if (line.ReferenceTo("supplyChannel") is { } place)
                known[$"{id}:{Place}"] = place;
        }
        return known;
    }

    private static Dictionary<string, string> Transaction(JsonFields transaction)
    {
        var money = transaction.OptionalObject("amount");
        var amount = transaction.OptionalAmount("amount")?.ToString(CultureInfo.InvariantCulture);
        return transaction.OptionalId("id") is { } id
            ? Pairs(
                ($"{id}:type", transaction.OptionalText("type")),
                ($"{id}:amount", amount),
                ($"{id}:currency", money?.OptionalText("currencyCode"))
            )
            : [];
    }

    internal static Dictionary<string, string> Pairs(params ReadOnlySpan<(string Id, string? Meaning)> pairs)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, meaning) in pairs)
            if (meaning is not null)
                known[id] = meaning;
        return known;
    }

    internal static Sku? SkuIn(IReadOnlyDictionary<string, string> known) => known.TryGetValue(Sku, out var sku) ? new Sku(sku) : null;

    private static string? Owner(string kind, string? id) => id is null ? null : $"{kind}:{id}";
}
