using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Approvals;

/// <summary>What a look at a case came to.</summary>
/// <param name="Letters">Mails that are due.</param>
/// <param name="WakeAt">When something is due next; null where the case is over.</param>
public sealed record CaseLook(CaseState State, IReadOnlyList<Letter> Letters, DateTimeOffset? WakeAt);

/// <summary>Moves a case on: who is asked next, which mail is due, whether its time is over.</summary>
public sealed class ApprovalRounds(ApprovalStore store, ApprovalDesk desk, People people, ExceptionLog exceptions, TimeProvider time)
{
    private const string Owner = "approval operations", Unreachable = "approver-unreachable";

    private static readonly TimeSpan Sla = TimeSpan.FromHours(1);

    public async Task<CaseLook> LookAsync(CaseId id, CancellationToken cancellationToken)
    {
        var before = await store.GetAsync(id, cancellationToken);
        // A change of the subject is shown when somebody opens their link; here it only matters that there is something to decide.
        var over = before.State == CaseState.Open && await desk.AsItIsAsync(before, cancellationToken) is { State: CaseState.Withdrawn } withdrawn ? withdrawn : null;
        Due? due = null;
        var record = await store.ChangeAsync(id, stored =>
        {
            due = (over is null ? stored : stored.Close(CaseState.Withdrawn, over.Outcome!, time.GetUtcNow())).At(people.Roster, time.GetUtcNow());
            return due.Record;
        }, cancellationToken);
        if (due!.Unreachable is { } words) await RaiseAsync(record, words, "Give somebody with the role a mail address in the settings (People__NAME__Email), or decide it at POST /api/v1/cases/{id}/decisions.", cancellationToken);
        else if (record.State != CaseState.Open) await exceptions.ResolveAsync(Unreachable, SubjectOf(record), time.GetUtcNow(), cancellationToken);
        return new CaseLook(record.State, due.Letters, due.WakeAt);
    }

    /// <summary>The decision goes to what it is about.</summary>
    public async Task<string> TakeOverAsync(CaseId id, CancellationToken cancellationToken)
    {
        var closed = await store.GetAsync(id, cancellationToken);
        var words = closed.TakenOver ?? await desk.SubjectOf(closed.Case.Kind).TakeOverAsync(closed, cancellationToken);
        await store.ChangeAsync(id, record => record.TakenOverAt is null ? record with { TakenOverAt = time.GetUtcNow(), TakenOver = words } : record, cancellationToken);
        return words;
    }

    private async Task RaiseAsync(ApprovalRecord record, string failure, string action, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await exceptions.RaiseAsync(new OperationException
        {
            Type = Unreachable, Subject = SubjectOf(record), Failure = failure, RecommendedAction = action, Owner = Owner, Sla = Sla, FirstSeenAt = now, LastSeenAt = now,
            ExposedMoney = record.Case.Amount?.Amount ?? 0, Currency = record.Case.Amount?.Currency,
        }, cancellationToken);
    }

    private static string SubjectOf(ApprovalRecord record) => $"{record.Case.Subject}: case {record.Case.Id}";
}
