using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Functions.Orders.Actions;
using Stockgate.Platform.Orders.Accuracy;

namespace Stockgate.Functions.Orders.Accuracy;

/// <summary>Processes due orders: allocates them, detects troubles and rates completed orders.</summary>
public sealed class CareForOrders(OrderCare care)
{
    [Function("CareForOrders")]
    public async Task Run(
        [TimerTrigger("*/10 * * * * *", UseMonitor = false)] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        // After a crash before this line AdoptOrderActions starts the orchestration.
        foreach (var action in (await care.RunAsync(cancellationToken)).Actions)
            await OrderActionOwner.EnsureAsync(client, action, cancellationToken);
    }
}
