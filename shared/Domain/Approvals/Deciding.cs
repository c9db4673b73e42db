namespace Stockgate.Domain.Approvals;

/// <summary>Why an answer was refused.</summary>
public enum Refusal
{
    /// <summary>It was.</summary>
    None,

    /// <summary>The case is already decided or closed for another reason; see the record.</summary>
    Closed,

    /// <summary>The time is over.</summary>
    TooLate,

    /// <summary>They saw another revision: show them this one and ask again.</summary>
    Changed,

    /// <summary>Another person decides it by now.</summary>
    Revoked,

    /// <summary>They may not decide this: they requested it or approved an earlier stage.</summary>
    NotTheirs,

    /// <summary>The answer lacks something: a reason, a colleague who may decide.</summary>
    Incomplete,
}

/// <summary>The outcome of an answer.</summary>
/// <param name="Refusal">Why it was not taken, or that it was.</param>
/// <param name="Record">The record after it; the one before where it was refused.</param>
/// <param name="Words">For the person who answered.</param>
/// <param name="Field">At fault where it is incomplete: <c>reason</c>, <c>to</c>.</param>
public sealed record AnswerVerdict(Refusal Refusal, ApprovalRecord Record, string Words, string? Field = null)
{
    public bool Accepted => Refusal == Refusal.None;
}

/// <summary>A person's answer to a case.</summary>
/// <param name="Invitation">The one that their link is for.</param>
/// <param name="Answer">What they say.</param>
/// <param name="Reason">Required for a rejection.</param>
/// <param name="To">Whom they delegate it to.</param>
/// <param name="Revision">Of the case that they saw.</param>
/// <param name="Channel">How they say it: <c>link</c>, <c>API</c>.</param>
public sealed record GivenAnswer(int Invitation, CaseAnswer Answer, string? Reason, string? To, string Revision, string Channel);

/// <summary>The rules of decisions on cases.</summary>
public static class Deciding
{
    /// <summary>Longest reason, in characters.</summary>
    public const int ReasonCharacters = 1000;

    /// <summary>
    /// The record after an answer. Written under the record's ETag, of two answers at the same time one is refused as
    /// <see cref="Refusal.Closed"/>.
    /// </summary>
    public static AnswerVerdict Decide(this ApprovalRecord record, GivenAnswer given, IReadOnlyList<Approver> roster, DateTimeOffset now)
    {
        if (record.Find(given.Invitation) is not { } invitation)
            return new(Refusal.Revoked, record, "This link is no longer valid. Open the newest mail about the case.");
        if (record.State != CaseState.Open)
            return new(Refusal.Closed, record, record.Outcome ?? "The case is closed.");
        // At the second of expiry it is over: the orchestration, which looks at the same instant, may have gone on.
        if (now >= record.Deadline)
            return new(
                Refusal.TooLate,
                record,
                $"The deadline was {record.Deadline.UtcDateTime:yyyy-MM-dd HH:mm} UTC. {record.Case.IfSilent}"
            );
        if (!invitation.Stands)
            return new(
                Refusal.Revoked,
                record,
                "Another person decides this now, or the case changed after you were asked. Open the newest mail about it."
            );
        if (invitation.Stage != record.Stage)
            return new(Refusal.Closed, record, "You have answered; the next person is being asked.");
        if (given.Revision != record.Case.Revision)
            return new(Refusal.Changed, record, "The case changed since you opened it. Review it and decide again.");
        var by = invitation.Approver;
        if (Mistake(record, by) is { } mistake)
            return new(Refusal.NotTheirs, record, mistake);
        // A person who has lost the role since the mail was sent can no longer decide.
        if (roster.FirstOrDefault(p => p.Is(by)) is not { } person || !MayDecide(person, record.Waiting, invitation))
            return new(Refusal.NotTheirs, record, $"You no longer have the role {record.Waiting.Role}.");
        var reason = string.IsNullOrWhiteSpace(given.Reason) ? null : given.Reason.Trim();
        if (reason?.Length > ReasonCharacters)
            return new(
                Refusal.Incomplete,
                record,
                $"The reason has {reason.Length} characters; at most {ReasonCharacters} are allowed.",
                "reason"
            );
        return given.Answer switch
        {
            CaseAnswer.Approve => Approve(record, Said(null), now),
            CaseAnswer.Reject when reason is null => new(
                Refusal.Incomplete,
                record,
                "A rejection needs a reason for the requester.",
                "reason"
            ),
            CaseAnswer.Reject => new(
                Refusal.None,
                (record with { Decisions = [.. record.Decisions, Said(null)] }).Close(
                    CaseState.Rejected,
                    $"Rejected by {by}: {reason}",
                    now
                ),
                "You rejected it."
            ),
            _ => Delegate(record, invitation, Said(given.To), roster, now),
        };

        CaseDecision Said(string? to) => new(record.Stage, by, given.Answer, reason, to, given.Revision, given.Channel, now);
    }

    /// <summary>The persons to whom the stage can be delegated.</summary>
    public static IReadOnlyList<string> Delegates(this ApprovalRecord record, string from, IReadOnlyList<Approver> roster) =>
        [
            .. roster
                .Where(p => p.Has(record.Waiting.Role) && !p.Is(from) && Mistake(record, p.Name) is null)
                .Select(static p => p.Name)
                .Order(StringComparer.OrdinalIgnoreCase),
        ];

    /// <returns>Why this person can't decide the stage that waits, whatever their role; null if they can.</returns>
    internal static string? Mistake(ApprovalRecord record, string name) =>
        string.Equals(record.Case.RequestedBy, name, StringComparison.OrdinalIgnoreCase)
            ? "You requested this; another person has to decide it."
        : record.Decisions.Any(d =>
            d is { Answer: CaseAnswer.Approve, Void: false } && string.Equals(d.By, name, StringComparison.OrdinalIgnoreCase)
        )
            ? "You approved an earlier step; another person has to decide this one."
        : null;

    private static bool MayDecide(Approver person, ApprovalStage stage, Invitation invitation) =>
        person.Has(stage.Role) || invitation.Because == InvitedBecause.Escalation && stage.EscalateTo is { } above && person.Has(above);

    private static AnswerVerdict Approve(ApprovalRecord record, CaseDecision said, DateTimeOffset now)
    {
        var after = record with { Decisions = [.. record.Decisions, said] };
        if (record.Stage + 1 < record.Case.Stages.Count)
            return new(
                Refusal.None,
                after with
                {
                    Stage = record.Stage + 1,
                    StageSince = now,
                },
                $"You approved it; {record.Case.Stages[record.Stage + 1].Role} is asked next."
            );
        var all = string.Join(
            " and ",
            after.Decisions.Where(static d => d is { Answer: CaseAnswer.Approve, Void: false }).Select(static d => d.By)
        );
        return new(Refusal.None, after.Close(CaseState.Approved, $"Approved by {all}.", now), "You approved it.");
    }

    private static AnswerVerdict Delegate(
        ApprovalRecord record,
        Invitation from,
        CaseDecision said,
        IReadOnlyList<Approver> roster,
        DateTimeOffset now
    )
    {
        if (
            record.Delegates(from.Approver, roster).FirstOrDefault(name => string.Equals(name, said.To, StringComparison.OrdinalIgnoreCase))
            is not { } to
        )
            return new(
                Refusal.Incomplete,
                record,
                $"Choose a colleague with the role {record.Waiting.Role} who did not request this and has not approved it.",
                "to"
            );
        var invitations = record.Invitations.Select(i => i.Number == from.Number ? i with { RevokedAt = now } : i).ToList();
        // A person who is already asked keeps their link.
        if (
            !invitations.Exists(i =>
                i.Stage == record.Stage && i.Stands && string.Equals(i.Approver, to, StringComparison.OrdinalIgnoreCase)
            )
        )
            invitations.Add(new Invitation(invitations.Count + 1, record.Stage, to, InvitedBecause.Delegation, now));
        return new(
            Refusal.None,
            record with
            {
                Invitations = invitations,
                Decisions = [.. record.Decisions, said with { To = to }],
            },
            $"You delegated it to {to}, who is being mailed."
        );
    }
}
