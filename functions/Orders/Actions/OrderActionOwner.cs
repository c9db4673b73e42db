using Microsoft.DurableTask.Client;
using Stockgate.Platform.Orders.Actions;

namespace Stockgate.Functions.Orders.Actions;

/// <summary>The orchestration that owns an action, and the signal that something about its order changed.</summary>
internal static class OrderActionOwner
{
    // An action's id is made of its order's: it is unique among all.
    public static string InstanceOf(OrderActionKey key) => $"order-action-{key.Action}";

    public static Task<bool> EnsureAsync(DurableTaskClient client, OrderActionKey key, CancellationToken cancellationToken) => OrchestrationOwner.EnsureAsync(client, nameof(RunOrderAction), InstanceOf(key), key, cancellationToken);

    public static Task SignalAsync(DurableTaskClient client, OrderActionKey key, CancellationToken cancellationToken) => client.RaiseEventAsync(InstanceOf(key), SignalWait.Name, key.Action.Value, cancellationToken);
}
