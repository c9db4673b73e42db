using System.Collections.Concurrent;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Orders.Accuracy;

namespace Stockgate.Demo.Partners;

/// <summary>An action on an order as a channel knows it.</summary>
/// <param name="WebhookId">What makes two deliveries the same action.</param>
/// <param name="Times">How often it came.</param>
/// <param name="Effects">How often it was carried out: never more than once, or the channel is broken.</param>
/// <param name="Refused">The channel's words where it would not.</param>
public sealed record ReceivedAction(
    string Channel,
    string WebhookId,
    OrderActionMessage Message,
    int Times,
    int Effects,
    string? Refused,
    DateTimeOffset FirstAt
);

/// <summary>An allocation of an order as a channel knows it.</summary>
/// <param name="WebhookId">What makes two deliveries the same allocation.</param>
/// <param name="Times">How often it came.</param>
/// <param name="Effects">How often it was carried out: once, or never where a later one of the order was there already.</param>
public sealed record ReceivedAllocation(
    string Channel,
    string WebhookId,
    AllocationMessage Message,
    int Times,
    int Effects,
    DateTimeOffset FirstAt
);

/// <summary>
/// What a channel does with actions on orders, as a real one should: each once, told apart by its id; then it says what became of the
/// order, and that it is done.
/// </summary>
public sealed class PartnerOrders : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ReceivedAction> actions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReceivedAllocation> allocations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> running = new();
    private readonly CancellationTokenSource ended = new();
    private readonly PartnerEvents events;
    private readonly TimeProvider time;

    internal PartnerOrders(PartnerEvents events, TimeProvider time) => (this.events, this.time) = (events, time);

    /// <summary>Every action, in the order in which they first came.</summary>
    public IReadOnlyList<ReceivedAction> Actions
    {
        get
        {
            lock (gate)
                return [.. actions.Values];
        }
    }

    /// <summary>Every allocation, in the order in which they first came.</summary>
    public IReadOnlyList<ReceivedAllocation> Allocations
    {
        get
        {
            lock (gate)
                return [.. allocations.Values];
        }
    }

    /// <summary>What was paid back for an order, over all channels.</summary>
    public decimal RefundedOf(OrderId order) =>
        Actions.Where(a => a.Message.OrderId == order && a.Effects > 0).Sum(static a => (a.Message.Amount ?? 0) * a.Effects);

    public void Dispose() => ended.Dispose();

    /// <summary>Takes a message; one that was taken before is only answered again.</summary>
    internal void Take(PartnerChannel channel, string webhookId, OrderActionMessage message, StepFaults faults)
    {
        ReceivedAction taken;
        lock (gate)
        {
            taken = actions.TryGetValue(webhookId, out var before)
                ? before with
                {
                    Times = before.Times + 1,
                }
                : new ReceivedAction(channel.Name, webhookId, message, 1, faults.Refuse is null ? 1 : 0, faults.Refuse, time.GetUtcNow());
            actions[webhookId] = taken;
        }
        if (!faults.NeverConfirm)
            Follow(AnswerAsync(channel, taken, faults.ConfirmAfter));
    }

    /// <summary>
    /// Takes an allocation; one that was taken before is only confirmed again, and one that a later one replaced not at all.
    /// </summary>
    internal void Take(PartnerChannel channel, string webhookId, AllocationMessage message, StepFaults faults)
    {
        ReceivedAllocation taken;
        lock (gate)
        {
            var newest = allocations
                .Values.Where(a => (a.Message.OrderId, a.Message.OrderChannel) == (message.OrderId, message.OrderChannel))
                .Select(static a => a.Message.Revision)
                .DefaultIfEmpty()
                .Max();
            taken = allocations.TryGetValue(webhookId, out var before)
                ? before with
                {
                    Times = before.Times + 1,
                }
                : new ReceivedAllocation(channel.Name, webhookId, message, 1, message.Revision > newest ? 1 : 0, time.GetUtcNow());
            allocations[webhookId] = taken;
        }
        if (!faults.NeverConfirm && taken.Effects > 0)
            Follow(ConfirmAsync(channel, taken, faults.ConfirmAfter));
    }

    /// <summary>Ends when nothing is under way any more.</summary>
    internal async Task EndedAsync()
    {
        await ended.CancelAsync();
        foreach (var task in running.Keys)
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Follow(Task task)
    {
        running[task] = true;
        task.ContinueWith(
            static (done, all) => ((ConcurrentDictionary<Task, bool>)all!).TryRemove(done, out _),
            running,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    private async Task ConfirmAsync(PartnerChannel channel, ReceivedAllocation allocation, TimeSpan after)
    {
        if (after > TimeSpan.Zero)
            await Task.Delay(after, time, ended.Token);
        // Under the time of its first receipt: however often it is confirmed, it is one event.
        var id = $"{allocation.WebhookId}.allocated";
        await events.PostAsync(
            channel,
            id,
            PartnerEvents.Write(
                channel,
                id,
                allocation.FirstAt,
                new OrderAllocated
                {
                    OrderId = allocation.Message.OrderId,
                    OrderChannel = allocation.Message.OrderChannel,
                    Lines = allocation.Message.Lines,
                }
            ),
            ended.Token
        );
    }

    private async Task AnswerAsync(PartnerChannel channel, ReceivedAction action, TimeSpan after)
    {
        if (after > TimeSpan.Zero)
            await Task.Delay(after, time, ended.Token);
        // Times and ids of the first receipt: the same words are the same bytes, however often they are said.
        var number = 0;
        if (action.Refused is null)
            foreach (var said in EffectOf(action.Message))
                await SayAsync($"{action.WebhookId}.effect-{++number}", said with { OrderChannel = action.Message.OrderChannel });
        await SayAsync(
            $"{action.WebhookId}.answer",
            new OrderActionAnswered
            {
                OrderId = action.Message.OrderId,
                OrderChannel = action.Message.OrderChannel,
                ActionId = action.Message.ActionId,
                Revision = action.Message.Revision,
                Answer = action.Refused is null ? OrderActionAnswer.Confirmed : OrderActionAnswer.Refused,
                Detail = action.Refused,
            }
        );

        Task SayAsync(string id, ChannelEvent said) =>
            events.PostAsync(channel, id, PartnerEvents.Write(channel, id, action.FirstAt, said), ended.Token);
    }

    private static IEnumerable<OrderEvent> EffectOf(OrderActionMessage message)
    {
        var order = message.OrderId;
        switch (message.Action)
        {
            case OrderActionKind.Cancel:
                yield return new OrderCancelled { OrderId = order, Reason = message.Reason };
                if (message.Amount > 0)
                    yield return Refund(message, unshipped: true);
                break;
            case OrderActionKind.CancelLines:
                yield return Refund(message, unshipped: true);
                break;
            case OrderActionKind.Refund:
                yield return Refund(message, unshipped: false);
                break;
            case OrderActionKind.ChangeAddress:
                yield return new OrderAddressChanged { OrderId = order, ShipTo = message.ShipTo! };
                break;
            case OrderActionKind.Hold or OrderActionKind.Release:
                yield return new OrderHeld
                {
                    OrderId = order,
                    Held = message.Action == OrderActionKind.Hold,
                    Reason = message.Reason,
                };
                break;
            case OrderActionKind.Reroute:
                yield return new OrderAllocated
                {
                    OrderId = order,
                    Lines =
                    [
                        .. message.Lines.Select(l => new AllocatedLine
                        {
                            Sku = l.Sku,
                            Location = message.Location!.Value,
                            Quantity = l.Quantity,
                        }),
                    ],
                };
                break;
            case OrderActionKind.Substitute:
                foreach (var line in message.Lines)
                    yield return new OrderSubstituted
                    {
                        OrderId = order,
                        SubstitutionId = $"{message.ActionId}-{line.Sku}",
                        From = line.Sku,
                        To = line.Substitute!.Value,
                        Quantity = line.Quantity,
                        UnitPrice = line.UnitPrice ?? 0,
                        Consent = true,
                    };
                break;
        }
    }

    // Under the action's own number, by which it is known again. What each unit cost is in the sum.
    private static OrderRefunded Refund(OrderActionMessage message, bool unshipped) =>
        new()
        {
            OrderId = message.OrderId,
            RefundId = message.ActionId.Value,
            Currency = message.Currency ?? Domain.Currency.Parse("GBP"),
            Unshipped = unshipped,
            RestockedAt = message.RestockAt,
            Adjustment = message.Amount ?? 0,
            Lines =
            [
                .. message.Lines.Select(static l => new OrderLine
                {
                    Sku = l.Sku,
                    Description = l.Sku.Value,
                    Quantity = l.Quantity,
                    UnitPrice = 0,
                }),
            ],
        };
}
