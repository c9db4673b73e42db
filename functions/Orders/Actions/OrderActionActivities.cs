using Microsoft.Azure.Functions.Worker;
using Stockgate.Platform.Orders.Actions;

namespace Stockgate.Functions.Orders.Actions;

/// <summary>The steps of <see cref="RunOrderAction"/>. Each is idempotent, so that it may be repeated after a crash.</summary>
public sealed class OrderActionActivities(OrderActionWork work)
{
    [Function(nameof(LookAtOrderAction))]
    public Task<OrderActionLook> LookAtOrderAction([ActivityTrigger] OrderActionKey action, CancellationToken cancellationToken) =>
        work.LookAsync(action, cancellationToken);

    [Function(nameof(SendOrderAction))]
    public Task<bool> SendOrderAction([ActivityTrigger] OrderActionKey action, CancellationToken cancellationToken) =>
        work.SendAsync(action, cancellationToken);
}
