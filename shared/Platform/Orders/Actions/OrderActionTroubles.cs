using Stockgate.Domain.Operations;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>Opens exceptions for failed actions and closes them on later success.</summary>
public sealed class OrderActionTroubles(ExceptionLog exceptions, TimeProvider time)
{
    private const string Owner = "order operations",
        Unconfirmed = "order-action-unconfirmed",
        Failed = "order-action-failed";

    /// <summary>Once per state; a repetition adds no exception.</summary>
    public async Task TellAsync(OrderActionRecord record, CancellationToken cancellationToken)
    {
        switch (record.State)
        {
            case OrderActionState.Unconfirmed:
                await RaiseAsync(
                    record,
                    Unconfirmed,
                    $"Find out whether the channel did it. If not, nothing is left to do here; if it did, have it report so. Action {record.Id}, message {record.Message?.Id}.",
                    TimeSpan.FromHours(2),
                    cancellationToken
                );
                break;
            case OrderActionState.Failed when record.ApprovedRevision is not null:
                await RaiseAsync(
                    record,
                    Failed,
                    "Tell the customer, and ask for the action again if it is still wanted.",
                    TimeSpan.FromHours(8),
                    cancellationToken
                );
                break;
            case OrderActionState.Compensated:
                await RaiseAsync(
                    record,
                    Failed,
                    "It was taken back because the channel had not confirmed it. Tell the customer, and ask for the action again.",
                    TimeSpan.FromHours(8),
                    cancellationToken
                );
                break;
        }
        if (record.Closed && record.Timeline.Any(static s => s.State == OrderActionState.Unconfirmed))
            await exceptions.ResolveAsync(Unconfirmed, SubjectOf(record), time.GetUtcNow(), cancellationToken);
    }

    private async Task RaiseAsync(OrderActionRecord record, string type, string action, TimeSpan sla, CancellationToken cancellationToken)
    {
        // A second look at the same trouble is not a second trouble.
        if (
            (await exceptions.AboutAsync(SubjectOf(record), cancellationToken)).Any(e =>
                e.Type == type && e.LastSeenAt >= record.Timeline[^1].At
            )
        )
            return;
        await exceptions.RaiseAsync(
            new OperationException
            {
                Type = type,
                Subject = SubjectOf(record),
                Failure = $"{record.Request.Action}: {record.Outcome}",
                RecommendedAction = action,
                Owner = Owner,
                Sla = sla,
                FirstSeenAt = record.Timeline[^1].At,
                LastSeenAt = time.GetUtcNow(),
                ExposedMoney = record.Review?.Effect.Exposure?.Amount ?? 0,
                Currency = record.Review?.Effect.Exposure?.Currency,
            },
            cancellationToken
        );
    }

    private static string SubjectOf(OrderActionRecord record) => $"{OrderActionStore.SubjectOf(record.OrderId)}: {record.Id}";
}
