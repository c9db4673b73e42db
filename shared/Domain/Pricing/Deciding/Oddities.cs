namespace Stockgate.Domain.Pricing.Deciding;

/// <summary>
/// Guardrails against implausible figures that need a person: a jump of cost or price, an oscillating price, two algorithms undercutting
/// each other.
/// </summary>
internal static class Oddities
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7),
        Fortnight = TimeSpan.FromDays(14),
        Month = TimeSpan.FromDays(30);

    private const int LoopMoves = 3;

    public static void Ask(PricingFacts f, PriceVerdicts verdicts)
    {
        Cost(f, verdicts);
        var moves = InOrder(f.ResumedAt is { } resumed ? [.. f.Moves.Where(m => m.At > resumed)] : f.Moves);
        Jump(f, moves, verdicts);
        Turns(f, moves, verdicts);
        Loop(f, moves, verdicts);
    }

    private static void Cost(PricingFacts f, PriceVerdicts verdicts)
    {
        if (f.Cost is not { } cost || f.CostBefore is not { } before)
        {
            verdicts.Add(PriceRule.CostTypingError, true, "no previous cost is known");
            return;
        }
        var (now, then) = (cost.Value.Amount, before.Amount);
        var jumped = now >= then * f.Rules.CostJump || then >= now * f.Rules.CostJump;
        verdicts.Add(
            PriceRule.CostTypingError,
            !jumped,
            now == then
                ? "the cost is unchanged"
                : $"the cost went from {PriceWords.Amount(before)} to {PriceWords.Amount(cost.Value)}{(jumped ? $" by {cost.Source}: a factor of {PriceWords.Number((double)(now > then ? now / then : then / now))}; a factor of {PriceWords.Number((double)f.Rules.CostJump)} counts as a typing error" : "")}"
        );
    }

    private static void Jump(PricingFacts f, IReadOnlyList<PriceMove> moves, PriceVerdicts verdicts)
    {
        if (Median(f, moves) is not { } median)
        {
            verdicts.Add(PriceRule.PriceJump, true, "no price change is known in 30 days");
            return;
        }
        var off = f.Price.Amount / median - 1;
        var jumped = Math.Abs(off) > f.Rules.PriceJump;
        verdicts.Add(
            PriceRule.PriceJump,
            !jumped,
            $"{PriceWords.Amount(f.Price)} is {PriceWords.Change((double)off)} from its 30-day median, {PriceWords.Amount(median, f.Price.Currency)}{(jumped ? $"; more than {PriceWords.Share(f.Rules.PriceJump)} counts as a mistake" : "")}"
        );
    }

    // By how long each price held: a hundred changes in an hour don't outweigh a month.
    private static decimal? Median(PricingFacts f, IReadOnlyList<PriceMove> moves)
    {
        if (moves.Count == 0)
            return null;
        var (held, since, price) = (new List<(decimal Price, long Ticks)>(moves.Count + 1), (DateTimeOffset?)null, 0m);
        foreach (var move in moves)
        {
            if (move.At > f.Now)
                break;
            if (f.Now - move.At < Month)
            {
                // What held before the first known move held all the time before it.
                if (since is null && FactsCheck.Paid(move.From.Amount))
                    held.Add((move.From.Amount, (Month - (f.Now - move.At)).Ticks));
                else if (since is { } from && FactsCheck.Paid(price))
                    held.Add((price, (move.At - from).Ticks));
                since = move.At;
            }
            else
                since = f.Now - Month;
            price = move.To.Amount;
        }
        if (since is { } last && FactsCheck.Paid(price))
            held.Add((price, (f.Now - last).Ticks));
        if (held.Count == 0)
            return null;
        held.Sort(static (a, b) => a.Price.CompareTo(b.Price));
        var (all, sum) = (held.Sum(static h => h.Ticks), 0L);
        foreach (var (at, ticks) in held)
            if ((sum += ticks) * 2 >= all)
                return at;
        return held[^1].Price;
    }

    private static void Turns(PricingFacts f, IReadOnlyList<PriceMove> moves, PriceVerdicts verdicts)
    {
        var (turns, before) = (0, 0);
        foreach (var move in moves)
        {
            if (move.Cause != PriceMoveCause.Decision || move.At > f.Now || f.Now - move.At > Week || move.From.Amount == move.To.Amount)
                continue;
            var way = move.To.Amount > move.From.Amount ? 1 : -1;
            if (before == -way)
                turns++;
            before = way;
        }
        verdicts.Add(
            PriceRule.Oscillation,
            turns < f.Rules.Turns,
            turns == 0
                ? "no change of direction in seven days"
                : $"decisions changed the price's direction {turns} {(turns == 1 ? "time" : "times")} in seven days; {f.Rules.Turns} count as an oscillation"
        );
    }

    // Each of the last moves went down, and before each but the first a competitor had gone down again: nobody has said where that ends.
    private static void Loop(PricingFacts f, IReadOnlyList<PriceMove> moves, PriceVerdicts verdicts)
    {
        if (f.Rules.AboveCompetitor is null || moves.Count < LoopMoves)
        {
            verdicts.Add(PriceRule.CompetitorLoop, true, "prices do not follow competitors");
            return;
        }
        var (down, later, answered) = (0, (DateTimeOffset?)null, 0);
        for (var i = moves.Count - 1; i >= 0; i--)
        {
            var move = moves[i];
            if (move.Cause != PriceMoveCause.Decision || move.At > f.Now)
                continue;
            if (f.Now - move.At > Fortnight || move.To.Amount >= move.From.Amount)
                break;
            if (later is { } next && !Undercut(f, move.At, next))
                break;
            if (later is not null)
                answered++;
            (down, later) = (down + 1, move.At);
        }
        var loop = down >= LoopMoves && answered >= LoopMoves - 1;
        verdicts.Add(
            PriceRule.CompetitorLoop,
            !loop,
            loop
                ? $"its last {down} changes in 14 days were reductions, each after a competitor's reduction: two algorithms undercut each other"
                : "no competitor reacts to its changes"
        );
    }

    private static bool Undercut(PricingFacts f, DateTimeOffset after, DateTimeOffset until)
    {
        foreach (var move in f.CompetitorMoves)
            if (move.At > after && move.At <= until && move.To.Amount < move.From.Amount)
                return true;
        return false;
    }

    private static IReadOnlyList<PriceMove> InOrder(IReadOnlyList<PriceMove> moves)
    {
        for (var i = 1; i < moves.Count; i++)
            if (moves[i].At < moves[i - 1].At)
                return [.. moves.OrderBy(static m => m.At)];
        return moves;
    }
}
