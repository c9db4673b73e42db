using Stockgate.Domain;
using Stockgate.Domain.Access;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Mail;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Approvals.Links;

/// <summary>Handles bounced mails: asks the next approver and opens an exception.</summary>
public sealed class MailBounces(MailIndex index, ApprovalDesk desk, ApprovalStore store, ExceptionLog exceptions, TimeProvider time)
{
    private static readonly TimeSpan Sla = TimeSpan.FromHours(4);

    /// <summary>Accepts reports in any order, also repeated ones.</summary>
    /// <returns>The cases whose approver was not reached; their orchestrations have to be signalled.</returns>
    public async Task<IReadOnlySet<CaseId>> TakeAsync(IEnumerable<DeliveryReport> reports, CancellationToken cancellationToken)
    {
        var touched = new HashSet<CaseId>();
        foreach (var report in reports.Where(static r => r.Failed))
        {
            // Not a case mail: other systems may share the sender's address.
            if (
                await index.FindAsync(report.MessageId, cancellationToken) is not { } about
                || await store.FindAsync(about.Case, cancellationToken) is not { } record
            )
                continue;
            var words = $"{report.Status}{(report.Words is null ? "" : $": {report.Words}")}";
            await desk.MailFailedAsync(about.Case, about.Invitation, words, cancellationToken);
            touched.Add(about.Case);
            var who = record.Find(about.Invitation)?.Approver ?? "somebody";
            await exceptions.RaiseAsync(
                new OperationException
                {
                    Type = "mail-came-back",
                    Subject = record.Case.Subject,
                    Failure = $"The mail to {who} about “{record.Case.Title}” did not arrive. {words}",
                    RecommendedAction =
                        "Correct the address in the setting People__NAME__Email. Meanwhile the next person with the role is asked; the case can also be decided at the console.",
                    Owner = Role.Operator,
                    Sla = Sla,
                    FirstSeenAt = time.GetUtcNow(),
                    LastSeenAt = time.GetUtcNow(),
                    ExposedMoney = record.Case.Amount?.Amount ?? 0,
                    Currency = record.Case.Amount?.Currency,
                },
                cancellationToken
            );
        }
        return touched;
    }
}
