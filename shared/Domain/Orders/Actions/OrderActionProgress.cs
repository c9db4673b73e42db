using Stockgate.Domain.Approvals;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>The time limits and retry interval for a channel.</summary>
/// <param name="ConfirmWithin">From the first try to send to the confirmation; after it the action is taken back where it can be.</param>
/// <param name="AskEvery">While a confirmation is fresh to be expected.</param>
/// <param name="RetryEvery">What was not confirmed is sent again after so long, under the same id.</param>
public sealed record OrderActionLimits(TimeSpan ConfirmWithin, TimeSpan AskEvery, TimeSpan RetryEvery)
{
    public static readonly OrderActionLimits Default = new(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
}

/// <summary>The state transitions of an action, each a pure function of the stored record and therefore idempotent.</summary>
public static class OrderActionProgress
{
    /// <summary>The maximum number of approval rounds caused by changes of the order.</summary>
    public const int MostRounds = 5;

    private const string System = "order actions";

    /// <summary>After a review of an action that is requested: refused, waiting for people, or approved by policy.</summary>
    public static OrderActionRecord Reviewed(this OrderActionRecord record, OrderActionReview review, DateTimeOffset now)
    {
        if (record.State != OrderActionState.Asked)
            return record;
        var (prepared, autonomy) = (record with { Review = review }, review.Autonomy);
        var rule = autonomy.RuleName is { } name ? $"policy {autonomy.PolicyVersion}, {name}" : $"policy {autonomy.PolicyVersion}";
        if (!review.Feasibility.Possible)
            return prepared.To(OrderActionState.Refused, now, System, Why(review));
        return autonomy.Level switch
        {
            AutonomyLevel.Act or AutonomyLevel.ActAndTell => (prepared with { ApprovedRevision = review.Revision }).To(
                OrderActionState.Approved,
                now,
                rule,
                autonomy.Words
            ),
            AutonomyLevel.AskOne or AutonomyLevel.AskTwoInOrder when record.Round >= MostRounds => prepared.To(
                OrderActionState.Failed,
                now,
                System,
                $"The order changed {MostRounds} times while it waited for approval. Request the action again when the order no longer changes."
            ),
            AutonomyLevel.AskOne or AutonomyLevel.AskTwoInOrder => (
                prepared with
                {
                    Round = record.Round + 1,
                    Case = new CaseId($"{record.Id}-{record.Round + 1}"),
                }
            ).To(OrderActionState.Waiting, now, rule, autonomy.Words),
            _ => prepared.To(OrderActionState.Refused, now, rule, autonomy.Words),
        };
    }

    /// <summary>After people's decision about the case that it waits for.</summary>
    public static OrderActionRecord Decided(this OrderActionRecord record, ApprovalRecord closed, DateTimeOffset now)
    {
        if (record.State != OrderActionState.Waiting || record.Case != closed.Case.Id)
            return record;
        var words = closed.Outcome ?? closed.State.ToString();
        var by = closed.Decisions.LastOrDefault(static d => !d.Void)?.By ?? System;
        return closed.State switch
        {
            CaseState.Approved => (record with { ApprovedRevision = closed.Case.Revision }).To(OrderActionState.Approved, now, by, words),
            CaseState.Rejected => record.To(OrderActionState.Rejected, now, by, words),
            CaseState.Expired => record.To(OrderActionState.Expired, now, System, words),
            // The subject has ended; the review has the current state.
            _ => record.To(OrderActionState.Asked, now, System, words),
        };
    }

    /// <summary>The final check before an approved action is sent: the review must equal the approved one.</summary>
    public static OrderActionRecord Checked(
        this OrderActionRecord record,
        OrderActionReview review,
        OrderDocument order,
        OrderActionLimits limits,
        DateTimeOffset now
    )
    {
        if (record.State != OrderActionState.Approved)
            return record;
        if (!review.Feasibility.Possible)
            return (record with { Review = review }).To(
                OrderActionState.Failed,
                now,
                System,
                $"The order changed after the approval. {Why(review)}"
            );
        if (review.Revision != record.ApprovedRevision)
            return record.To(OrderActionState.Asked, now, System, "The order changed after the approval; the action is reviewed again.");
        var message = OrderActionMessage.Of(record.Id, 1, order, record.Request, review.Effect);
        // From here on its money is reserved, even if this process crashes.
        return (
            record with
            {
                Review = review,
                Message = message,
                Compensation = CompensationOf(record, review, order),
                ConfirmBy = now + limits.ConfirmWithin,
                SentAt = null,
                TriedAt = null,
                InDoubt = false,
            }
        ).To(OrderActionState.Executing, now, System, review.Effect.Words);
    }

    /// <summary>Recorded before an attempt to send, because after a crash it is unknown whether the channel received the message.</summary>
    public static OrderActionRecord Trying(this OrderActionRecord record, int revision, DateTimeOffset now) =>
        record.Message?.Revision == revision && !record.Closed
            ? record with
            {
                TriedAt = now,
                InDoubt = true,
                Tries = record.Tries + 1,
            }
            : record;

    /// <summary>After a try to send.</summary>
    /// <param name="record">The record.</param>
    /// <param name="revision">Of the message that was tried.</param>
    /// <param name="refused">Why the channel will not take it, whatever is tried; null if it took it or could not be reached.</param>
    /// <param name="taken">Whether it took it.</param>
    /// <param name="tried">The number that <see cref="Trying"/> gave the try.</param>
    /// <param name="doubt">Whether this try, or one before it, may have been taken without our knowing.</param>
    /// <param name="channel">Its name.</param>
    /// <param name="now">When.</param>
    public static OrderActionRecord Sent(
        this OrderActionRecord record,
        int revision,
        bool taken,
        string? refused,
        int tried,
        bool doubt,
        string channel,
        DateTimeOffset now
    )
    {
        if (
            record.Message?.Revision != revision
            || record.State is not (OrderActionState.Executing or OrderActionState.Compensating or OrderActionState.Unconfirmed)
        )
            return record;
        // Two concurrent attempts (after a worker was presumed dead) do not know each other's result.
        doubt |= record.Tries != tried;
        var after = record with { TriedAt = now, SentAt = taken ? now : record.SentAt, InDoubt = doubt };
        // A refusal of a repetition says nothing about what the first one did: its money would be paid out a second time.
        return refused is null || doubt || record.SentAt is not null ? after : after.Answered(revision, false, refused, channel, now);
    }

    /// <summary>After the channel's answer to a message.</summary>
    public static OrderActionRecord Answered(
        this OrderActionRecord record,
        int revision,
        bool confirmed,
        string? detail,
        string channel,
        DateTimeOffset now
    )
    {
        var said = string.IsNullOrWhiteSpace(detail) ? "" : $": {detail}";
        return (record.State, revision, confirmed) switch
        {
            (OrderActionState.Executing or OrderActionState.Unconfirmed, 1, true) => record.To(
                OrderActionState.Done,
                now,
                channel,
                $"{channel} confirmed it{said}."
            ),
            (OrderActionState.Executing or OrderActionState.Unconfirmed, 1, false) => record.To(
                OrderActionState.Failed,
                now,
                channel,
                $"{channel} refused it{said}. Nothing was done."
            ),
            (OrderActionState.Compensating or OrderActionState.Unconfirmed, 2, true) => record.To(
                OrderActionState.Compensated,
                now,
                channel,
                $"{channel} reversed it{said}."
            ),
            (OrderActionState.Compensating, 2, false) => record.To(
                OrderActionState.Unconfirmed,
                now,
                channel,
                $"{channel} did not reverse it{said}."
            ),
            _ => record,
        };
    }

    /// <summary>At the channel's deadline: reversible actions are compensated, the others need a person.</summary>
    public static OrderActionRecord Late(this OrderActionRecord record, OrderActionLimits limits, DateTimeOffset now)
    {
        if (now < record.ConfirmBy)
            return record;
        return record.State switch
        {
            OrderActionState.Executing when record.Compensation is { } compensation => (
                record with
                {
                    Message = compensation,
                    ConfirmBy = now + limits.ConfirmWithin,
                    SentAt = null,
                    TriedAt = null,
                    InDoubt = false,
                }
            ).To(
                OrderActionState.Compensating,
                now,
                System,
                $"The channel did not confirm it by {record.ConfirmBy:yyyy-MM-dd HH:mm:ss} UTC and is asked to reverse it."
            ),
            OrderActionState.Executing => record.To(
                OrderActionState.Unconfirmed,
                now,
                System,
                $"The channel did not confirm it by {record.ConfirmBy:yyyy-MM-dd HH:mm:ss} UTC, and the action can't be reversed."
            ),
            OrderActionState.Compensating => record.To(
                OrderActionState.Unconfirmed,
                now,
                System,
                "The channel neither confirmed it nor reversed it."
            ),
            _ => record,
        };
    }

    /// <summary>
    /// When the message is to be sent (again): at once, and then as often as the limits say, until the channel has answered.
    /// </summary>
    public static DateTimeOffset SendAt(this OrderActionRecord record, OrderActionLimits limits) =>
        record.TriedAt is { } tried ? tried + limits.RetryEvery : DateTimeOffset.MinValue;

    private static OrderActionMessage? CompensationOf(OrderActionRecord record, OrderActionReview review, OrderDocument order)
    {
        if (OrderActionCompensation.Of(record.Request, review.Effect, order) is not { Request: { } back, Words: var words })
            return null;
        var effect = new ActionEffect
        {
            Words = words,
            Units = [.. back.Lines.Select(static l => new OrderActionUnits(l.Sku, l.Quantity, l.Substitute))],
        };
        return OrderActionMessage.Of(record.Id, 2, order, back, effect, compensates: true);
    }

    private static string Why(OrderActionReview review) =>
        string.Join(" ", review.Feasibility.Checks.Where(static c => !c.Passed).Select(static c => c.Reason));
}
