using Microsoft.DurableTask.Client;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Orders.Actions;

namespace Stockgate.Functions.Orders.Actions;

/// <summary>The orchestration that owns an action on an order.</summary>
internal static class OrderActionOwner
{
    public const string Prefix = "order-action-";

    // An action's id contains its order's id, so it is unique.
    public static string InstanceOf(OrderActionKey key) => $"{Prefix}{key.Action}";

    public static Task<bool> EnsureAsync(DurableTaskClient client, OrderActionKey key, CancellationToken cancellationToken) =>
        OrchestrationOwner.EnsureAsync(client, nameof(RunOrderAction), InstanceOf(key), key, cancellationToken);
}
