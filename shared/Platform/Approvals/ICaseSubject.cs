using Stockgate.Domain.Approvals;

namespace Stockgate.Platform.Approvals;

/// <summary>The subject of a kind of case: reports its current state and applies decisions.</summary>
public interface ICaseSubject
{
    CaseKind Kind { get; }

    /// <summary>The case as it would be asked at this moment; reads only. Its revision tells whether what people saw still holds.</summary>
    /// <returns>Null where there is nothing to decide any more.</returns>
    Task<ApprovalCase?> CurrentAsync(ApprovalCase asked, CancellationToken cancellationToken);

    /// <summary>Carries a closed case's outcome to its subject. May be called again after a crash and then changes nothing.</summary>
    /// <returns>What was begun, in words for the audit chain.</returns>
    Task<string> TakeOverAsync(ApprovalRecord closed, CancellationToken cancellationToken);
}
