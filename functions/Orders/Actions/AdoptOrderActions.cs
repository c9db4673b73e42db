using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Orders.Actions;

namespace Stockgate.Functions.Orders.Actions;

/// <summary>
/// Finds actions that nobody owns (posted a moment before a crash, or their orchestration failed or was terminated) and starts their
/// orchestration, which goes on where the action stands.
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
            // Listed and not stored: the request is under way at this moment, or its process died before it was kept.
            if (
                !owned.Contains(OrderActionOwner.InstanceOf(key))
                && await store.FindAsync(key, cancellationToken) is not null
                && await OrderActionOwner.EnsureAsync(client, key, cancellationToken)
            )
                logger.LogWarning("Action {Action} of order {Order} had no orchestration; it has one now", key.Action, key.Order);
    }
}
