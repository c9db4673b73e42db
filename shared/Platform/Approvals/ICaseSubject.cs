using Stockgate.Domain.Approvals;

namespace Stockgate.Platform.Approvals;

/// <summary>The subject of a kind of case: reports its current state and applies decisions.</summary>
public interface ICaseSubject
{
    CaseKind Kind { get; }

    /// <summary>The current case; read-only. Its revision shows whether it has changed since people saw it.</summary>
    /// <returns>Null if no decision is needed any more.</returns>
    Task<ApprovalCase?> CurrentAsync(ApprovalCase asked, CancellationToken cancellationToken);

    /// <summary>Applies a closed case's outcome to its subject. Idempotent.</summary>
    /// <returns>The result, as text for the audit chain.</returns>
    Task<string> TakeOverAsync(ApprovalRecord closed, CancellationToken cancellationToken);
}
