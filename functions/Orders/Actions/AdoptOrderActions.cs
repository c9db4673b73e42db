using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Orders.Actions;

namespace Stockgate.Functions.Orders.Actions;

/// <summary>
/// Restarts the orchestration of actions that lost it (a crash after posting, a failed or terminated instance); it continues from the
/// action's state.
/// </summary>
public sealed class AdoptOrderActions(OrderActionStore store, ILogger<AdoptOrderActions> logger)
{
    [Function("AdoptOrderActions")]
    public async Task Run(
        [TimerTrigger("*/30 * * * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var owned = await OrchestrationOwner.OpenAsync(client, OrderActionOwner.Prefix, cancellationToken);
        foreach (var key in await store.ListOpenAsync(cancellationToken))
            // Listed but not stored: the request is being processed, or its process died first.
            if (
                !owned.Contains(OrderActionOwner.InstanceOf(key))
                && await store.FindAsync(key, cancellationToken) is not null
                && await OrderActionOwner.EnsureAsync(client, key, cancellationToken)
            )
                logger.LogWarning("Action {Action} of order {Order} had no orchestration; a new one was started", key.Action, key.Order);
    }
}
