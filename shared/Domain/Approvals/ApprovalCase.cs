using System.Text.Json.Serialization;

namespace Stockgate.Domain.Approvals;

/// <summary>The kind of a case, which decides the subject that applies the decision.</summary>
[JsonConverter(typeof(NamedEnumConverter<CaseKind>))]
public enum CaseKind
{
    /// <summary>A cancellation, refund, change of an order.</summary>
    OrderAction,

    /// <summary>A role's yes to a promotion's terms.</summary>
    Promotion,

    /// <summary>The override of a gate.</summary>
    GateOverride,

    /// <summary>An order to a supplier of what a promotion lacks.</summary>
    Replenishment,

    /// <summary>What the monitor of a live promotion recommends.</summary>
    LiveAction,

    /// <summary>A price that moves by more than policy may decide alone.</summary>
    PriceMove,
}

/// <summary>A figure of a case: <c>order value</c>, <c>120.00 EUR</c>.</summary>
public sealed record CaseFigure(string Name, string Value);

/// <summary>A stage of a case: one person with the role has to approve.</summary>
/// <param name="Role">Of the settings <c>People__NAME__Roles</c>.</param>
/// <param name="Sla">How long they have, above zero.</param>
/// <param name="EscalateTo">The role that is asked as well when three quarters of the time are over; null for none.</param>
/// <param name="Invite">How many persons of the role are asked at once, 1 or more; the first answer decides.</param>
public sealed record ApprovalStage(string Role, TimeSpan Sla, string? EscalateTo = null, int Invite = 1);

/// <summary>A request for a person's decision, with all facts for the decision. Every text can be shown unchanged.</summary>
public sealed record ApprovalCase
{
    public required CaseId Id { get; init; }

    public required CaseKind Kind { get; init; }

    /// <summary>What the audit chain calls it: <c>order 1001</c>, <c>promotion summer-24</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The id within the subject (of an action, an anomaly or a gate), for applying the decision.</summary>
    public required string Reference { get; init; }

    /// <summary>The title, such as <c>Refund 120.00 EUR of order 1001</c>.</summary>
    public required string Title { get; init; }

    /// <summary>What happens after a yes, in a sentence or two.</summary>
    public required string Asked { get; init; }

    /// <summary>Why it is requested, and why a person is asked.</summary>
    public IReadOnlyList<string> Reasons { get; set; } = [];

    public IReadOnlyList<CaseFigure> Figures { get; set; } = [];

    public required string Recommendation { get; init; }

    /// <summary>The outcome without an answer, always the safe one.</summary>
    public required string IfSilent { get; init; }

    public Money? Amount { get; init; }

    /// <summary>Whether the decision also needs a one-time code, which is mailed separately.</summary>
    public bool CodeNeeded { get; init; }

    /// <summary>Tells what the case was prepared from: another one means that what was seen holds no more.</summary>
    public required string Revision { get; init; }

    /// <summary>The requester, who can't decide it: a person's or a rule's name.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>Who has to agree, one after the other; at least one.</summary>
    public required IReadOnlyList<ApprovalStage> Stages { get; init; }
}
