namespace Stockgate.Domain.Pricing.Deciding;

/// <summary>Guardrails on the age of figures: no price changes on outdated ones.</summary>
internal static class Freshness
{
    /// <summary>Clocks differ; a reading from further ahead is wrong about its own time, so about its age.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    public static void Ask(PricingFacts f, PriceVerdicts verdicts)
    {
        if (f is { Stock: { } known, SilentStock: { } silent })
            verdicts.Add(PriceRule.StockFreshness, false, $"{silent}: stock {Units(known.Value)} may be outdated");
        else if (f.Stock is { } stock)
            Of(verdicts, PriceRule.StockFreshness, $"stock {Units(stock.Value)}", stock.Source, stock.At, f.Now, f.Rules.StockMaxAge);
        else
            verdicts.Add(PriceRule.StockFreshness, false, "its stock is unknown");
        if (f.Cost is { } cost)
            Of(verdicts, PriceRule.CostFreshness, $"cost {PriceWords.Amount(cost.Value)}", cost.Source, cost.At, f.Now, f.Rules.CostMaxAge);
        else
            verdicts.Add(PriceRule.CostFreshness, false, "its cost is unknown");
        Competitors(f, verdicts);
        if (f.Demand is { } demand)
            Of(
                verdicts,
                PriceRule.ForecastFreshness,
                $"forecast {PriceWords.Number(demand.Value.Mean)} in {demand.Value.Days} days",
                demand.Source,
                demand.At,
                f.Now,
                f.Rules.ForecastMaxAge
            );
        else
            verdicts.Add(PriceRule.ForecastFreshness, false, "no forecast in force covers it in this market");
    }

    /// <summary>The lowest competitor's price that counts; null if none.</summary>
    public static CompetitorPrice? LowestCompetitor(PricingFacts f)
    {
        CompetitorPrice? lowest = null;
        foreach (var c in f.Competitors)
            if (Counts(c, f) && (lowest is null || c.Price.Amount < lowest.Price.Amount))
                lowest = c;
        return lowest;
    }

    private static bool Counts(CompetitorPrice c, PricingFacts f) =>
        FactsCheck.Paid(c.Price.Amount) && c.SeenAt - f.Now <= Ahead && f.Now - c.SeenAt <= f.Rules.CompetitorMaxAge;

    private static void Competitors(PricingFacts f, PriceVerdicts verdicts)
    {
        if (f.Rules.AboveCompetitor is null)
            verdicts.Add(PriceRule.CompetitorFreshness, true, "competitors set no bound");
        else if (f.Competitors.Count == 0)
            verdicts.Add(PriceRule.CompetitorFreshness, true, "no competitor's price is known");
        else if (LowestCompetitor(f) is { } lowest)
            verdicts.Add(
                PriceRule.CompetitorFreshness,
                true,
                $"{lowest.Competitor} asks {PriceWords.Amount(lowest.Price)}, seen {PriceWords.Age(Old(lowest.SeenAt, f.Now))} ago; the limit is {PriceWords.Limit(f.Rules.CompetitorMaxAge)}"
            );
        else
        {
            var last = f.Competitors[0];
            foreach (var c in f.Competitors)
                if (c.SeenAt > last.SeenAt)
                    last = c;
            verdicts.Add(
                PriceRule.CompetitorFreshness,
                false,
                !FactsCheck.Paid(last.Price.Amount) ? $"{last.Competitor}'s price {last.Price} is out of range"
                    : last.SeenAt - f.Now > Ahead
                        ? $"{last.Competitor}'s price is dated {PriceWords.Age(last.SeenAt - f.Now)} in the future"
                    : $"the last of {f.Competitors.Count} competitors' prices, {last.Competitor}'s {PriceWords.Amount(last.Price)}, was seen {PriceWords.Age(Old(last.SeenAt, f.Now))} ago; the limit is {PriceWords.Limit(f.Rules.CompetitorMaxAge)}"
            );
        }
    }

    private static void Of(
        PriceVerdicts verdicts,
        PriceRule rule,
        string what,
        string source,
        DateTimeOffset at,
        DateTimeOffset now,
        TimeSpan limit
    )
    {
        if (at - now > Ahead)
            verdicts.Add(rule, false, $"{what} of {source} is dated {PriceWords.Age(at - now)} in the future");
        else
            verdicts.Add(
                rule,
                Old(at, now) <= limit,
                $"{what} of {source} is {PriceWords.Age(Old(at, now))} old; the limit is {PriceWords.Limit(limit)}"
            );
    }

    private static string Units(Quantity stock) => stock.Value.ToString("0.###", PriceWords.Culture);

    private static TimeSpan Old(DateTimeOffset at, DateTimeOffset now) => now > at ? now - at : TimeSpan.Zero;
}
