using Stockgate.Demo.Posting;

namespace Stockgate.EndToEnd.Tests;

/// <summary>Canonical events. The id is made of what the event says unless one is given.</summary>
internal static class Events
{
    /// <summary>Noon of a day that is over, UTC.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static byte[] Of(string type, object data, DateTimeOffset? at = null, string? id = null) =>
        EventBatch.Event(id ?? $"e-{Guid.NewGuid():N}", "test", $"stockgate.{type}.v1", at ?? Noon, data);

    public static byte[] Counted(
        string sku,
        decimal quantity,
        DateTimeOffset? at = null,
        string location = "main",
        string basis = "OnHand",
        string? id = null
    ) =>
        Of(
            "stock.counted",
            new
            {
                sku,
                location,
                quantity,
                basis,
            },
            at,
            id
        );

    public static byte[] Moved(string sku, decimal quantity, DateTimeOffset? at = null, string location = "main", string? id = null) =>
        Of(
            "stock.moved",
            new
            {
                sku,
                location,
                quantity,
                kind = "Adjustment",
                reason = "test",
            },
            at,
            id
        );

    public static byte[] Placed(
        string orderId,
        string sku,
        decimal quantity,
        DateTimeOffset? at = null,
        string fulfilment = "Open",
        string? id = null
    ) =>
        Of(
            "order.placed",
            new
            {
                orderId,
                currency = "GBP",
                location = "main",
                fulfilment,
                customerId = "c-1",
                lines = new[]
                {
                    new
                    {
                        sku,
                        description = "thing",
                        quantity,
                        unitPrice = 2.5m,
                    },
                },
            },
            at,
            id
        );

    public static byte[] Shipped(
        string orderId,
        string sku,
        decimal quantity,
        DateTimeOffset? at = null,
        string location = "main",
        string? id = null
    ) =>
        Of(
            "order.shipped",
            new
            {
                orderId,
                shipmentId = "s-1",
                lines = new[]
                {
                    new
                    {
                        sku,
                        location,
                        quantity,
                    },
                },
            },
            at,
            id
        );

    public static byte[] Cancelled(string orderId, DateTimeOffset? at = null, string? id = null) =>
        Of("order.cancelled", new { orderId, reason = "changed their mind" }, at, id);

    public static byte[] Refunded(
        string orderId,
        string sku,
        decimal quantity,
        DateTimeOffset? at = null,
        string? restockedAt = "main",
        string? id = null
    ) =>
        Of(
            "order.refunded",
            new
            {
                orderId,
                refundId = "r-1",
                currency = "GBP",
                restockedAt,
                lines = new[]
                {
                    new
                    {
                        sku,
                        description = "thing",
                        quantity,
                        unitPrice = 2.5m,
                    },
                },
            },
            at,
            id
        );

    public static byte[] Product(string sku) => Of("product.updated", new { sku, title = "A thing" });
}
