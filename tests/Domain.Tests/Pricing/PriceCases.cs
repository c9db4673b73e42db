namespace Stockgate.Domain.Tests.Pricing;

using Stockgate.Domain.Pricing;

/// <summary>Facts that tests begin with: an item that may move, 10.99 at a cost of 6, with stock for forty days.</summary>
internal static class PriceCases
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly Currency Eur = Currency.Parse("EUR");

    public static readonly PriceKey Key = new(new Sku("S1"), new SalesChannelId("web"), new RegionId("north"));

    public static Money Euros(decimal amount) => new(amount, Eur);

    public static PricingFacts Facts(
        decimal price = 10.99m,
        decimal cost = 6,
        decimal stock = 400,
        double mean = 280,
        double deviation = 60,
        int days = 28
    ) =>
        new()
        {
            Key = Key,
            Category = "Toys",
            Now = Now,
            Price = Euros(price),
            Regular = Euros(10.99m),
            Rules = new PriceRules(),
            Stock = new Reading<Quantity>(new Quantity(stock), "warehouse W1 (source wms)", Now.AddHours(-1)),
            Cost = new Reading<Money>(Euros(cost), "erp", Now.AddDays(-2)),
            CostBefore = Euros(cost),
            Demand = new Reading<DemandOutlook>(new DemandOutlook(mean, deviation, days), "run 7", Now.AddHours(-8)),
            Elasticity = new ElasticityBelief(-2, -2.6, -1.4),
        };

    public static PriceMove Move(double hoursAgo, decimal from, decimal to, PriceMoveCause cause = PriceMoveCause.Decision) =>
        new(Now.AddHours(-hoursAgo), Euros(from), Euros(to), cause, cause == PriceMoveCause.Decision ? "d" : null);

    public static PriceVerdict Verdict(this PriceDecision decision, PriceRule rule) => decision.Verdicts.Last(v => v.Rule == rule);

    public static PriceDecision Holds(PricingFacts facts, PriceRule rule, PriceOutcome outcome = PriceOutcome.Hold)
    {
        var decision = PriceDecider.Decide(facts);
        Assert.Equal(outcome, decision.Outcome);
        Assert.Equal(facts.Price, decision.To);
        Assert.Equal(rule, decision.Verdicts.First(static v => !v.Passed).Rule);
        Assert.Contains(decision.Verdict(rule).Words, decision.Reason, StringComparison.Ordinal);
        return decision;
    }
}
