using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Platform.Ingest;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>Which actions have to look again after events of their orders were applied. One that was asked for within the last second may not be told; it looks again by itself.</summary>
public sealed class OrderActionSignals(OrderActionStore store, TimeProvider time) : IDisposable
{
    private readonly Refreshed<ILookup<OrderId, OrderActionKey>> index = new(TimeSpan.FromSeconds(1), time);

    public async Task<IReadOnlyCollection<OrderActionKey>> ConcernedByAsync(IEnumerable<QueuedMessage> applied, CancellationToken cancellationToken)
    {
        var orders = applied.Select(static m => m.Data).OfType<OrderEvent>().Select(static e => e.OrderId).ToHashSet();
        if (orders.Count == 0) return [];
        var open = await index.GetAsync(async token => (await store.ListOpenAsync(token)).ToLookup(static key => key.Order), cancellationToken);
        return open.Count == 0 ? [] : [.. orders.SelectMany(order => open[order])];
    }

    public void Dispose() => index.Dispose();
}
