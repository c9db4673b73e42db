using System.Text.Json;
using Stockgate.Domain.Pricing;

namespace Stockgate.Domain.Tests.Pricing;

public class PriceDeciderProperties
{
    private const int Usual = 200_000,
        Many = 1_000_000,
        Part = 10_000;

    [Fact]
    public void Whatever_the_facts_are_no_price_that_moves_breaks_a_guardrail() => Holds(Usual);

    [LongFact]
    public void Whatever_a_million_facts_are_no_price_that_moves_breaks_a_guardrail() => Holds(Many);

    [Fact]
    public void The_same_facts_give_the_same_decision()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (one, other) = (new FactsGenerator(seed), new FactsGenerator(seed));
            for (var i = 0; i < 100; i++)
                Assert.Equal(Text(PriceDecider.Decide(one.Next())), Text(PriceDecider.Decide(other.Next())));
        }
    }

    private static readonly JsonSerializerOptions Options = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    // An id that is none can be decided about, but not written.
    private static string Text(PriceDecision decision) =>
        JsonSerializer.Serialize(decision with { Key = PriceCases.Key, From = Plain(decision.From), To = Plain(decision.To) }, Options);

    private static Money Plain(Money money) => money.Currency.Code is null ? new(money.Amount, PriceCases.Eur) : money;

    private static void Holds(int cases)
    {
        var (up, down, asked, back) = (0, 0, 0, 0);
        Parallel.For(
            0,
            cases / Part,
            part =>
            {
                var generator = new FactsGenerator(part * 7919 + 1);
                for (var i = 0; i < Part; i++)
                {
                    var facts = generator.Next();
                    var decision = PriceDecider.Decide(facts);
                    if (Broken(facts, decision) is { } broken)
                        Assert.Fail(
                            $"Generator {part * 7919 + 1}, case {i}: {broken}. {decision.Outcome} {decision.From} to {decision.To}: {decision.Reason}"
                        );
                    if (decision.Outcome == PriceOutcome.Publish)
                        Interlocked.Increment(ref decision.To.Amount > decision.From.Amount ? ref up : ref down);
                    if (decision.Outcome == PriceOutcome.Ask)
                        Interlocked.Increment(ref asked);
                    if (decision.Moves && decision.From.Amount < Floor(facts))
                        Interlocked.Increment(ref back);
                }
            }
        );
        // Otherwise it would say nothing about prices that move.
        foreach (var count in new[] { up, down, asked, back })
            Assert.InRange(count, cases / 400, cases);
    }

    // Written from the rules' words, not from the code that is tested.
    private static string? Broken(PricingFacts f, PriceDecision d)
    {
        if (d.Reason.Length == 0)
            return "no reason is given";
        if (!d.Moves)
            return d.To != d.From || d.To != f.Price ? "a price moved that should be held" : null;
        if (f is not { Stock: { } stock, Cost: { } cost, Demand: { } demand })
            return "it moved on nothing";
        var (from, to, rules) = (d.From.Amount, d.To.Amount, f.Rules);
        var (floor, ceiling) = (Floor(f), Math.Min(f.Regular.Amount * (1 + rules.CeilingAboveRegular), rules.Ceiling ?? decimal.MaxValue));
        if (to < cost.Value.Amount)
            return "it is below cost";
        if (to < floor)
            return $"it is below the floor, {floor}";
        if (to > ceiling)
            return $"it is above the ceiling, {ceiling}";
        if (to == from)
            return "it does not move";
        if (!f.Active || f.Stopped is not null || f.CategoryStopped is not null || f.HeldUntil > f.Now || f.ChangesLeft <= 0)
            return "it should be left alone";
        if (f.Promotion is not null)
            return "a promotion owns it";
        if (Old(stock.At, rules.StockMaxAge) || Old(cost.At, rules.CostMaxAge) || Old(demand.At, rules.ForecastMaxAge))
            return "it moved on old figures";
        if (rules.AboveCompetitor is not null && f.Competitors.Count > 0 && f.Competitors.All(c => Old(c.SeenAt, rules.CompetitorMaxAge)))
            return "it moved on old competitors' prices";
        var perDay = demand.Value.Mean / demand.Value.Days;
        var (left, supply) = (Math.Max(0, (double)stock.Value.Value), Math.Max(0, (double)stock.Value.Value) + (double)f.Inbound.Value);
        var (cover, all) = (perDay > 0 ? left / perDay : double.PositiveInfinity, perDay > 0 ? supply / perDay : double.PositiveInfinity);
        var comes = f.Inbound.Value > 0 && f.InboundAt is { } at && (at - f.Now).TotalDays <= cover;
        var scarce = stock.Value.Value <= rules.ScarceUnits || (cover < (double)rules.ScarceDays && !comes);
        if (scarce && to < from)
            return "it is discounted while nearly sold out";
        if (!scarce && all > (double)rules.OverstockDays && to > from)
            return "it is raised while there is overstock";
        var coin = d.From.Currency.MinorUnits switch
        {
            0 => 1m,
            3 => 0.001m,
            _ => 0.01m,
        };
        // No price that can be paid is both inside and within a step.
        var far =
            from < floor
                ? decimal.Ceiling(floor / coin) * coin > from * (1 + rules.MaxStep)
                : from > ceiling && decimal.Floor(ceiling / coin) * coin < from * (1 - rules.MaxStep);
        if (Math.Abs(to - from) > from * rules.MaxStep && !(far && d.Outcome == PriceOutcome.Ask))
            return "its step is too large";
        if (d.Outcome == PriceOutcome.Publish && (f.AskAlways || Math.Abs(to - from) / from > rules.AskAboveStep))
            return "nobody was asked";
        if (!d.To.Payable)
            return "nobody can pay it";
        if (d.CompareAt is { } before && (to >= from || before.Amount <= to || before.Amount > from))
            return "the struck price is wrong";
        return null;

        bool Old(DateTimeOffset read, TimeSpan limit) => f.Now - read > limit || read - f.Now > TimeSpan.FromMinutes(10);
    }

    private static decimal Floor(PricingFacts f) =>
        f.Cost is not { } cost
            ? 0
            : Math.Max(Math.Max(cost.Value.Amount, cost.Value.Amount / (1 - f.Rules.MarginFloor)), f.Rules.Minimum ?? 0);
}
