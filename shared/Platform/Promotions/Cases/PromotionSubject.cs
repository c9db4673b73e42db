using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Domain.Promotions;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Promotions.Gating;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Promotions.Requests;

namespace Stockgate.Platform.Promotions.Cases;

/// <summary>Base of the cases about promotions.</summary>
public abstract class PromotionSubject(PromotionStore store) : ICaseSubject
{
    private const string Prefix = "promotion ";

    public abstract CaseKind Kind { get; }

    /// <summary>Which promotion a case is about; null if it is about something else.</summary>
    public static PromotionId? PromotionOf(ApprovalCase asked) =>
        asked.Subject.StartsWith(Prefix, StringComparison.Ordinal) ? new PromotionId(asked.Subject[Prefix.Length..]) : null;

    public async Task<ApprovalCase?> CurrentAsync(ApprovalCase asked, CancellationToken cancellationToken) =>
        await store.FindAsync(PromotionOf(asked)!.Value, cancellationToken) is { Record: var record }
            ? await CurrentAsync(record, asked, cancellationToken)
            : null;

    public async Task<string> TakeOverAsync(ApprovalRecord closed, CancellationToken cancellationToken)
    {
        var record = (await store.GetAsync(PromotionOf(closed.Case)!.Value, cancellationToken)).Record;
        try
        {
            return await TakeOverAsync(record, closed, cancellationToken);
        }
        catch (ProblemException refused)
        {
            // The promotion has moved on: the decision has no effect, and the audit chain records why.
            return $"not carried out: {refused.Message}";
        }
    }

    protected abstract Task<ApprovalCase?> CurrentAsync(PromotionRecord record, ApprovalCase asked, CancellationToken cancellationToken);

    protected abstract Task<string> TakeOverAsync(PromotionRecord record, ApprovalRecord closed, CancellationToken cancellationToken);

    protected static bool BeforeLaunch(PromotionRecord record) =>
        record.State is PromotionState.Gating or PromotionState.AwaitingApproval or PromotionState.Scheduled;

    /// <summary>The person who gave the last approval.</summary>
    protected static string DecidedBy(ApprovalRecord closed) =>
        closed.Decisions.Last(static d => d is { Answer: CaseAnswer.Approve, Void: false }).By;

    protected const string NothingToDo = "nothing has to be done";
}

/// <summary>Approval or rejection of a promotion's terms.</summary>
public sealed class PromotionApprovals(PromotionStore store, PromotionDesk desk) : PromotionSubject(store)
{
    public override CaseKind Kind => CaseKind.Promotion;

    // A gate that turned red meanwhile is no reason to ask again: the approval is of the terms, and the launch asks all gates.
    protected override Task<ApprovalCase?> CurrentAsync(PromotionRecord record, ApprovalCase asked, CancellationToken cancellationToken) =>
        Task.FromResult(
            record.State is PromotionState.Gating or PromotionState.AwaitingApproval
            && PromotionQuestions.RevisionOf(record) == asked.Revision
                ? asked
                : null
        );

    protected override async Task<string> TakeOverAsync(PromotionRecord record, ApprovalRecord closed, CancellationToken cancellationToken)
    {
        if (closed.State is not (CaseState.Approved or CaseState.Rejected) || PromotionQuestions.RevisionOf(record) != closed.Case.Revision)
            return NothingToDo;
        foreach (var said in closed.Decisions.Where(static d => d is { Void: false, Answer: not CaseAnswer.Delegate }))
            await desk.DecideAsync(
                record.Id,
                closed.Case.Stages[said.Stage].Role,
                record.Terms,
                said.Answer == CaseAnswer.Approve,
                said.Reason,
                said.By,
                cancellationToken
            );
        return $"terms {record.Terms} decided in the approval gate";
    }
}

/// <summary>A planner's approval of orders for the regions' shortages.</summary>
public sealed class PromotionReplenishments(
    PromotionStore store,
    PromotionSupply supply,
    PromotionGating gating,
    PromotionQuestions questions
) : PromotionSubject(store)
{
    public override CaseKind Kind => CaseKind.Replenishment;

    protected override async Task<ApprovalCase?> CurrentAsync(
        PromotionRecord record,
        ApprovalCase asked,
        CancellationToken cancellationToken
    ) =>
        questions.Replenishment(record, await gating.ShortfallsAsync(record.Id, cancellationToken)) is { } now && now.Id == asked.Id
            ? now
            : null;

    protected override async Task<string> TakeOverAsync(PromotionRecord record, ApprovalRecord closed, CancellationToken cancellationToken)
    {
        if (closed.State != CaseState.Approved)
            return NothingToDo;
        var ordered = new List<string>();
        foreach (var lacking in (await gating.ShortfallsAsync(record.Id, cancellationToken)).Where(static s => s.Missing > Quantity.Zero))
            ordered.Add(
                (await supply.OrderAsync(record.Id, lacking.Sku, lacking.Region, null, DecidedBy(closed), cancellationToken)).Number
            );
        return $"ordered: {string.Join(", ", ordered)}";
    }
}

/// <summary>A gate owner's approval of an override.</summary>
public sealed class PromotionOverrides(PromotionStore store, PromotionDesk desk, TimeProvider time) : PromotionSubject(store)
{
    public override CaseKind Kind => CaseKind.GateOverride;

    protected override Task<ApprovalCase?> CurrentAsync(PromotionRecord record, ApprovalCase asked, CancellationToken cancellationToken) =>
        Task.FromResult(
            BeforeLaunch(record) && Read(asked).Until > time.GetUtcNow()
                ? PromotionQuestions.RevisionOf(record) == asked.Revision
                    ? asked
                    : asked with
                    {
                        Revision = PromotionQuestions.RevisionOf(record),
                    }
                : null
        );

    protected override async Task<string> TakeOverAsync(PromotionRecord record, ApprovalRecord closed, CancellationToken cancellationToken)
    {
        if (closed.State != CaseState.Approved)
            return NothingToDo;
        var (gate, until) = Read(closed.Case);
        await desk.OverrideAsync(record.Id, gate, $"{closed.Case.Reasons[0]}", until, DecidedBy(closed), cancellationToken);
        return $"{gate} overridden until {until:u}";
    }

    private static (string Gate, DateTimeOffset Until) Read(ApprovalCase asked)
    {
        var parts = asked.Reference.Split(' ');
        return (parts[0], new DateTimeOffset(long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero));
    }
}

/// <summary>An operator's approval of a recommendation of the live monitor.</summary>
public sealed class PromotionLiveActions(PromotionStore store, PromotionMonitor monitor) : PromotionSubject(store)
{
    public override CaseKind Kind => CaseKind.LiveAction;

    protected override async Task<ApprovalCase?> CurrentAsync(
        PromotionRecord record,
        ApprovalCase asked,
        CancellationToken cancellationToken
    ) =>
        record.State == PromotionState.Live
        && (await monitor.AnomaliesAsync(record.Id, cancellationToken)).Any(a =>
            a is { DoneAt: null, DoneBy: null, ClearedAt: null } && a.Id == asked.Revision
        )
            ? asked
            : null;

    protected override async Task<string> TakeOverAsync(PromotionRecord record, ApprovalRecord closed, CancellationToken cancellationToken)
    {
        if (closed.State != CaseState.Approved)
            return NothingToDo;
        var done = await monitor.ApproveAsync(record, closed.Case.Revision, DecidedBy(closed), cancellationToken);
        return done is null ? "its cause has ended"
            : done.DoneAt is null ? "tried; it is retried at every check"
            : $"{done.Decision.Action.Kind} done";
    }
}
