using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Stockgate.Domain;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Accuracy;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Orders.Actions;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Promotions.Requests;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>The result of a run.</summary>
/// <param name="Looked">Orders that were looked at.</param>
/// <param name="Waiting">Orders that are due and have to wait for the next run.</param>
/// <param name="Actions">Actions that were requested and that nobody owns yet.</param>
public sealed record OrderCareRun(int Looked, int Waiting, IReadOnlyList<OrderActionKey> Actions);

/// <summary>
/// Processes orders to be shipped, from the first event to the end of the reconciliation period: allocation, troubles, final rating. Every
/// evaluation is idempotent.
/// </summary>
public sealed class OrderCare
{
    /// <summary>Orders that one run looks at.</summary>
    public const int MostOrders = 400;

    private const int AtOnce = 8;

    // Its event is written a moment before the order itself. After this long the write that it announced will not come.
    private static readonly TimeSpan DocumentWithin = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(2);

    private readonly OrderWatch watch;
    private readonly OrderAllocator allocator;
    private readonly OrderTroubleFinder troubles;
    private readonly OrderSubstitutes substitutes;
    private readonly OrderQuality quality;
    private readonly OrderActionFactsReader documents;
    private readonly Func<CareRun> begin;
    private readonly OrderAccuracySettings settings;
    private readonly TimeProvider time;
    private readonly ILogger<OrderCare> logger;

    internal OrderCare(
        OrderWatch watch,
        OrderAllocator allocator,
        OrderTroubleFinder troubles,
        OrderSubstitutes substitutes,
        OrderQuality quality,
        OrderActionFactsReader documents,
        InventoryReader inventory,
        CatalogReader catalog,
        PromotionStore promotions,
        OrderAccuracySettings settings,
        TimeProvider time,
        ILogger<OrderCare> logger
    )
    {
        (this.watch, this.allocator, this.troubles, this.substitutes, this.quality, this.documents) = (
            watch,
            allocator,
            troubles,
            substitutes,
            quality,
            documents
        );
        (begin, this.settings, this.time, this.logger) = (() => new CareRun(inventory, catalog, promotions), settings, time, logger);
    }

    /// <summary>Looks at the orders that are due, the longest due first.</summary>
    public async Task<OrderCareRun> RunAsync(CancellationToken cancellationToken)
    {
        var (due, underWay) = await watch.DueAsync(time.GetUtcNow(), cancellationToken);
        var (run, actions) = (begin(), new ConcurrentBag<OrderActionKey>());
        foreach (var planned in underWay)
            run.Claim(planned.OrderId, planned.State.Allocation!.Given);
        await Parallel.ForEachAsync(
            due.Take(MostOrders),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (watched, cancellation) =>
            {
                try
                {
                    foreach (var action in await LookAsync(watched, run, cancellation))
                        actions.Add(action);
                }
                catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
                {
                    logger.LogError(
                        failure,
                        "Order {Order} can't be looked after; the next try is in {Pause}",
                        watched.OrderId,
                        AfterFailure
                    );
                    // A failing order must not block the others. Its state is reread, because a plan may have been stored before the
                    // failure.
                    if (await watch.FindAsync(watched.OrderId, cancellation) is { } there)
                        await watch.SaveAsync(there, time.GetUtcNow() + AfterFailure, there.State, cancellation);
                }
            }
        );
        var waiting = Math.Max(0, due.Count - MostOrders);
        if (waiting > 0)
            logger.LogWarning(
                "{Waiting} orders are due and wait for the next run; the longest since {DueAt}",
                waiting,
                due[MostOrders].DueAt
            );
        return new OrderCareRun(due.Count - waiting, waiting, [.. actions]);
    }

    private async Task<IReadOnlyList<OrderActionKey>> LookAsync(WatchedOrder watched, CareRun run, CancellationToken cancellationToken)
    {
        var (order, now) = (await documents.OrderAsync(watched.OrderId, cancellationToken), time.GetUtcNow());
        // Still due: the event that made it so is about to be in the document.
        if ((order is null || order.Revision < watched.Revision) && now - watched.ChangedAt < DocumentWithin)
            return [];
        if (order?.Placed is null)
        {
            await watch.RemoveAsync(watched, cancellationToken);
            return [];
        }
        var state = watched.State;
        // An old order that arrives now counts in the rates but opens no exception.
        var history = state.IsNew && OrderMoments.LastOf(order) < now - settings.KeepFor;
        IReadOnlyList<OrderActionKey> actions = [];
        if (!history)
        {
            var kept = await allocator.LookAsync(
                order,
                state,
                run,
                async planned =>
                    await watch.SaveAsync(watched, now, planned, cancellationToken) is { } saved && (watched = saved) is not null,
                cancellationToken
            );
            if (kept is null)
                return [];
            var nowhere = OrderAllocator.Nowhere(order, kept);
            state = kept with { Troubles = await troubles.LookAsync(order, nowhere, kept, run, now, cancellationToken) };
            (var asked, actions) = await substitutes.LookAsync(order, nowhere, state, run, now, cancellationToken);
            state = state with { Substituted = asked };
        }
        state = state with
        {
            Quality = await quality.KeepAsync(order, PerfectOrder.Of(order, now, settings.Terms), state.Quality, cancellationToken),
        };
        if (history || OrderMoments.IsDone(order, state, settings, now))
        {
            // After that time an unresolved trouble is dropped.
            await troubles.CloseAsync(state.Troubles, now, cancellationToken);
            await watch.RemoveAsync(watched, cancellationToken);
        }
        else
            await watch.SaveAsync(watched, OrderMoments.NextLook(order, allocator.DueAt(state), settings, now), state, cancellationToken);
        return actions;
    }
}
