using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Pricing.Commands;
using Stockgate.Platform.Pricing.Facts;
using Stockgate.Platform.Pricing.Publishing;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Writing;

/// <summary>A requested evaluation of a price.</summary>
internal sealed record PriceAsked(PriceChange Change, string Cause, DateTimeOffset At, long Sequence);

/// <summary>Evaluates prices and records the decisions.</summary>
public sealed class PriceLooks(
    StateTables tables,
    PriceOrders orders,
    PriceCategories categories,
    PriceTroubles troubles,
    OutboundChannels channels
)
{
    /// <summary>Decides the prices; what a category's budget or breaker does not let out is held.</summary>
    /// <returns>What was reserved of each category, to be given back where it can't be written.</returns>
    internal async Task<IReadOnlyList<CategoryDay>> DecideAsync(
        IReadOnlyList<PriceAsked> looks,
        PricePolicy policy,
        CancellationToken cancellationToken
    )
    {
        var (decided, reserved) = (new List<(PriceAsked Look, PriceDecision Decision)>(), new List<CategoryDay>());
        foreach (var look in looks)
            if (await SeenAsync(look, cancellationToken))
                continue;
            else if (look.Change.State.Publication is { Open: true } && look.Change.Before.Facts is not null)
                look.Change.State = look.Change.State with { LookAgain = true };
            else if (look.Change.Before.Facts is { } facts)
            {
                if (look.Change.State.Asked is { } asked)
                    await look.Change.RecordAsync(tables, asked, cancellationToken);
                decided.Add((look, Reachable(PriceDecider.Decide(PriceOrders.Current(facts, look.Change.State)))));
            }
        foreach (var category in decided.GroupBy(static d => d.Look.Change.Before.Facts!.Category, StringComparer.Ordinal))
        {
            // A decision waiting for approval already has a reservation; a repetition must not take a second one.
            var moving = category.Where(static d => d.Decision.Moves && !Waits(d.Look.Change, d.Decision)).ToList();
            var plan =
                moving.Count == 0
                    ? null
                    : await categories.ReserveAsync(category.Key, [.. moving.Select(static d => d.Decision)], policy, cancellationToken);
            if (plan is { Tripped: { } reason })
                await troubles.TrippedAsync(category.Key, reason, moving[0].Decision.At, cancellationToken);
            if (plan is not null)
                reserved.Add(Reserved(category.Key, plan.Decisions));
            var planned = moving.Index().ToDictionary(m => m.Item.Look, m => plan!.Decisions[m.Index]);
            foreach (var (look, decision) in category)
                await PutDownAsync(look, planned.GetValueOrDefault(look, decision), policy, cancellationToken);
        }
        return reserved;
    }

    // A redelivered message: its effects may not have been reported yet.
    private async Task<bool> SeenAsync(PriceAsked look, CancellationToken cancellationToken)
    {
        if (look.Change.Before.Look is not { } last || look.Sequence > last.Sequence || look.At > last.At)
            return false;
        if (
            last.Decision is { } id
            && await look.Change.RecordAsync(tables, id, cancellationToken) is { } record
            && record.Decision.At == last.At
        )
            look.Change.ToTell.Add(record);
        return true;
    }

    private async Task PutDownAsync(PriceAsked look, PriceDecision decision, PricePolicy policy, CancellationToken cancellationToken)
    {
        var (change, facts, rule) = (look.Change, look.Change.Before.Facts!, RuleOf(decision));
        var (last, before) = (change.Before.Look, change.State);
        change.State = before with
        {
            LookAgain = false,
            CostBefore = decision.Outcome == PriceOutcome.Stop ? before.CostBefore : facts.Cost?.Value ?? before.CostBefore,
        };
        string? id;
        if (Waits(change, decision))
            change.ToTell.Add((await change.RecordAsync(tables, id = before.Asked!, cancellationToken))!);
        // Said before: a table must not grow with every sale.
        else if (
            !decision.Moves && (before.Stopped is not null || (last is not null && last.Outcome == decision.Outcome && last.Rule == rule))
        )
            id = last?.Decision;
        else
        {
            var record = new PriceDecisionRecord
            {
                Id = id = change.IdOf(decision.At, decision.Outcome.ToString()),
                Category = facts.Category,
                Decision = decision,
                Facts = PriceOrders.Current(facts, before),
                PolicyVersion = policy.Version,
                Cause = look.Cause,
                By = $"policy version {policy.Version}",
                Fate = PriceFate.Settled,
            };
            change.ToTell.Add(record = await TakeEffectAsync(change, record, cancellationToken));
            change.Put(record);
        }
        change.Look = new PriceLook(change.Key, decision.At, look.Cause, decision.Outcome, rule, decision.Reason, id, look.Sequence);
    }

    private async Task<PriceDecisionRecord> TakeEffectAsync(
        PriceChange change,
        PriceDecisionRecord record,
        CancellationToken cancellationToken
    )
    {
        var decision = record.Decision;
        switch (decision.Outcome)
        {
            case PriceOutcome.Publish:
                await orders.SupersedeAsync(change, cancellationToken);
                change.State = change.State.Published(decision.To, decision.CompareAt, record.Id, PriceMoveCause.Decision, decision.At);
                return record with { Fate = PriceFate.Published, PublishedAt = decision.At, Revision = change.State.Revision };
            case PriceOutcome.Ask:
                await orders.DropAskedAsync(change, "a newer question replaced it", cancellationToken);
                change.State = change.State with { Asked = record.Id };
                return record with { Fate = PriceFate.AwaitingApproval };
            case PriceOutcome.Stop:
                change.State = change.State with { Stopped = decision.Reason };
                return record;
            default:
                return record;
        }
    }

    /// <summary>The guardrail that decided: the one that gave the reason.</summary>
    internal static PriceRule? RuleOf(PriceDecision decision) =>
        (
            decision.Verdicts.FirstOrDefault(v => !v.Passed && v.Words == decision.Reason)
            ?? decision.Verdicts.FirstOrDefault(static v => !v.Passed)
        )?.Rule;

    // No channel could receive the new price.
    private PriceDecision Reachable(PriceDecision decision) =>
        !decision.Moves || channels.Find(decision.Key.Channel) is not null
            ? decision
            : PriceCategories.Held(
                decision,
                PriceRule.Active,
                $"Prices can't be sent to {decision.Key.Channel}: the setting Outbound__{decision.Key.Channel}__Url is missing."
            );

    private static bool Waits(PriceChange change, PriceDecision decision) =>
        decision.Outcome == PriceOutcome.Ask
        && change.State.Asked is { } id
        && change.Known(id)?.Decision is { } asked
        && asked.From == decision.From
        && asked.To == decision.To;

    private static CategoryDay Reserved(string category, IReadOnlyList<PriceDecision> decisions) =>
        new(
            category,
            default,
            0,
            decisions.Count(static d => d.Moves && d.To.Amount > d.From.Amount),
            decisions.Count(static d => d.Moves && d.To.Amount < d.From.Amount)
        );
}
