using System.Globalization;
using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Pricing.Facts;
using Stockgate.Platform.Pricing.Publishing;
using Stockgate.Platform.Pricing.Signals;
using Stockgate.Platform.Pricing.Writing;

namespace Stockgate.Platform.Pricing.Cases;

/// <summary>Approval cases for price changes beyond the policy's limits.</summary>
public sealed class PriceCases(PriceStore store, PricingFactsReader reader, PricingPolicies policies, PriceQueue queue) : ICaseSubject
{
    public CaseKind Kind => CaseKind.PriceMove;

    /// <summary>The approval case of a decision. It has the decision's id, so that repeated opening creates one case.</summary>
    public static ApprovalCase Of(PriceDecisionRecord record)
    {
        var (decision, rules) = (record.Decision, record.Facts?.Rules ?? new PriceRules());
        var raised = decision.To.Amount > decision.From.Amount;
        return new ApprovalCase
        {
            Id = new CaseId(record.Id),
            Kind = CaseKind.PriceMove,
            Subject = PriceTroubles.SubjectOf(decision.Key),
            Reference = record.Id,
            Title = $"{(raised ? "Raise" : "Lower")} the price of {decision.Key.Sku} to {Amount(decision.To)}",
            Asked =
                $"Customers of {decision.Key.Channel} in {decision.Key.Region} pay {Amount(decision.To)} instead of {Amount(decision.From)}, as soon as the channel has applied it. One request reverts it.",
            Reasons =
            [
                decision.Reason,
                .. decision.Verdicts.Where(static v => !v.Passed).Select(static v => v.Words).Where(words => words != decision.Reason),
            ],
            Figures = Figures(record),
            Recommendation = "Approve, unless you know of a reason that these figures do not show.",
            Amount = Stake(decision),
            IfSilent = "Without an answer by the deadline the price stays unchanged.",
            Revision = RevisionOf(decision),
            RequestedBy = record.By,
            Stages = [new ApprovalStage(rules.AskRole, rules.AskWithin)],
        };
    }

    public async Task<ApprovalCase?> CurrentAsync(ApprovalCase asked, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(asked.Reference, cancellationToken) is not { Fate: PriceFate.AwaitingApproval } record)
            return null;
        var (key, policy) = (record.Decision.Key, await policies.CurrentAsync(cancellationToken));
        // Evaluated again on current facts: an approval of outdated figures or of another price must have no effect.
        var now = (await reader.ReadAsync([key.Sku], policy, cancellationToken)).Find(f => f.Key == key) is { } facts
            ? PriceDecider.Decide(facts)
            : null;
        return now is { Moves: true } && RevisionOf(now) == asked.Revision ? asked : null;
    }

    public async Task<string> TakeOverAsync(ApprovalRecord closed, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(closed.Case.Reference, cancellationToken) is not { Fate: PriceFate.AwaitingApproval } record)
            return "nothing has to be done";
        var approved = closed.State == CaseState.Approved;
        var said = closed.Decisions.LastOrDefault(static d => d is { Void: false, Answer: not CaseAnswer.Delegate });
        await queue.DecidedAsync(record, approved, said?.By ?? "nobody", said?.Reason ?? closed.Outcome ?? "", cancellationToken);
        return approved
            ? $"{Amount(record.Decision.To)} goes to {record.Decision.Key.Channel}, if every guardrail still allows it"
            : "the price stays unchanged";
    }

    // Compared with stored revisions: its format must not change.
    private static string RevisionOf(PriceDecision decision) =>
        $"{Number(decision.From.Amount)} {decision.From.Currency} to {Number(decision.To.Amount)} {decision.To.Currency}";

    private static Money? Stake(PriceDecision decision) =>
        decision is { Moved: { } moved } && double.IsFinite(moved.Units) && moved.Units is >= 0 and < 1e12
            ? new Money(decimal.Round((decimal)moved.Units * decision.To.Amount, 2), decision.To.Currency)
            : null;

    private static List<CaseFigure> Figures(PriceDecisionRecord record)
    {
        var decision = record.Decision;
        var figures = new List<CaseFigure>
        {
            new("Price now", Amount(decision.From)),
            new("New price", $"{Amount(decision.To)} ({Share((decision.To.Amount - decision.From.Amount) / decision.From.Amount)})"),
            new("Mode", decision.Mode.ToString()),
        };
        if (decision.Bounds is { } bounds)
            figures.Add(
                new(
                    "Allowed",
                    $"{Coins(decimal.Round(bounds.Low, decision.To.Currency.MinorUnits, MidpointRounding.ToPositiveInfinity), decision.To.Currency)} ({bounds.LowBy}) to {Coins(decimal.Round(bounds.High, decision.To.Currency.MinorUnits, MidpointRounding.ToNegativeInfinity), decision.To.Currency)} ({bounds.HighBy})"
                )
            );
        if (decision is { Kept: { } kept, Moved: { } moved })
        {
            figures.Add(
                new(
                    $"Expected sales in {decision.Days} days",
                    $"{kept.Units.ToString("0.#", CultureInfo.InvariantCulture)} units now, {moved.Units.ToString("0.#", CultureInfo.InvariantCulture)} then"
                )
            );
            figures.Add(
                new(
                    "Expected margin",
                    $"{kept.Margin.ToString("0.00", CultureInfo.InvariantCulture)} now, {moved.Margin.ToString("0.00", CultureInfo.InvariantCulture)} then"
                )
            );
        }
        if (record.Facts is { } facts)
            figures.AddRange(
                PriceAudit
                    .InputsOf(facts)
                    .Select(static i => new CaseFigure(
                        i.Name,
                        $"{i.Value}, from {i.Source}{(i.Age is { } age ? $", {age.TotalHours.ToString("0.#", CultureInfo.InvariantCulture)} h old" : "")}"
                    ))
            );
        return figures;
    }

    private static string Amount(Money money) => $"{Coins(money.Amount, money.Currency)} {money.Currency}";

    private static string Coins(decimal amount, Currency currency) =>
        amount.ToString("F" + currency.MinorUnits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Number(decimal number) => number.ToString("0.00##", CultureInfo.InvariantCulture);

    private static string Share(decimal share) => share.ToString("+0.#%;-0.#%", CultureInfo.InvariantCulture);
}
