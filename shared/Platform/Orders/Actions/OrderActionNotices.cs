using Stockgate.Domain.Orders.Actions;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>Tells people of what policy did without asking them.</summary>
public sealed class OrderActionNotices
{
    public Task TellAsync(OrderActionKey key, OrderActionRecord record, CancellationToken cancellationToken) => Task.CompletedTask;
}
