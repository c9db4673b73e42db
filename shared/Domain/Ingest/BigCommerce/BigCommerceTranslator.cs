using System.Text.Json;

namespace Stockgate.Domain.Ingest.BigCommerce;

/// <summary>
/// Makes canonical events of BigCommerce's webhooks. They name what changed by its id: the stock figure of an inventory event is in it,
/// orders and products are read from the store's API before the translation and stand beside it as <see cref="Resources"/>. Facts:
/// https://developer.bigcommerce.com/docs/integrations/webhooks/events
/// </summary>
public sealed class BigCommerceTranslator(ChannelShop shop) : BodyTranslator
{
    /// <summary>The field that what was read from the API is added as.</summary>
    public const string Resources = "resources";

    /// <summary>The field that says why the API's answer could not be read.</summary>
    public const string Unread = "unread";

    private static readonly string[] StockScopes = ["store/product/inventory/updated", "store/sku/inventory/updated"];

    private readonly ShopEvents events = new("bigcommerce", shop);

    /// <summary>Whether BigCommerce has such an event and something may follow from it.</summary>
    public static bool IsTopic(string topic) => StockScopes.Contains(topic) || BigCommerceResource.KindOf(topic) is not null;

    private protected override (string? Id, string? Type) NameOf(JsonFields record) =>
        (record.OptionalId("hash"), record.OptionalText("scope"));

    private protected override Lookup LookupOf(JsonFields record) => new(ItemsOf(record));

    private protected override Translation Read(JsonElement record, Found found, DateTimeOffset now)
    {
        var body = new JsonFields(record, "");
        if (body.OptionalText("scope") is not { } scope)
            return Translation.Rejected("scope", "is missing; BigCommerce names the event in it");
        var at = body.OptionalSeconds("created_at") ?? now;
        if (StockScopes.Contains(scope))
            return OfStock(body, found, at, now);
        if (BigCommerceResource.KindOf(scope) is not { } kind)
            return Unused("scope", scope);
        if (body.OptionalText(Unread) is { } why)
            return Translation.Rejected(Resources, Clip.To($"could not be read: {why}", Limits.Text));
        if (body.OptionalObject(Resources) is not { } resources)
            return Translation.Ignored(
                $"the event names the {kind} and does not hold it; set ApiUrl and ApiToken of the channel to have it read"
            );
        if (kind == BigCommerceResource.Product)
            return Translation.Of(() => BigCommerceProduct.Of(Inner(resources, kind), events, at, body.OptionalId("hash") ?? "1"), now);
        return BigCommerceOrder.IgnoredBecause(Inner(resources, BigCommerceResource.Order), resources) is { } reason
            ? Translation.Ignored(reason)
            : Translation.Of(() => BigCommerceOrder.Of(Inner(resources, BigCommerceResource.Order), resources, events), now);
    }

    // A figure is the whole stock of the store where the method is absolute; a relative one is a change by somebody, of an unknown whole.
    private Translation OfStock(JsonFields body, Found found, DateTimeOffset at, DateTimeOffset now)
    {
        var data = body.OptionalObject("data");
        if (data?.OptionalObject("inventory") is not { } inventory)
            return Translation.Rejected("data.inventory", "is missing");
        if ((inventory.OptionalText("method") ?? "absolute") != "absolute")
            return Translation.Ignored(
                $"the method '{Clip.To(inventory.OptionalText("method")!, ShownOfType)}' tells a change and not the stock"
            );
        var items = ItemsOf(body);
        var item = items.FirstOrDefault(i => found.SkuOf(i) is not null) ?? items.FirstOrDefault();
        return item is null
            ? Translation.Rejected("data.inventory.product_id", "is missing, and so is variant_id")
            : Translation.Of(() => [BigCommerceProduct.Counted(inventory, item, found, events, at)], now);
    }

    // A product with variants is known by them; one without has a single variant, and is known by either.
    private static string[] ItemsOf(JsonFields body)
    {
        var data = body.OptionalObject("data");
        if (data?.OptionalObject("inventory") is not { } inventory)
            return [];
        var product =
            inventory.OptionalId("product_id") ?? (data.Value.OptionalText("type") == "product" ? data.Value.OptionalId("id") : null);
        return
        [
            .. new[]
            {
                inventory.OptionalId("variant_id") is { } variant ? BigCommerceProduct.VariantItem(variant) : null,
                product is null ? null : BigCommerceProduct.ProductItem(product),
            }.OfType<string>(),
        ];
    }

    private static JsonFields Inner(JsonFields resources, string name) =>
        resources.OptionalObject(name) is { } inner ? inner : throw new FieldException(resources.PathOf(name), "is missing");
}
