namespace Stockgate.Domain.Pricing.Deciding;

/// <summary>Checks the ranges and currencies of the facts, so that calculations can't overflow.</summary>
internal static class FactsCheck
{
    private const decimal Least = 0.0001m,
        Most = Limits.Number;

    private const int MostDays = 3650;

    private const double Steepest = -100;

    /// <returns>What does not, in words; null if all does.</returns>
    public static string? Mistake(PricingFacts f)
    {
        if (f.Price.Currency.Code is null)
            return "the price has no currency";
        if (!Paid(f.Price.Amount))
            return $"price {f.Price} is out of range";
        if (f.Competitors is null || f.CompetitorMoves is null || f.Others is null || f.Moves is null || f.Rules?.Endings is null)
            return "a list is missing";
        return OfMoney(f) ?? OfGoods(f) ?? OfElasticity(f.Elasticity) ?? OfRules(f.Rules);
    }

    private static string? OfMoney(PricingFacts f)
    {
        var currency = f.Price.Currency;
        if (Odd("the regular price", f.Regular, currency) is { } regular)
            return regular;
        if (f.Cost is { } cost && Odd("the cost", cost.Value, currency) is { } odd)
            return $"{odd} (of {cost.Source})";
        if (f.CostBefore is { } before && Odd("the previous cost", before, currency) is { } former)
            return former;
        foreach (var c in f.Competitors)
            if (c is null || c.Price.Currency != currency)
                return c is null ? "a competitor's price is missing" : $"{c.Competitor}'s price, {c.Price}, is not in {currency}";
        foreach (var m in f.CompetitorMoves)
            if (m is null || m.To.Currency != currency || m.From.Currency != currency)
                return m is null
                    ? "a competitor's price change is missing"
                    : $"{m.Competitor}'s price change from {m.From} to {m.To} is not in {currency}";
        foreach (var o in f.Others)
            if (o is null || Odd("the price in another channel", o.Price, currency) is not null)
                return o is null ? "another channel's price is missing" : Odd($"the price in {o.Channel}", o.Price, currency);
        foreach (var m in f.Moves)
            if (m is null || m.To.Currency != currency || m.From.Currency != currency)
                return m is null
                    ? "a price change is missing"
                    : $"the price change of {PriceWords.Moment(m.At)} from {m.From} to {m.To} is not in {currency}";
        return null;
    }

    private static string? OfGoods(PricingFacts f)
    {
        if (f.Stock is { } stock && Math.Abs(stock.Value.Value) > Most)
            return $"stock {stock.Value} (of {stock.Source}) is out of range";
        if (f.Inbound.Value is < 0 or > Most)
            return $"confirmed inbound {f.Inbound} is out of range";
        if (f.Demand is not { } demand)
            return null;
        var outlook = demand.Value;
        return
            outlook.Mean is >= 0 and <= (double)Most
            && outlook.Deviation is >= 0 and <= (double)Most
            && outlook.Days is >= 1 and <= MostDays
            ? null
            : $"forecast {outlook.Mean.ToString(PriceWords.Culture)} units ± {outlook.Deviation.ToString(PriceWords.Culture)} in {outlook.Days} days (of {demand.Source}) is out of range";
    }

    private static string? OfElasticity(ElasticityBelief? belief) =>
        belief is not { } e || (e.Low >= Steepest && e.Low <= e.Value && e.Value <= e.High && e.High < 0)
            ? null
            : $"elasticity {e.Value.ToString(PriceWords.Culture)} ({e.Low.ToString(PriceWords.Culture)} to {e.High.ToString(PriceWords.Culture)}) is out of range";

    private static string? OfRules(PriceRules rules)
    {
        foreach (var member in RuleMember.All)
            if (member.Value?.Invoke(rules) is { } value && (value < member.Lowest || value > member.Highest))
                return $"the rules' {member.Name} is {value}; it must be from {member.Lowest} to {member.Highest}";
        foreach (var ending in rules.Endings)
            if (ending is < 0 or >= 1)
                return $"the rules' ending {ending} is out of range";
        return null;
    }

    private static string? Odd(string what, Money money, Currency currency) =>
        money.Currency != currency ? $"{what}, {money}, is not in {currency}"
        : Paid(money.Amount) ? null
        : $"{what}, {money}, is out of range";

    internal static bool Paid(decimal amount) => amount is >= Least and <= Most;
}
