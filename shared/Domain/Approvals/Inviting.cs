namespace Stockgate.Domain.Approvals;

/// <summary>The due steps of a case at a given time.</summary>
/// <param name="Record">The record with what the moment changed: new invitations, or the end.</param>
/// <param name="Letters">Mails to send now.</param>
/// <param name="WakeAt">When something is due next; null if the case is over.</param>
/// <param name="Unreachable">Why no person can be asked; null if one is.</param>
public sealed record Due(ApprovalRecord Record, IReadOnlyList<Letter> Letters, DateTimeOffset? WakeAt, string? Unreachable);

/// <summary>
/// The schedule of a case: ask the role, remind at half the time, escalate at three quarters, and apply the safe outcome at the deadline.
/// </summary>
public static class Inviting
{
    private const double RemindAt = 0.5,
        EscalateAt = 0.75;

    public static Due At(this ApprovalRecord record, IReadOnlyList<Approver> roster, DateTimeOffset now)
    {
        if (record.State != CaseState.Open)
            return new(record, [], null, null);
        if (now >= record.Deadline)
            return new(
                record.Close(
                    CaseState.Expired,
                    $"Nobody answered by {record.Deadline.UtcDateTime:yyyy-MM-dd HH:mm} UTC. {record.Case.IfSilent}",
                    now
                ),
                [],
                null,
                null
            );
        var (stage, remind, escalate) = (
            record.Waiting,
            record.StageSince + record.Waiting.Sla * RemindAt,
            record.StageSince + record.Waiting.Sla * EscalateAt
        );
        record = record.Filled(stage.Role, stage.Invite, InvitedBecause.Role, roster, now);
        var reached = Asked(record).Any(static i => i.FailedBecause is null);
        // No person with the role can be reached, so it escalates at once.
        if (stage.EscalateTo is { } above && (now >= escalate || !reached))
            record = record.Filled(above, 1, InvitedBecause.Escalation, roster, now);
        var letters = new List<Letter>();
        foreach (var invitation in Asked(record))
            if (invitation is { MailedAt: null, FailedBecause: null })
                letters.Add(new(invitation.Number, LetterKind.First));
            else if (invitation is { RemindedAt: null, FailedBecause: null } && now >= remind && invitation.InvitedAt < remind)
                letters.Add(new(invitation.Number, LetterKind.Reminder));
        DateTimeOffset[] moments = [remind, escalate, record.Deadline];
        return new(
            record,
            letters,
            moments.Where(m => m > now).Min(),
            Asked(record).Any(static i => i.FailedBecause is null)
                ? null
                : $"Nobody with the role {stage.Role}{(stage.EscalateTo is null ? "" : $" or {stage.EscalateTo}")} can be asked by mail."
        );
    }

    /// <summary>The record after a mail was sent or failed; if it failed, the next person is asked.</summary>
    /// <param name="record">The record.</param>
    /// <param name="letter">Which mail.</param>
    /// <param name="failed">Why it failed; null if it was sent.</param>
    /// <param name="now">When.</param>
    public static ApprovalRecord Mailed(this ApprovalRecord record, Letter letter, string? failed, DateTimeOffset now) =>
        record with
        {
            Invitations =
            [
                .. record.Invitations.Select(i =>
                    i.Number != letter.Invitation ? i
                    : failed is not null ? i with { FailedBecause = failed }
                    : letter.Kind == LetterKind.First ? i with { MailedAt = now }
                    : i with { RemindedAt = now }
                ),
            ],
        };

    /// <summary>
    /// The record with an invitation for a person who answers without a mail, if they may decide the stage and have no valid invitation.
    /// </summary>
    public static ApprovalRecord WithSeatFor(this ApprovalRecord record, Approver person, DateTimeOffset now) =>
        record.State != CaseState.Open || !person.Has(record.Waiting.Role) || Asked(record).Any(i => person.Is(i.Approver))
            ? record
            : record with
            {
                Invitations =
                [
                    .. record.Invitations,
                    new Invitation(record.Invitations.Count + 1, record.Stage, person.Name, InvitedBecause.Role, now, MailedAt: now),
                ],
            };

    private static IEnumerable<Invitation> Asked(ApprovalRecord record) =>
        record.Invitations.Where(i => i.Stage == record.Stage && i.Stands);

    // Invitations of a role up to a number, not counting those whom no mail reaches.
    private static ApprovalRecord Filled(
        this ApprovalRecord record,
        string role,
        int wanted,
        InvitedBecause because,
        IReadOnlyList<Approver> roster,
        DateTimeOffset now
    )
    {
        var stage = record.Invitations.Where(i => i.Stage == record.Stage && i.InvitedAt >= record.StageSince).ToList();
        // An escalation is one more who is asked; for the role itself everybody counts who stands, the delegates too.
        var standing = stage.Count(i =>
            i.Stands && i.FailedBecause is null && (i.Because == InvitedBecause.Escalation) == (because == InvitedBecause.Escalation)
        );
        var fallback = stage.Exists(static i => i.FailedBecause is not null);
        var added = record.Invitations.ToList();
        foreach (
            var person in roster
                .Where(p => p.Email is not null && p.Has(role) && Deciding.Mistake(record, p.Name) is null)
                .OrderBy(static p => p.Name, StringComparer.OrdinalIgnoreCase)
        )
        {
            if (standing >= wanted)
                break;
            if (stage.Exists(i => person.Is(i.Approver)))
                continue;
            added.Add(
                new Invitation(
                    added.Count + 1,
                    record.Stage,
                    person.Name,
                    because == InvitedBecause.Role && fallback ? InvitedBecause.Fallback : because,
                    now
                )
            );
            standing++;
        }
        return added.Count == record.Invitations.Count ? record : record with { Invitations = added };
    }
}
