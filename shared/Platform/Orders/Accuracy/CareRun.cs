using System.Collections.Concurrent;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Accuracy;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Promotions.Records;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>
/// Data shared by the orders of one run, each read once: stock, products, promotions; and units reserved by plans that no channel has
/// confirmed yet.
/// </summary>
internal sealed class CareRun(InventoryReader inventory, CatalogReader catalog, PromotionStore promotions)
{
    private readonly ConcurrentDictionary<Sku, Lazy<Task<InventoryView?>>> stock = new();
    private readonly ConcurrentDictionary<Sku, Lazy<Task<ProductView?>>> products = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyCollection<ProductUpdated>>>> categories = new(StringComparer.Ordinal);
    private readonly Dictionary<OrderId, IReadOnlyList<AllocatedLine>> claims = [];
    private readonly Lock gate = new();
    private Lazy<Task<IReadOnlyList<(PromotionRecord, LaunchPlan)>>>? promotionsLive;

    /// <summary>Units that a plan takes and that the stock figures don't know of yet.</summary>
    public void Claim(OrderId order, IReadOnlyList<AllocatedLine> lines)
    {
        lock (gate)
            claims[order] = lines;
    }

    /// <summary>
    /// Plans an order on unreserved stock and reserves the planned units. Sequential, so that of two orders for the last unit one gets it.
    /// </summary>
    public AllocationPlan Plan(OrderId order, AllocationFacts facts, AllocationRules rules)
    {
        lock (gate)
        {
            var taken = claims
                .Where(c => c.Key != order)
                .SelectMany(static c => c.Value)
                .GroupBy(static l => (l.Sku, l.Location))
                .ToDictionary(static g => g.Key, static g => g.Sum(static l => l.Quantity.Value));
            var plan = AllocationPlan.Of(
                facts with
                {
                    Stock = facts.Stock.ToDictionary(
                        static s => s.Key,
                        s => s.Value with { Available = new(s.Value.Available.Value - taken.GetValueOrDefault(s.Key)) }
                    ),
                },
                rules
            );
            claims[order] = plan.Lines;
            return plan;
        }
    }

    /// <summary>Available to promise with the age of the figures; locations without a figure are absent.</summary>
    public async Task<IReadOnlyDictionary<LocationId, StockSeen>> StockAsync(Sku sku, CancellationToken cancellationToken)
    {
        var view = await stock.GetOrAdd(sku, key => new(() => inventory.FindAsync(key, cancellationToken))).Value;
        return (view?.Locations ?? [])
            .Where(static p => p.Tracked)
            .ToDictionary(
                static p => p.Location,
                static p => new StockSeen(
                    p.AvailableToPromise!.Value,
                    p.LastCount is null || p.AgeSeconds is not { } age ? null : TimeSpan.FromSeconds(age)
                )
            );
    }

    public Task<ProductView?> ProductAsync(Sku sku, CancellationToken cancellationToken) =>
        products.GetOrAdd(sku, key => new(() => catalog.FindAsync(key, cancellationToken))).Value;

    /// <summary>Every product of a category.</summary>
    public Task<IReadOnlyCollection<ProductUpdated>> InCategoryAsync(string category, CancellationToken cancellationToken) =>
        categories
            .GetOrAdd(
                category,
                key => new(() => catalog.InCategoriesAsync(new HashSet<string>(StringComparer.Ordinal) { key }, cancellationToken))
            )
            .Value;

    /// <summary>Promotions that were live at some time, each with the prices that it was live with.</summary>
    public Task<IReadOnlyList<(PromotionRecord Promotion, LaunchPlan Plan)>> PromotionsAsync(
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        lock (gate)
            return (promotionsLive ??= new(() => ReadAsync(since, cancellationToken))).Value;
    }

    private async Task<IReadOnlyList<(PromotionRecord, LaunchPlan)>> ReadAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var live = new List<(PromotionRecord, LaunchPlan)>();
        foreach (var record in await promotions.ListAsync(onlyOpen: false, cancellationToken))
            if (record is { LiveAt: not null, Plan: > 0 } && !(record.EndedAt < since))
                live.Add((record, await promotions.PlanAsync(record.Id, record.Plan, cancellationToken)));
        return live;
    }
}
