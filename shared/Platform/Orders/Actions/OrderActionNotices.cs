using Stockgate.Domain.Access;
using Stockgate.Domain.Approvals;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Pages.Approvals;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Approvals.Links;
using Stockgate.Platform.Mail;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>Mails notifications: automatic actions to the roles in policy, and the outcome to the requester.</summary>
public sealed class OrderActionNotices(
    OrderActionStore store,
    OrderActionFactsReader facts,
    ApprovalStore approvals,
    ApprovalLetters letters,
    ExceptionLog exceptions,
    People people,
    TimeProvider time
)
{
    /// <summary>Once per action; after a crash a mail may be sent twice.</summary>
    public async Task TellAsync(OrderActionKey key, OrderActionRecord record, CancellationToken cancellationToken)
    {
        if (record.ToldAt is not null || record.Review is not { } review)
            return;
        if (letters.Missing is null && await facts.OrderAsync(key.Order, cancellationToken) is { } order)
        {
            var about = OrderActionCases.Of(record with { Case = record.Case ?? new(record.Id.Value) }, review, order);
            var ending = await EndingAsync(record, cancellationToken);
            foreach (var person in Concerned(record, review))
                if (await letters.TellAsync(about, ending, person.Name, cancellationToken) is MailOutcome.Failed failed)
                    await exceptions.RaiseAsync(
                        new OperationException
                        {
                            Type = "notice-not-mailed",
                            Subject = $"person {person.Name}",
                            Failure = failed.Words,
                            RecommendedAction =
                                "Correct the address in the setting People__NAME__Email; what was to be told is on the order's audit chain.",
                            Owner = Role.Operator,
                            Sla = TimeSpan.FromHours(8),
                            FirstSeenAt = time.GetUtcNow(),
                            LastSeenAt = time.GetUtcNow(),
                        },
                        cancellationToken
                    );
        }
        await store.ChangeAsync(key, r => r with { ToldAt = time.GetUtcNow() }, cancellationToken);
    }

    private async Task<CaseEnding> EndingAsync(OrderActionRecord record, CancellationToken cancellationToken)
    {
        var asked = record.Case is { } id ? await approvals.FindAsync(id, cancellationToken) : null;
        List<string> decisions = asked is null
            ? [.. record.Timeline.Where(static s => s.State == OrderActionState.Approved).Select(static s => $"{s.By}: {s.Words}")]
            : [.. asked.Decisions.Select(static d => $"{d.By} {Words.Answer(d)}{(d.Reason is null ? "" : $": {d.Reason}")}")];
        return new CaseEnding(Label(record.State), record.Outcome ?? record.State.ToString(), decisions);
    }

    private static string Label(OrderActionState state) =>
        state switch
        {
            OrderActionState.Expired => "Not decided in time",
            OrderActionState.Compensated => "Taken back",
            _ => state.ToString(),
        };

    private IEnumerable<Approver> Concerned(OrderActionRecord record, OrderActionReview review)
    {
        // After a person's decision the requester is notified; automatic actions are reported to the roles in policy.
        var roles = review.Autonomy.Level == AutonomyLevel.ActAndTell && record.ApprovedRevision is not null ? review.Autonomy.Roles : [];
        return people.Roster.Where(p =>
            p.Email is not null && (p.Is(record.Request.RequestedBy) && record.Case is not null || roles.Any(p.Has))
        );
    }
}
