using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Approvals.Links;
using Stockgate.Platform.Mail;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Approvals;

/// <summary>The result of evaluating a case.</summary>
/// <param name="Letters">Mails that are due.</param>
/// <param name="WakeAt">When something is due next; null if the case is over.</param>
public sealed record CaseLook(CaseState State, IReadOnlyList<Letter> Letters, DateTimeOffset? WakeAt);

/// <summary>Advances a case: next approver, due mails, deadline.</summary>
public sealed class ApprovalRounds(
    ApprovalStore store,
    ApprovalDesk desk,
    ApprovalLetters letters,
    People people,
    ExceptionLog exceptions,
    TimeProvider time
)
{
    private const string Owner = "approval operations",
        Unreachable = "approver-unreachable";

    // After that the next person is asked, although the server may recover soon.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Sla = TimeSpan.FromHours(1);

    // Signals use a list cached for a second: changes before a new case was listed are found by one more evaluation.
    private static readonly TimeSpan Unseen = TimeSpan.FromSeconds(2);

    public async Task<CaseLook> LookAsync(CaseId id, CancellationToken cancellationToken)
    {
        var before = await store.GetAsync(id, cancellationToken);
        var current = await desk.AsItIsAsync(before, cancellationToken);
        Due? due = null;
        var record = await store.ChangeAsync(
            id,
            stored =>
            {
                var now = time.GetUtcNow();
                due = (
                    current.State == CaseState.Withdrawn
                        ? stored.Close(CaseState.Withdrawn, current.Outcome!, now)
                        : stored.Revise(current.Case, now)
                ).At(people.Roster, now);
                // The mailed revision is kept until the next mail, so that the page can show the changes; in a later stage a change voids
                // earlier approvals and is stored.
                return
                    stored.Stage == 0
                    && due is { Letters.Count: 0, Record.State: CaseState.Open }
                    && ReferenceEquals(due.Record.Invitations, stored.Invitations)
                    ? stored
                    : due.Record;
            },
            cancellationToken
        );
        if (due!.Unreachable is { } words)
            await RaiseAsync(
                record,
                words,
                $"Give a person with the role a mail address in the settings (People__NAME__Email), or decide it at POST /api/v1/cases/{id}/decisions.",
                cancellationToken
            );
        else if (record.State != CaseState.Open)
            await exceptions.ResolveAsync(Unreachable, SubjectOf(record), time.GetUtcNow(), cancellationToken);
        return new CaseLook(
            record.State,
            due.Letters,
            due.WakeAt is { } wakeAt && record.OpenedAt + Unseen is var seen && seen > time.GetUtcNow() && seen < wakeAt ? seen : due.WakeAt
        );
    }

    /// <summary>Sends a due mail and records the result.</summary>
    public async Task<bool> MailAsync(CaseId id, Letter letter, CancellationToken cancellationToken)
    {
        var record = await store.GetAsync(id, cancellationToken);
        if (
            record.State != CaseState.Open
            || record.Find(letter.Invitation) is not { Stands: true } to
            || (letter.Kind == LetterKind.First ? to.MailedAt : to.RemindedAt) is not null
        )
            return false;
        var outcome = await letters.SendAsync(record, letter, cancellationToken);
        var failed = outcome as MailOutcome.Failed;
        // A transient failure of the mail server does not move on to the next person: the activity is retried.
        if (failed is { Permanent: false } && letters.Missing is null && time.GetUtcNow() < to.InvitedAt + Patience)
            throw new MailNotSentException(failed.Words);
        await store.ChangeAsync(id, stored => stored.Mailed(letter, failed?.Words, time.GetUtcNow()), cancellationToken);
        if (failed is not null)
            await RaiseAsync(
                record,
                $"No mail about “{record.Case.Title}” reached {to.Approver}: {failed.Words}",
                "Correct the address in People__NAME__Email or the mail server's settings. Meanwhile the next person with the role is asked.",
                cancellationToken
            );
        return failed is null;
    }

    /// <summary>The decision goes to what it is about.</summary>
    /// <returns>The case, and what was begun.</returns>
    public async Task<(ApprovalCase Case, string Words)> TakeOverAsync(CaseId id, CancellationToken cancellationToken)
    {
        var closed = await store.GetAsync(id, cancellationToken);
        var words = closed.TakenOver ?? await desk.SubjectOf(closed.Case.Kind).TakeOverAsync(closed, cancellationToken);
        await store.ChangeAsync(
            id,
            record => record.TakenOverAt is null ? record with { TakenOverAt = time.GetUtcNow(), TakenOver = words } : record,
            cancellationToken
        );
        return (closed.Case, words);
    }

    private async Task RaiseAsync(ApprovalRecord record, string failure, string action, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await exceptions.RaiseAsync(
            new OperationException
            {
                Type = Unreachable,
                Subject = SubjectOf(record),
                Failure = failure,
                RecommendedAction = action,
                Owner = Owner,
                Sla = Sla,
                FirstSeenAt = now,
                LastSeenAt = now,
                ExposedMoney = record.Case.Amount?.Amount ?? 0,
                Currency = record.Case.Amount?.Currency,
            },
            cancellationToken
        );
    }

    private static string SubjectOf(ApprovalRecord record) => $"{record.Case.Subject}: case {record.Case.Id}";
}

/// <summary>A transient failure to send a mail; a retry may succeed.</summary>
public sealed class MailNotSentException(string words) : Exception(words);
