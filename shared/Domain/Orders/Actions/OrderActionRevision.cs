using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>The fingerprint of a review's facts.</summary>
internal static class OrderActionRevision
{
    public static string Of(OrderActionRequest request, OrderActionFacts facts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, request, OrderActionsJson.Default.OrderActionRequest);
        var order = facts.Order;
        // Only the content of events, not their ids: the same content under another id changes nothing.
        Add(hash, order.Placed?.Said, EventJson.Default.OrderPlaced);
        Add(hash, order.Cancelled?.Said, EventJson.Default.OrderCancelled);
        if (order.Allocations.Count > 0)
            Add(hash, order.Allocations[^1].Said, EventJson.Default.OrderAllocated);
        foreach (var shipment in order.Shipments)
            Add(hash, shipment.Said, EventJson.Default.OrderShipped);
        foreach (var delivery in order.Deliveries)
            Add(hash, delivery.Said, EventJson.Default.OrderDelivered);
        foreach (var refund in order.Refunds)
            Add(hash, refund.Said, EventJson.Default.OrderRefunded);
        if (order.Handling is { } handling)
        {
            foreach (var pick in handling.Picks)
                Add(hash, pick.Said, EventJson.Default.OrderPicked);
            Add(hash, handling.Held?.Said, EventJson.Default.OrderHeld);
            Add(hash, order.ShipTo(), EventJson.Default.ShipTo);
            foreach (var substitution in OrderSubstitutions.InOrder(order))
                Add(hash, substitution.Said, EventJson.Default.OrderSubstituted);
            foreach (var payment in handling.Payments)
                Add(hash, payment.Said, EventJson.Default.OrderPaid);
        }
        // Postings are finance's: nobody decides an action on them. Whether another action waits, was reviewed or is in progress changes
        // nothing where its money stays.
        foreach (var earlier in facts.Earlier.OrderBy(static e => e.ActionId.Value, StringComparer.Ordinal))
        {
            var promised = order.AtMost(earlier) is > 0 and var most ? new Money(most, order.Currency() ?? default) : (Money?)null;
            Add(
                hash,
                new EarlierAction(earlier.ActionId, earlier.Request, promised, EarlierActionState.Waiting),
                OrderActionsJson.Default.EarlierAction
            );
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The type stands before each part, its end behind it: a part that is missing never makes two orders alike.
    private static void Add<T>(IncrementalHash hash, T? said, JsonTypeInfo<T> type)
        where T : class
    {
        if (said is null)
            return;
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(typeof(T).Name + ":"));
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(said, type));
        hash.AppendData("\n"u8);
    }
}
