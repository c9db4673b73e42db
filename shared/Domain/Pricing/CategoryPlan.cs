namespace Stockgate.Domain.Pricing;

/// <summary>The changes of a category that a run may publish.</summary>
/// <param name="Decisions">As many as were given, in their order; those that don't go out have become holds.</param>
/// <param name="After">The day's count with those that go out.</param>
/// <param name="Tripped">Why the category has to stop until a person has looked; null if it need not.</param>
public sealed record CategoryPlan(IReadOnlyList<PriceDecision> Decisions, CategoryDay After, string? Tripped)
{
    /// <summary>
    /// Prices outside of their bounds go first, then those of which most is expected, as many as the day's budget has left. If so many of
    /// one way would stop the category, none goes out. Gains in several currencies are compared as shares of what keeping earns.
    /// </summary>
    /// <param name="decisions">Of one category.</param>
    /// <param name="rules">The category's.</param>
    /// <param name="today">What moved before.</param>
    public static CategoryPlan Of(IReadOnlyList<PriceDecision> decisions, CategoryRules rules, CategoryDay today)
    {
        var oneCurrency = decisions.Select(static d => d.From.Currency).Distinct().Count() <= 1;
        var moves = Enumerable
            .Range(0, decisions.Count)
            .Where(i => decisions[i].Moves)
            .OrderBy(i => Outside(decisions[i]) ? 0 : 1)
            .ThenByDescending(i => Gain(decisions[i], oneCurrency))
            .ThenBy(static i => i)
            .ToList();
        var left = today.Left(rules);
        var (raised, lowered) = (
            moves.Take(left).Count(i => decisions[i].To.Amount > decisions[i].From.Amount),
            moves.Take(left).Count(i => decisions[i].To.Amount < decisions[i].From.Amount)
        );
        var planned = decisions.ToArray();
        if (today.Trips(rules, raised, lowered) is { } trips)
        {
            foreach (var i in moves)
                planned[i] = Held(decisions[i], PriceRule.CircuitBreaker, trips);
            return new CategoryPlan(planned, today, trips);
        }
        foreach (var i in moves.Skip(left))
            planned[i] = Held(
                decisions[i],
                PriceRule.ChangeBudget,
                $"its category is limited to {rules.ChangesPerDay} changes a day; changes made earlier or with a higher expected gain come first"
            );
        return new CategoryPlan(planned, today with { Raised = today.Raised + raised, Lowered = today.Lowered + lowered }, null);
    }

    private static bool Outside(PriceDecision d) => d.Bounds is { } bounds && (d.From.Amount < bounds.Low || d.From.Amount > bounds.High);

    private static double Gain(PriceDecision d, bool oneCurrency) =>
        d is not { Kept: { } kept, Moved: { } moved }
            ? 0
            : (moved.Margin - kept.Margin) / (oneCurrency ? 1 : Math.Max(1e-9, Math.Abs(kept.Margin)));

    // Replaces an earlier verdict of the same guardrail.
    private static PriceDecision Held(PriceDecision d, PriceRule rule, string words)
    {
        var (verdict, verdicts) = (new PriceVerdict(rule, false, words), d.Verdicts.ToList());
        if (verdicts.FindIndex(v => v.Rule == rule) is var at and >= 0)
            verdicts[at] = verdict;
        else
            verdicts.Add(verdict);
        return d with { Outcome = PriceOutcome.Hold, To = d.From, CompareAt = null, Moved = d.Kept, Verdicts = verdicts, Reason = words };
    }
}
