using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Approvals;

/// <summary>Opens and shows cases and accepts answers.</summary>
public sealed class ApprovalDesk(ApprovalStore store, People people, IEnumerable<ICaseSubject> subjects, TimeProvider time)
{
    /// <summary>Opens a case. Idempotent by id: a repetition does not change the question.</summary>
    public async Task<ApprovalRecord> OpenAsync(ApprovalCase asked, CancellationToken cancellationToken)
    {
        var record = ApprovalRecord.Open(asked, time.GetUtcNow());
        return await store.AddAsync(record, cancellationToken) ? record : await store.GetAsync(asked.Id, cancellationToken);
    }

    /// <summary>The current case, possibly a later revision than was mailed. Read-only.</summary>
    /// <returns>Null if there is no such case.</returns>
    public async Task<ApprovalRecord?> FindAsync(CaseId id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } record ? await AsItIsAsync(record, cancellationToken) : null;

    /// <summary>Shows a case to a person with an invitation. Read-only.</summary>
    /// <param name="id">The case.</param>
    /// <param name="invitation">Its number.</param>
    /// <param name="mailed">The revision that they were mailed.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>Null if there is no such case or invitation.</returns>
    public async Task<CaseView?> ViewAsync(CaseId id, int invitation, string mailed, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } record || record.Find(invitation) is not { } asked)
            return null;
        record = await AsItIsAsync(record, cancellationToken);
        // A complete sample answer, which is not stored: the page needs to know whether it would be accepted.
        var tried = record.Decide(
            new GivenAnswer(invitation, CaseAnswer.Approve, null, null, record.Case.Revision, "link"),
            people.Roster,
            time.GetUtcNow()
        );
        var delegates = tried.Accepted ? record.Delegates(asked.Approver, people.Roster) : [];
        return new CaseView(record, asked, record.Case.Revision != mailed, delegates, tried.Refusal, tried.Words);
    }

    /// <summary>Accepts one answer: of two concurrent ones the first is stored, and the second learns who decided.</summary>
    /// <exception cref="InvalidOperationException">There is no such case.</exception>
    public Task<AnswerVerdict> DecideAsync(CaseId id, GivenAnswer given, CancellationToken cancellationToken) =>
        DecideAsync(id, given, people.Roster, cancellationToken);

    private async Task<AnswerVerdict> DecideAsync(
        CaseId id,
        GivenAnswer given,
        IReadOnlyList<Approver> roster,
        CancellationToken cancellationToken
    )
    {
        // The current case is read before the write; a later change is found when the decision is applied.
        var now = (await AsItIsAsync(await store.GetAsync(id, cancellationToken), cancellationToken)).Case;
        AnswerVerdict? verdict = null;
        await store.ChangeAsync(
            id,
            record =>
            {
                verdict = record.Revise(now, time.GetUtcNow()).Decide(given, roster, time.GetUtcNow());
                return verdict.Accepted ? verdict.Record : record;
            },
            cancellationToken
        );
        return verdict!;
    }

    /// <summary>Accepts an answer from a console by the same rules; it needs the role but no mail.</summary>
    public async Task<AnswerVerdict> DecideAsync(
        CaseId id,
        Approver person,
        CaseAnswer answer,
        string? reason,
        string? to,
        string revision,
        CancellationToken cancellationToken
    )
    {
        var seated = await store.ChangeAsync(id, record => record.WithSeatFor(person, time.GetUtcNow()), cancellationToken);
        var seat = seated.Invitations.LastOrDefault(i => person.Is(i.Approver));
        return seat is null
            ? new(
                seated.State == CaseState.Open ? Refusal.NotTheirs : Refusal.Closed,
                seated,
                seated.Outcome ?? $"This waits for the role {seated.Waiting.Role}, which {person.Name} does not have."
            )
            : await DecideAsync(
                id,
                new GivenAnswer(seat.Number, answer, reason, to, revision, "API"),
                people.With(person),
                cancellationToken
            );
    }

    /// <summary>A mail bounced: the next approver is asked.</summary>
    public Task MailFailedAsync(CaseId id, int invitation, string words, CancellationToken cancellationToken) =>
        store.ChangeAsync(
            id,
            record =>
                record.Find(invitation) is { FailedBecause: null }
                    ? record.Mailed(new Letter(invitation, LetterKind.First), words, time.GetUtcNow())
                    : record,
            cancellationToken
        );

    internal ICaseSubject SubjectOf(CaseKind kind) => subjects.First(s => s.Kind == kind);

    /// <summary>The record with the current case.</summary>
    internal async Task<ApprovalRecord> AsItIsAsync(ApprovalRecord record, CancellationToken cancellationToken)
    {
        if (record.State != CaseState.Open)
            return record;
        if (await SubjectOf(record.Case.Kind).CurrentAsync(record.Case, cancellationToken) is { } now)
            return record.Revise(now, time.GetUtcNow());
        // Read again: the case may have been decided and applied between the two reads. The record then holds the decision.
        return (await store.GetAsync(record.Case.Id, cancellationToken)).Close(
            CaseState.Withdrawn,
            "No decision is needed any more: the subject of this case has ended.",
            time.GetUtcNow()
        );
    }
}
