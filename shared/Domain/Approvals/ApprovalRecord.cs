using System.Text.Json.Serialization;

namespace Stockgate.Domain.Approvals;

/// <summary>Where a case stands.</summary>
[JsonConverter(typeof(NamedEnumConverter<CaseState>))]
public enum CaseState
{
    /// <summary>Waits for a person.</summary>
    Open,
    Approved,
    Rejected,

    /// <summary>Nobody answered in time: the same as a no.</summary>
    Expired,

    /// <summary>What it was about is over, or was taken back.</summary>
    Withdrawn,
}

/// <summary>
/// The stored state of a case: question, invitations, answers. State changes are pure functions; see <see cref="Deciding"/> and
/// <see cref="Inviting"/>.
/// </summary>
public sealed record ApprovalRecord
{
    public required ApprovalCase Case { get; init; }

    public CaseState State { get; set; } = CaseState.Open;

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The stage that waits; the first one is 0.</summary>
    public int Stage { get; init; }

    /// <summary>From when the stage's time counts.</summary>
    public required DateTimeOffset StageSince { get; init; }

    public IReadOnlyList<Invitation> Invitations { get; set; } = [];

    public IReadOnlyList<CaseDecision> Decisions { get; set; } = [];

    /// <summary>When it was decided, expired or withdrawn; null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The outcome, as displayable text.</summary>
    public string? Outcome { get; init; }

    /// <summary>When what the decision asks for was begun, and what that was; null before.</summary>
    public DateTimeOffset? TakenOverAt { get; init; }

    public string? TakenOver { get; init; }

    /// <summary>The deadline for answers.</summary>
    [JsonIgnore]
    public DateTimeOffset Deadline => StageSince + Waiting.Sla;

    [JsonIgnore]
    public ApprovalStage Waiting => Case.Stages[Stage];

    public static ApprovalRecord Open(ApprovalCase asked, DateTimeOffset now) =>
        asked.Stages.Count > 0
            ? new()
            {
                Case = asked,
                OpenedAt = now,
                StageSince = now,
            }
            : throw new ArgumentException("A case needs at least one stage with a role that decides.", nameof(asked));

    public Invitation? Find(int invitation) => Invitations.FirstOrDefault(i => i.Number == invitation);

    /// <summary>The record with the case over; unchanged where it is over already.</summary>
    public ApprovalRecord Close(CaseState state, string outcome, DateTimeOffset at) =>
        State != CaseState.Open ? this : this with { State = state, Outcome = outcome, ClosedAt = at };

    /// <summary>
    /// Applies the current case. If its revision changed, earlier approvals are void: the first stage is asked again with its full time,
    /// and the links of later stages are revoked.
    /// </summary>
    public ApprovalRecord Revise(ApprovalCase now, DateTimeOffset at)
    {
        if (State != CaseState.Open || now.Revision == Case.Revision)
            return this;
        if (Stage == 0)
            return this with { Case = now };
        return this with
        {
            Case = now,
            Stage = 0,
            StageSince = at,
            Decisions = [.. Decisions.Select(static d => d with { Void = true })],
            Invitations = [.. Invitations.Select(i => i.Stands ? i with { RevokedAt = at } : i)],
        };
    }
}
