namespace Stockgate.Domain.Approvals;

/// <summary>A case as one of those who were asked sees it.</summary>
/// <param name="Record">With the case as it is at this moment; nothing of that is stored.</param>
/// <param name="Invitation">Theirs.</param>
/// <param name="Changed">Whether the case is another one than at the revision that they were mailed.</param>
/// <param name="Delegates">Whom they can hand it to.</param>
/// <param name="Refusal">Why they can't decide it now; <see cref="Refusal.None"/> where they can.</param>
/// <param name="Words">That in words.</param>
public sealed record CaseView(
    ApprovalRecord Record,
    Invitation Invitation,
    bool Changed,
    IReadOnlyList<string> Delegates,
    Refusal Refusal,
    string Words
);
