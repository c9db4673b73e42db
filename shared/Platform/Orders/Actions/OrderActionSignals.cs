using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>
/// Finds the actions to signal after events of their orders were applied. An action requested within the last second may be missed; it
/// polls.
/// </summary>
public sealed class OrderActionSignals(OrderActionStore store, TimeProvider time) : IDisposable
{
    // By the order's number: an event names that, and which of several orders it is about is looked at by the action.
    private readonly Refreshed<ILookup<OrderId, OrderActionKey>> index = new(TimeSpan.FromSeconds(1), time);

    public async Task<IReadOnlyCollection<OrderActionKey>> ConcernedByAsync(
        IEnumerable<QueuedMessage> applied,
        CancellationToken cancellationToken
    )
    {
        var orders = applied.Select(static m => m.Data).OfType<OrderEvent>().Select(static e => e.OrderId.Number).ToHashSet();
        if (orders.Count == 0)
            return [];
        var open = await index.GetAsync(
            async token => (await store.ListOpenAsync(token)).ToLookup(static key => key.Order.Number),
            cancellationToken
        );
        return open.Count == 0 ? [] : [.. orders.SelectMany(order => open[order])];
    }

    /// <summary>The approval cases of these actions, which a change may update or withdraw.</summary>
    public async Task<IReadOnlyCollection<CaseId>> QuestionsOfAsync(
        IEnumerable<OrderActionKey> actions,
        CancellationToken cancellationToken
    )
    {
        var asked = new List<CaseId>();
        foreach (var key in actions)
            if (await store.FindAsync(key, cancellationToken) is { State: OrderActionState.Waiting, Case: { } waits })
                asked.Add(waits);
        return asked;
    }

    public void Dispose() => index.Dispose();
}
