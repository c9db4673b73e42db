using System.Text.Json;
using System.Text.Json.Serialization;
using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Domain.Events;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Outbound;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>What an action's orchestration does next.</summary>
[JsonConverter(typeof(NamedEnumConverter<OrderActionNext>))]
public enum OrderActionNext
{
    /// <summary>Ask people: the case is open.</summary>
    Ask,

    /// <summary>Send the message that is due.</summary>
    Send,

    /// <summary>Wait for the channel.</summary>
    Wait,

    /// <summary>Nothing: it is over.</summary>
    Nothing,
}

/// <summary>The result of evaluating an action.</summary>
/// <param name="Case">The open question; null if none.</param>
/// <param name="WakeAt">When to look again where nothing happens.</param>
public sealed record OrderActionLook(OrderActionNext Next, CaseId? Case, DateTimeOffset WakeAt);

/// <summary>Advances actions: review, approval case, sending, the channel's answer. Each step is idempotent.</summary>
public sealed class OrderActionWork(
    OrderActionStore store,
    OrderActionFactsReader facts,
    OrderActionDesk desk,
    ApprovalDesk approvals,
    OutboundChannels channels,
    ChannelClient client,
    ActionClaims claims,
    OrderActionTroubles troubles,
    OrderActionNotices notices,
    OrderActionLimits limits,
    TimeProvider time
)
{
    public async Task<OrderActionLook> LookAsync(OrderActionKey key, CancellationToken cancellationToken)
    {
        var record = await store.GetAsync(key, cancellationToken);
        if (!record.Closed && await facts.OrderAsync(key.Order, cancellationToken) is { } order)
            record = await MoveAsync(key, record, order, cancellationToken);
        var now = time.GetUtcNow();
        await troubles.TellAsync(record, cancellationToken);
        if (record.Closed)
        {
            if (record.State != OrderActionState.Done)
                await claims.ReleaseAsync(record, (await facts.OrderAsync(key.Order, cancellationToken))?.Customer(), cancellationToken);
            await notices.TellAsync(key, record, cancellationToken);
            // Last: a crash before leaves an action on the list, whose orchestration then does this again.
            await store.DelistAsync(key, cancellationToken);
            return new(OrderActionNext.Nothing, null, now);
        }
        if (record.State == OrderActionState.Waiting)
            return new(OrderActionNext.Ask, record.Case, now);
        var sendAt = record.SendAt(limits);
        if (sendAt <= now)
            return new(OrderActionNext.Send, null, now);
        // Shortly after it was sent the answer is expected at any moment, and the signal may be lost.
        var soon = record.SentAt is { } sent && now - sent < limits.RetryEvery ? now + limits.AskEvery : sendAt;
        DateTimeOffset[] moments = [soon, sendAt, record.ConfirmBy is { } by && by > now ? by : DateTimeOffset.MaxValue];
        return new(OrderActionNext.Wait, null, moments.Min());
    }

    /// <summary>
    /// Sends the message that is due. The channel tells a repetition by its id, so that it is done once however often it is sent.
    /// </summary>
    public async Task<bool> SendAsync(OrderActionKey key, CancellationToken cancellationToken)
    {
        var record = await store.GetAsync(key, cancellationToken);
        if (record is not { Message: { } message } || record.Closed || record.SendAt(limits) > time.GetUtcNow())
            return false;
        var doubt = false;
        record = await store.ChangeAsync(
            key,
            r =>
            {
                doubt = r.InDoubt;
                return r.Trying(message.Revision, time.GetUtcNow());
            },
            cancellationToken
        );
        if (record.Closed || record.Message?.Revision != message.Revision)
            return false;
        var order = await facts.OrderAsync(key.Order, cancellationToken);
        var channel = order is { Placed: not null } && order.Origin() is { } origin ? channels.ForOrdersOf(origin) : null;
        var delivery = channel is null
            ? new Delivery(DeliveryOutcome.Unreachable, null, "no channel in the settings takes it")
            : await client.SendAsync(
                channel,
                message.Id,
                JsonSerializer.SerializeToUtf8Bytes(message, OrderActionsJson.Default.OrderActionMessage),
                cancellationToken
            );
        var (taken, refused) = (
            delivery.Outcome == DeliveryOutcome.Accepted,
            delivery.Outcome == DeliveryOutcome.Refused ? delivery.Detail : null
        );
        await store.ChangeAsync(
            key,
            r =>
                r.Sent(
                    message.Revision,
                    taken,
                    refused,
                    record.Tries,
                    doubt || delivery.Doubtful,
                    channel?.Id.Value ?? "nobody",
                    time.GetUtcNow()
                ),
            cancellationToken
        );
        return true;
    }

    // The claim comes first and the sum of all claims after it: of two small refunds at the same time at least one sees the other. A review
    // that gives more than was claimed is made again on top of that claim.
    private async Task<OrderActionRecord> ReviewedAsync(
        OrderActionKey key,
        OrderActionRecord record,
        string? customer,
        CancellationToken cancellationToken
    )
    {
        Money? claimed = null;
        for (var first = true; ; first = false)
        {
            if (
                first
                && await desk.ReviewAsync(record, await store.ListAsync(key.Order, cancellationToken), cancellationToken) is var (_, sight)
            )
                claimed = sight.Effect.Money;
            await claims.ClaimAsync(record, customer, claimed, cancellationToken);
            var more = false;
            var reviewed = await store.PromiseAsync(
                key,
                async (r, all) =>
                {
                    if (r.State != OrderActionState.Asked || await desk.ReviewAsync(r, all, cancellationToken) is not var (_, review))
                        return r;
                    more = review.Effect.Money?.Amount > (claimed?.Amount ?? 0);
                    if (more)
                        claimed = review.Effect.Money;
                    return more ? r : r.Reviewed(review, time.GetUtcNow());
                },
                cancellationToken
            );
            if (!more)
                return reviewed;
        }
    }

    // One step may enable the next: an automatic action is reviewed, approved and sent in one evaluation.
    private async Task<OrderActionRecord> MoveAsync(
        OrderActionKey key,
        OrderActionRecord record,
        OrderDocument order,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        if (record.State == OrderActionState.Asked)
            record = await ReviewedAsync(key, record, order.Customer(), cancellationToken);
        if (record is { State: OrderActionState.Waiting, Review: { } prepared })
            await approvals.OpenAsync(OrderActionCases.Of(record, prepared, order), cancellationToken);
        if (record.State == OrderActionState.Approved)
        {
            record = await store.PromiseAsync(
                key,
                async (r, all) =>
                    r.State != OrderActionState.Approved || await desk.ReviewAsync(r, all, cancellationToken) is not var (latest, review)
                        ? r
                        : r.Checked(review, latest, limits, now),
                cancellationToken
            );
            return record.State == OrderActionState.Asked ? await MoveAsync(key, record, order, cancellationToken) : record;
        }
        if (
            record.Message is null
            || record.State is not (OrderActionState.Executing or OrderActionState.Compensating or OrderActionState.Unconfirmed)
        )
            return record;
        if (order.Placed is not null && order.Origin() is { } origin && channels.ForOrdersOf(origin) is { } channel)
        {
            foreach (var answer in order.Handling?.Answers ?? [])
                // An answer from another channel is ignored, even if its signature is valid.
                if (answer.Said.ActionId == key.Action && answer.Channel == channel.AnswersFrom)
                    record = await store.ChangeAsync(
                        key,
                        r =>
                            r.Answered(
                                answer.Said.Revision,
                                answer.Said.Answer == OrderActionAnswer.Confirmed,
                                answer.Said.Detail,
                                channel.Id.Value,
                                now
                            ),
                        cancellationToken
                    );
            // A refund under the action's number is the deed itself.
            if (order.Refunds.FirstOrDefault(r => r.Said.RefundId == key.Action.Value && r.Channel == channel.AnswersFrom) is { } refund)
                record = await store.ChangeAsync(
                    key,
                    r => r.Answered(1, true, $"refund {refund.Said.RefundId}", channel.Id.Value, now),
                    cancellationToken
                );
        }
        return await store.ChangeAsync(key, r => r.Late(limits, now), cancellationToken);
    }
}
