using System.Globalization;
using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Accuracy;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Orders.Actions;
using Stockgate.Platform.Outbound;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>Allocates orders without a location and sends the allocation to the order's channel until it is confirmed.</summary>
internal sealed class OrderAllocator(
    OutboundChannels channels,
    ChannelClient client,
    DecisionLog decisions,
    OnceRaised troubles,
    Places places,
    OrderAccuracySettings settings,
    TimeProvider time
)
{
    private const string DecidedBy = "allocation rules",
        Unallocated = "order-unallocated";

    // After this long without a word from the channel a person has to know.
    private static readonly TimeSpan TellAfter = TimeSpan.FromHours(1);

    /// <param name="order">The order.</param>
    /// <param name="state">What is remembered of it.</param>
    /// <param name="run">The run.</param>
    /// <param name="keep">
    /// Stores a plan before it is sent, so that after a crash the same one is resent; false after a concurrent event, when nothing is sent.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>What is to be remembered; null if <paramref name="keep"/> said no.</returns>
    public async Task<OrderCareState?> LookAsync(
        OrderDocument order,
        OrderCareState state,
        CareRun run,
        Func<OrderCareState, Task<bool>> keep,
        CancellationToken cancellationToken
    )
    {
        state = await ConfirmAsync(order, state, cancellationToken);
        if (
            !settings.Allocates
            || places.All.Count == 0
            || order is not { Placed: not null }
            || order.Origin() is not { } origin
            || channels.ForOrdersOf(origin) is not { } channel
            || AllocationNeed.Of(order, state.Allocation) is not { Wanted.Count: > 0 } need
        )
            // A plan that is no longer needed is not sent.
            return state.Allocation is { UnderWay: true } over ? state with { Allocation = over with { Confirmed = true } } : state;
        var (last, now) = (state.Allocation, time.GetUtcNow());
        var same = last is not null && last.Wanted.SequenceEqual(need.Wanted);
        if (same && !last!.UnderWay && now < last.PlannedAt + settings.RepeatAfter)
            return state;
        if (!same || !last!.UnderWay)
        {
            var (plan, inputs) = await PlanAsync(order, need, origin, run, cancellationToken);
            var revision = (last?.Message.Revision ?? 0) + (plan.Lines.Count > 0 ? 1 : 0);
            // Without any stock no plan is sent, and the channel's previous allocation stays.
            var message = new AllocationMessage
            {
                OrderId = order.OrderId.Number,
                OrderChannel = order.Origin(),
                Revision = revision,
                Shortage = plan.Shortage,
                Words = plan.Words,
                Lines =
                    plan.Lines.Count == 0
                        ? []
                        : AllocationNeed.Sum(need.Kept.Concat(plan.Lines).Select(static l => (l.Sku, l.Location, l.Quantity))),
            };
            state = state with
            {
                Allocation = new PlannedAllocation(message, need.Wanted, plan.Lines, order.Allocations.Count, now)
                {
                    Told = last?.Told ?? false,
                    Inputs = plan.Lines.Count > 0 ? inputs : [],
                },
            };
            if (plan.Lines.Count > 0 && !await keep(state))
                return null;
        }
        return state.Allocation is { UnderWay: true } due && (due.TriedAt is null || due.TriedAt + settings.RepeatAfter <= now)
            ? await SendAsync(order, state, channel, cancellationToken)
            : state;
    }

    /// <summary>When there is something to do again; null if there isn't.</summary>
    public DateTimeOffset? DueAt(OrderCareState state) =>
        state.Allocation is not { } planned || (planned.Confirmed && planned.Message.Shortage.Count == 0)
            ? null
            : (planned.UnderWay ? planned.TriedAt ?? planned.PlannedAt : planned.PlannedAt) + settings.RepeatAfter;

    /// <summary>Units out of stock everywhere; empty once a later evaluation found them.</summary>
    public static IReadOnlyList<SkuUnits> Nowhere(OrderDocument order, OrderCareState state) =>
        state.Allocation is not { Message.Shortage: { Count: > 0 } shortage } planned || AllocationNeed.Of(order, planned) is not { } need
            ? []
            :
            [
                .. shortage
                    .Select(s => new SkuUnits(
                        s.Sku,
                        Quantity.Min(s.Quantity, need.Wanted.FirstOrDefault(w => w.Sku == s.Sku)?.Quantity ?? Quantity.Zero)
                    ))
                    .Where(static s => s.Quantity > Quantity.Zero),
            ];

    private async Task<OrderCareState> ConfirmAsync(OrderDocument order, OrderCareState state, CancellationToken cancellationToken)
    {
        if (state.Allocation is not { UnderWay: true } planned || order.Allocations.Count <= planned.AllocationsBefore)
            return state;
        if (planned.Told)
            await troubles.ResolveAsync(Unallocated, order.OrderId, time.GetUtcNow(), cancellationToken);
        return state with { Allocation = planned with { Confirmed = true, Told = false } };
    }

    private async Task<(AllocationPlan, List<DecisionInput>)> PlanAsync(
        OrderDocument order,
        AllocationNeed need,
        ChannelId channel,
        CareRun run,
        CancellationToken cancellationToken
    )
    {
        var (stock, inputs) = (new Dictionary<(Sku, LocationId), StockSeen>(), new List<DecisionInput>());
        foreach (var wanted in need.Wanted)
        {
            inputs.Add(new($"wanted {wanted.Sku}", Units(wanted.Quantity), $"order {order.OrderId}", null));
            foreach (
                var (location, seen) in (await run.StockAsync(wanted.Sku, cancellationToken))
                    .Where(s => places.All.ContainsKey(s.Key))
                    .OrderBy(static s => s.Key.Value, StringComparer.Ordinal)
            )
            {
                stock[(wanted.Sku, location)] = seen;
                inputs.Add(new($"{wanted.Sku} at {location}", Units(seen.Available), "inventory", seen.Age));
                if (settings.Rules.Buffers.TryGetValue((location, channel), out var buffer))
                    inputs.Add(new($"buffer of {location} for {channel}", Units(buffer), "setting", null));
            }
        }
        inputs.Add(new("split penalty", $"{settings.Rules.SplitPenaltyKm.ToString(CultureInfo.InvariantCulture)} km", "setting", null));
        var to = Place.Of(order.ShipTo());
        inputs.Add(new("customer", to is null ? "place not known" : "place known", $"order {order.OrderId}", null));
        return (
            run.Plan(
                order.OrderId,
                new AllocationFacts
                {
                    Channel = channel,
                    Wanted = need.Wanted,
                    To = to,
                    Stock = stock,
                    Locations = places.All,
                },
                settings.Rules
            ),
            inputs
        );
    }

    private async Task<OrderCareState> SendAsync(
        OrderDocument order,
        OrderCareState state,
        OutboundChannel channel,
        CancellationToken cancellationToken
    )
    {
        var planned = state.Allocation!;
        // Recorded before sending, and again after a crash, so that every sent plan is on the audit chain.
        if (planned.TriedAt is null)
            await AuditAsync(order, planned, cancellationToken);
        var delivery = await client.SendAsync(
            channel,
            planned.Message.Id,
            JsonSerializer.SerializeToUtf8Bytes(planned.Message, OrderAccuracyJson.Default.AllocationMessage),
            cancellationToken
        );
        var now = time.GetUtcNow();
        planned = planned with { TriedAt = now, Inputs = [] };
        if (!planned.Told && (delivery.Outcome == DeliveryOutcome.Refused || now - planned.PlannedAt > TellAfter))
        {
            await troubles.RaiseAsync(
                new OperationException
                {
                    Type = Unallocated,
                    Subject = OrderActionStore.SubjectOf(order.OrderId),
                    Failure =
                        $"{channel.Id} {(delivery.Outcome == DeliveryOutcome.Refused ? "refuses the allocation" : "does not confirm the allocation")}",
                    Owner = "fulfilment-lead",
                    Sla = TimeSpan.FromHours(4),
                    RecommendedAction =
                        $"Allocate it in {channel.Id} by hand, or mend what it says of message {planned.Message.Id}: {delivery.Detail}",
                    ExposedMoney = order.Gross(),
                    Currency = order.Currency(),
                    FirstSeenAt = now,
                    LastSeenAt = now,
                },
                cancellationToken
            );
            planned = planned with { Told = true };
        }
        return state with { Allocation = planned };
    }

    private Task AuditAsync(OrderDocument order, PlannedAllocation planned, CancellationToken cancellationToken) =>
        decisions.AppendOnceAsync(
            new DecisionRecord
            {
                Subject = OrderActionStore.SubjectOf(order.OrderId),
                DecidedAt = planned.PlannedAt,
                DecidedBy = DecidedBy,
                Inputs = planned.Inputs,
                Published = [planned.Message.Id],
                TakeBack = "Ask for the action Reroute.",
                Decision =
                    $"Allocated: {string.Join(", ", planned.Message.Lines.Select(static l => $"{Units(l.Quantity)} of {l.Sku} from {l.Location}"))}",
                Verdicts = [.. planned.Message.Words.Select(w => new RuleVerdict("allocation", planned.Message.Shortage.Count == 0, w))],
            },
            $"allocation {planned.Message.Id}",
            cancellationToken
        );

    private static string Units(Quantity quantity) => quantity.Value.ToString("0.###", CultureInfo.InvariantCulture);
}
