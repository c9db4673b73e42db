using System.Text.Json.Serialization;

namespace Stockgate.Domain.Approvals;

/// <summary>A person who can be asked.</summary>
/// <param name="Name">As the settings write it.</param>
/// <param name="Email">Null without a mail address.</param>
/// <param name="Roles">What they may decide.</param>
public sealed record Approver(string Name, string? Email, IReadOnlySet<string> Roles)
{
    public bool Has(string role) => Roles.Contains(role);

    public bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Why a person was asked.</summary>
[JsonConverter(typeof(NamedEnumConverter<InvitedBecause>))]
public enum InvitedBecause
{
    /// <summary>They have the stage's role.</summary>
    Role,

    /// <summary>The previous person could not be reached.</summary>
    Fallback,

    /// <summary>Time runs out.</summary>
    Escalation,

    /// <summary>A colleague handed it to them.</summary>
    Delegation,
}

/// <summary>One person who is asked in one stage.</summary>
/// <param name="Number">1 for the case's first.</param>
/// <param name="Stage">The first one is 0.</param>
/// <param name="Approver">Their name.</param>
/// <param name="Because">Why they were asked.</param>
/// <param name="InvitedAt">When that was.</param>
/// <param name="MailedAt">When the mail was handed over; null while it has not been.</param>
/// <param name="RemindedAt">When they were reminded; null if they were not.</param>
/// <param name="FailedBecause">Why no mail reached them; null if none failed.</param>
/// <param name="RevokedAt">From when their link is good for looking only: they delegated it, or what they saw was replaced.</param>
public sealed record Invitation(
    int Number,
    int Stage,
    string Approver,
    InvitedBecause Because,
    DateTimeOffset InvitedAt,
    DateTimeOffset? MailedAt = null,
    DateTimeOffset? RemindedAt = null,
    string? FailedBecause = null,
    DateTimeOffset? RevokedAt = null
)
{
    /// <summary>Whether the person may still answer.</summary>
    [JsonIgnore]
    public bool Stands => RevokedAt is null;
}

/// <summary>The kind of a mail.</summary>
[JsonConverter(typeof(NamedEnumConverter<LetterKind>))]
public enum LetterKind
{
    First,
    Reminder,
}

/// <summary>A mail that is due.</summary>
public sealed record Letter(int Invitation, LetterKind Kind);

/// <summary>What a person can answer.</summary>
[JsonConverter(typeof(NamedEnumConverter<CaseAnswer>))]
public enum CaseAnswer
{
    Approve,
    Reject,

    /// <summary>Another person with the role is to decide.</summary>
    Delegate,
}

/// <summary>A person's answer.</summary>
/// <param name="Stage">The first one is 0.</param>
/// <param name="By">Their name.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Reason">Required for a rejection.</param>
/// <param name="To">Whom they delegated it to; null for another answer.</param>
/// <param name="Revision">Of the case as they saw it.</param>
/// <param name="Channel">How they said it: <c>link</c>, <c>API</c>.</param>
/// <param name="At">When they said it.</param>
/// <param name="Void">True if the case changed afterwards, so that their yes counts no more.</param>
public sealed record CaseDecision(
    int Stage,
    string By,
    CaseAnswer Answer,
    string? Reason,
    string? To,
    string Revision,
    string Channel,
    DateTimeOffset At,
    bool Void = false
);
