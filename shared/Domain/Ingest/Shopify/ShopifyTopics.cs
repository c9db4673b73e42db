using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Shopify;

/// <summary>The Shopify webhook topics that are translated (https://shopify.dev/docs/api/webhooks).</summary>
public static class ShopifyTopics
{
    public const string OrdersCreate = "orders/create",
        OrdersCancelled = "orders/cancelled",
        RefundsCreate = "refunds/create",
        FulfillmentsCreate = "fulfillments/create",
        FulfillmentsUpdate = "fulfillments/update",
        InventoryLevelsUpdate = "inventory_levels/update",
        ProductsUpdate = "products/update";

    public static IReadOnlySet<string> All { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            OrdersCreate,
            OrdersCancelled,
            RefundsCreate,
            FulfillmentsCreate,
            FulfillmentsUpdate,
            InventoryLevelsUpdate,
            ProductsUpdate,
        };
}

/// <summary>The settings of a Shopify shop.</summary>
/// <param name="Channel">The channel's name in the URL.</param>
/// <param name="DefaultLocation">Where the stock of an order is taken from that names no location.</param>
/// <param name="Locations">Our location for each of the shop's location ids; an id that is not in it is used as it is.</param>
/// <param name="Currency">The shop's currency, for prices, which Shopify sends without one.</param>
public sealed record ShopifyShop(
    ChannelId Channel,
    LocationId DefaultLocation,
    IReadOnlyDictionary<string, string> Locations,
    Currency Currency
)
{
    /// <summary>Our location for one of the shop's.</summary>
    public LocationId LocationOf(string? shopifyId) =>
        shopifyId is null ? DefaultLocation : new LocationId(Locations.TryGetValue(shopifyId, out var ours) ? ours : shopifyId);
}

/// <summary>A canonical event made of a delivery.</summary>
public sealed record TranslatedEvent(EventHeader Header, ChannelEvent Data);

/// <summary>The translation of a delivery: events or a rejection.</summary>
public sealed record Translation(IReadOnlyList<TranslatedEvent> Events, Rejection? Rejection)
{
    public static Translation Rejected(string field, string reason) => new([], new Rejection(field, reason));
}
