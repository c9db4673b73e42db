using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stockgate.Domain;
using Stockgate.Domain.Access;
using Stockgate.Domain.Approvals;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Domain.Promotions.Live;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Promotions.Gating;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Records;

namespace Stockgate.Platform.Promotions.Cases;

/// <summary>
/// The approval cases of a promotion, mailed with a link. A role without any mail address can decide at the console only. Opening is
/// idempotent; AdoptApprovals starts the orchestration.
/// </summary>
public sealed class PromotionQuestions(ApprovalStore store, People people, PromotionPolicy policy, TimeProvider time)
{
    private const int ItemsShown = 15;

    /// <summary>Whether a question is worth asking by mail.</summary>
    public bool Reaches(string role) => people.Roster.Any(p => p.Email is not null && p.Has(role));

    public async Task OpenAsync(ApprovalCase asked, CancellationToken cancellationToken)
    {
        if (Reaches(asked.Stages[0].Role) && await store.FindAsync(asked.Id, cancellationToken) is null)
            await store.AddAsync(ApprovalRecord.Open(asked, time.GetUtcNow()), cancellationToken);
    }

    /// <summary>The approvals required by the approval matrix; null if none is pending.</summary>
    public ApprovalCase? Approval(PromotionRecord record, PromotionFacts facts, Evaluated evaluated)
    {
        if (
            record.State != PromotionState.AwaitingApproval
            || evaluated.Board.Verdicts.FirstOrDefault(static v => v.Gate == GateNames.Approval) is not { State: GateState.Amber } verdict
        )
            return null;
        if (policy.MatrixOf(facts.Currency).RowFor(evaluated.Expected.Size()) is not { Roles.Length: > 0 } row)
            return null;
        var terms = facts.Terms;
        return Of(
            record,
            CaseKind.Promotion,
            $"approval {terms.Number}",
            $"Promotion {record.Name}",
            RevisionOf(record),
            $"The promotion may start on {Moment(terms.Start)} and run until {Moment(terms.End)}, in {string.Join(", ", terms.Request.Channels)}.",
            [$"{record.RequestedBy} requests it.", verdict.Reason],
            [.. verdict.Seen.Select(static s => new CaseFigure(s.Name, s.Value)), .. Items(terms.Items)],
            "Every other gate is green.",
            "The promotion does not start.",
            record.RequestedBy,
            row.Roles
        );
    }

    /// <summary>The figures of an approval of a promotion's terms.</summary>
    public static string RevisionOf(PromotionRecord record) => $"terms {record.Terms}";

    /// <summary>The orders for the regions' shortages; null without a shortage or if policy orders nothing.</summary>
    public ApprovalCase? Replenishment(PromotionRecord record, IReadOnlyList<Shortfall> shortfalls)
    {
        var lacking = shortfalls.Where(static s => s.Missing > Quantity.Zero).ToList();
        if (
            policy.ShortRegion.Policy != ShortRegionPolicy.Replenish
            || lacking.Count == 0
            || record.State is not (PromotionState.Gating or PromotionState.AwaitingApproval or PromotionState.Scheduled)
        )
            return null;
        var revision = Digest(string.Join("\n", lacking.Select(static s => $"{s.Sku}|{s.Region}|{s.ToOrder.Value}")));
        return Of(
            record,
            CaseKind.Replenishment,
            $"replenishment {record.Terms}",
            $"Order stock for promotion {record.Name}",
            revision,
            $"{lacking.Count} {(lacking.Count == 1 ? "order goes" : "orders go")} to the suppliers.",
            ["The regions' stock is below the expected sales of the promotion."],
            [
                .. lacking
                    .Take(ItemsShown)
                    .Select(static s => new CaseFigure(
                        $"{s.Sku} for {s.Region}",
                        $"{s.ToOrder.Value:0.##} units; {s.Needed.Value:0.##} are needed"
                    )),
            ],
            "Order them; without these orders the regions stay short.",
            "Nothing is ordered, and the promotion waits.",
            "promotion gates",
            [Role.Planner]
        );
    }

    /// <summary>A request to a gate owner to override a gate.</summary>
    public ApprovalCase Override(PromotionRecord record, GateVerdict verdict, string reason, DateTimeOffset until, string by) =>
        Of(
            record,
            CaseKind.GateOverride,
            $"{verdict.Gate} {until.UtcTicks}",
            $"Override {verdict.Gate} of promotion {record.Name}",
            RevisionOf(record),
            $"The gate {verdict.Gate} counts as green until {Moment(until)} because of your override.",
            [$"{by} asks: {reason}", verdict.Reason],
            [.. verdict.Seen.Take(ItemsShown).Select(static s => new CaseFigure(s.Name, s.Value))],
            verdict.TurnsGreen is { } mend ? $"Reject, and do this instead: {mend}" : "Check the figures.",
            "The gate stays as it is.",
            by,
            [Role.GateOwner]
        );

    /// <summary>A recommendation of the live monitor that needs approval.</summary>
    public ApprovalCase Action(PromotionRecord record, WatchedAnomaly seen) =>
        Of(
            record,
            CaseKind.LiveAction,
            $"{seen.Id} {seen.FirstAt.UtcTicks}",
            $"{seen.Decision.Action.Kind} for promotion {record.Name}",
            seen.Id,
            seen.Decision.Action.Reason,
            [seen.Anomaly.Reason],
            [new("Seen", seen.Anomaly.Seen), new("Expected", seen.Anomaly.Expected), new("Where", seen.Anomaly.Subject)],
            $"Approve: {seen.Decision.Action.Kind} is the recommended action.",
            "No action is taken, and the promotion continues.",
            "promotion monitor",
            [Role.Operator]
        );

    private ApprovalCase Of(
        PromotionRecord record,
        CaseKind kind,
        string reference,
        string title,
        string revision,
        string asked,
        IReadOnlyList<string> reasons,
        IReadOnlyList<CaseFigure> figures,
        string recommendation,
        string ifSilent,
        string by,
        IReadOnlyList<string> roles
    ) =>
        new()
        {
            Id = new($"{record.Id}-{Digest($"{kind}\n{reference}")}"),
            Kind = kind,
            Subject = PromotionStore.SubjectOf(record.Id),
            Reference = reference,
            Title = title,
            Asked = asked,
            Reasons = reasons,
            Figures = figures,
            Recommendation = recommendation,
            IfSilent = ifSilent,
            Revision = revision,
            RequestedBy = by,
            Stages = [.. roles.Select(role => new ApprovalStage(role, policy.ApprovalSla))],
        };

    private static IEnumerable<CaseFigure> Items(IReadOnlyList<Sku> skus) =>
        [new("Items", string.Join(", ", skus.Take(ItemsShown)) + (skus.Count > ItemsShown ? $" and {skus.Count - ItemsShown} more" : ""))];

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 5));
}
