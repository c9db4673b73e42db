using Stockgate.Domain.Pricing.Deciding;

namespace Stockgate.Domain.Pricing;

/// <summary>
/// Decides a price: evaluates every guardrail, then compares the expected margin of the prices within the bounds and takes the best if the
/// gain is large enough. No published or proposed price is below cost, margin floor or legal minimum, or above the ceiling. The same facts
/// give the same decision.
/// </summary>
public static class PriceDecider
{
    /// <summary>Never throws: invalid facts result in a hold with the reason.</summary>
    public static PriceDecision Decide(PricingFacts facts)
    {
        var verdicts = new PriceVerdicts();
        Standing.Ask(facts, verdicts);
        if (FactsCheck.Mistake(facts) is { } mistake)
        {
            verdicts.Add(PriceRule.Facts, false, mistake);
            return Held(facts, verdicts);
        }
        Freshness.Ask(facts, verdicts);
        Oddities.Ask(facts, verdicts);
        if (verdicts.Forbids is not null)
            return Held(facts, verdicts);
        var range = new PriceRange(facts);
        Bounds(facts, range, verdicts);
        Pace(facts, verdicts);
        return verdicts.Forbids is not null
            ? Held(facts, verdicts) with
            {
                Bounds = range.Bounds,
            }
            : Chosen(facts, range, new StockCover(facts), verdicts);
    }

    private static PriceDecision Held(PricingFacts facts, PriceVerdicts verdicts) =>
        new()
        {
            Key = facts.Key,
            At = facts.Now,
            From = facts.Price,
            To = facts.Price,
            Mode = PriceMode.Steady,
            Verdicts = verdicts.All,
            Reason = verdicts.Forbids!.Words,
            Days = 0,
            Outcome = verdicts.Forbids.Rule
                is PriceRule.StopSign
                    or PriceRule.CostTypingError
                    or PriceRule.PriceJump
                    or PriceRule.Oscillation
                    or PriceRule.CompetitorLoop
                ? PriceOutcome.Stop
                : PriceOutcome.Hold,
        };

    private static void Bounds(PricingFacts facts, PriceRange range, PriceVerdicts verdicts)
    {
        var (bounds, currency) = (range.Bounds, facts.Price.Currency);
        var (low, high) = (PriceWords.AtLeast(bounds.Low, currency), PriceWords.AtMost(bounds.High, currency));
        verdicts.Add(
            PriceRule.Bounds,
            !bounds.Empty,
            bounds.Empty
                ? $"no price is at least {low} ({bounds.LowBy}) and at most {high} ({bounds.HighBy})"
                : $"{low} ({bounds.LowBy}) to {high} ({bounds.HighBy})"
        );
    }

    private static void Pace(PricingFacts facts, PriceVerdicts verdicts)
    {
        var steps = 0;
        foreach (var move in facts.Moves)
            if (move.Cause == PriceMoveCause.Decision && move.At <= facts.Now && facts.Now - move.At < TimeSpan.FromDays(1))
                steps++;
        verdicts.Add(
            PriceRule.StepsPerDay,
            steps < facts.Rules.StepsPerDay,
            steps == 0 ? "no change in 24 hours" : $"{steps} of at most {facts.Rules.StepsPerDay} changes in 24 hours"
        );
        verdicts.Add(
            PriceRule.ChangeBudget,
            facts.ChangesLeft is not <= 0,
            facts.ChangesLeft is not { } left ? "no limit on the category's changes"
                : left <= 0 ? "the category has used its changes for today"
                : $"the category has {left} {(left == 1 ? "change" : "changes")} left today"
        );
    }

    private static PriceDecision Chosen(PricingFacts facts, PriceRange range, StockCover cover, PriceVerdicts verdicts)
    {
        var (choice, rules, cost) = (new PriceChoice(facts, range, cover), facts.Rules, facts.Cost!.Value.Value.Amount);
        cover.Say(facts, choice.Blocks, verdicts);
        verdicts.Add(
            PriceRule.MarginTarget,
            choice.Blocks != PriceRule.MarginTarget,
            cover.Mode == PriceMode.Markdown
                ? "overstock may be priced below the margin target"
                : $"margin {PriceWords.Share(decimal.Round(1 - cost / facts.Price.Amount, 4))} now; below {PriceWords.Share(rules.MarginTarget)} the price is not lowered"
        );
        verdicts.Add(
            PriceRule.Parity,
            true,
            rules.Parity is not { } parity ? "parity with other channels is off"
                : facts.Others.Count == 0 ? "no other channel has a price"
                : $"within {PriceWords.Share(parity)} of {facts.Others.Count} other {(facts.Others.Count == 1 ? "channel" : "channels")}"
        );
        if (choice.Best is not { } best)
            return Unmoved(facts, range, cover, choice, verdicts);
        verdicts.Add(PriceRule.Hysteresis, true, choice.Words);
        var asks = Asks(facts, choice.Kept, best, verdicts);
        var (to, change) = (new Money(best.Price, facts.Price.Currency), (double)((best.Price - facts.Price.Amount) / facts.Price.Amount));
        return new PriceDecision
        {
            Key = facts.Key,
            At = facts.Now,
            From = facts.Price,
            To = to,
            Mode = cover.Mode,
            Outcome = asks is null ? PriceOutcome.Publish : PriceOutcome.Ask,
            Bounds = range.Bounds,
            CompareAt =
                best.Price < facts.Price.Amount
                && PriorPrice.LowestIn30Days(facts.Moves, facts.Price, facts.Now) is var prior
                && prior.Amount > best.Price
                    ? prior
                    : null,
            Weighed = choice.Weighed,
            Verdicts = verdicts.All,
            Kept = choice.Kept,
            Moved = best,
            Days = facts.Demand!.Value.Value.Days,
            Reason =
                $"{PriceWords.Amount(facts.Price)} to {PriceWords.Amount(to)} ({PriceWords.Change(change)}): {choice.Words} over {facts.Demand.Value.Value.Days} days{(asks is null ? "" : $"; needs approval: {asks}")}",
        };
    }

    private static PriceDecision Unmoved(PricingFacts facts, PriceRange range, StockCover cover, PriceChoice choice, PriceVerdicts verdicts)
    {
        if (choice.Blocks is null)
            verdicts.Add(PriceRule.Hysteresis, false, choice.Words);
        else if (choice.Blocks == PriceRule.Bounds)
            verdicts.Add(PriceRule.Bounds, false, choice.Words);
        var why = verdicts.Forbids!;
        return new PriceDecision
        {
            Key = facts.Key,
            At = facts.Now,
            From = facts.Price,
            To = facts.Price,
            Mode = cover.Mode,
            Outcome = choice.Blocks is null ? PriceOutcome.Keep : PriceOutcome.Hold,
            Bounds = range.Bounds,
            Weighed = choice.Weighed,
            Verdicts = verdicts.All,
            Kept = choice.Kept,
            Moved = choice.Kept,
            Days = facts.Demand!.Value.Value.Days,
            Reason = why.Rule is PriceRule.Hysteresis or PriceRule.Bounds ? why.Words : $"{why.Words}; {choice.Words}",
        };
    }

    // The first reason is given; all of them are among the verdicts.
    private static string? Asks(PricingFacts facts, WeighedPrice kept, WeighedPrice best, PriceVerdicts verdicts)
    {
        var (rules, step) = (facts.Rules, Math.Abs(best.Price - facts.Price.Amount) / facts.Price.Amount);
        var stake = Math.Max(kept.Units * (double)kept.Price, best.Units * (double)best.Price);
        string? first = null;
        Ask(PriceRule.Leash, facts.AskAlways, facts.AskAlways ? "every change needs approval" : "changes within the rules are published");
        // On the way back to floor or ceiling the nearest price that can be paid may lie beyond a step.
        Ask(
            PriceRule.AskAboveStep,
            step > rules.MaxStep || step > rules.AskAboveStep,
            step > rules.MaxStep
                ? $"a step of at most {PriceWords.Share(rules.MaxStep)} does not reach {PriceWords.Amount(best.Price, facts.Price.Currency)}"
                : $"step {PriceWords.Share(decimal.Round(step, 4))}; above {PriceWords.Share(rules.AskAboveStep)} approval is needed"
        );
        Ask(
            PriceRule.AskAboveRevenue,
            rules.AskAboveRevenue is { } most && stake > (double)most,
            rules.AskAboveRevenue is { } bound
                ? $"revenue at stake {PriceWords.Number(stake)}; above {PriceWords.Number((double)bound)} approval is needed"
                : "no limit on the revenue at stake"
        );
        return first;

        void Ask(PriceRule rule, bool asks, string words)
        {
            verdicts.Asks(rule, !asks, words);
            if (asks)
                first ??= words;
        }
    }
}
