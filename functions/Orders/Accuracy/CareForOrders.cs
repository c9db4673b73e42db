using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Functions.Orders.Actions;
using Stockgate.Platform.Orders.Accuracy;

namespace Stockgate.Functions.Orders.Accuracy;

/// <summary>Looks after the orders that are due: allocates them, finds what is wrong, judges those that are complete.</summary>
public sealed class CareForOrders(OrderCare care)
{
    [Function("CareForOrders")]
    public async Task Run(
        [TimerTrigger("*/10 * * * * *", UseMonitor = false)] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        // A crash before this line leaves an action without its orchestration until AdoptOrderActions finds it.
        foreach (var action in (await care.RunAsync(cancellationToken)).Actions)
            await OrderActionOwner.EnsureAsync(client, action, cancellationToken);
    }
}
