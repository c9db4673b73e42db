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
