using System.Globalization;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Pricing.Publishing;

namespace Stockgate.Platform.Pricing.Writing;

/// <summary>Writes decisions that publish, ask for or stop a price to that price's audit chain.</summary>
public sealed class PriceAudit(DecisionLog log)
{
    internal Task TellAsync(PriceDecisionRecord record, CancellationToken cancellationToken) =>
        WordOf(record) is not { } word
            ? Task.CompletedTask
            : log.AppendOnceAsync(
                new DecisionRecord
                {
                    Subject = PriceTroubles.SubjectOf(record.Decision.Key),
                    DecidedAt = record.PublishedAt ?? record.Decision.At,
                    Decision = $"{word}: {record.Decision.From} to {record.Decision.To}",
                    DecidedBy = record.By,
                    Inputs = record.Facts is { } facts ? InputsOf(facts) : [],
                    Verdicts = [.. record.Decision.Verdicts.Select(static v => new RuleVerdict(v.Rule.ToString(), v.Passed, v.Words))],
                    Published = record.Revision is { } revision
                        ? [$"{record.Decision.Key.Channel}: {record.Decision.To}, revision {revision}"]
                        : [],
                    TakeBack = record.Revision is null ? null : $"POST /api/v1/pricing/decisions/{record.Id}/revert",
                    // Asked and, later, published: two entries of one decision.
                },
                $"{record.Id} {word}",
                cancellationToken
            );

    /// <summary>The inputs of a decision, with sources and ages.</summary>
    public static IReadOnlyList<DecisionInput> InputsOf(PricingFacts facts)
    {
        var inputs = new List<DecisionInput>
        {
            new(
                "price",
                facts.Price.ToString(),
                "published prices and the catalog",
                facts.Moves is [.., { } last] ? Age(facts, last.At) : null
            ),
            new("regular price", facts.Regular.ToString(), "the catalog", null),
        };
        if (facts.Stock is { } stock)
            inputs.Add(new("stock", stock.Value.ToString(), stock.Source, stock.AgeAt(facts.Now)));
        if (facts.Inbound.Value > 0)
            inputs.Add(new("inbound", facts.Inbound.ToString(), "suppliers' confirmations", null));
        if (facts.Cost is { } cost)
            inputs.Add(new("cost", cost.Value.ToString(), cost.Source, cost.AgeAt(facts.Now)));
        if (facts.Demand is { } demand)
            inputs.Add(
                new(
                    "demand",
                    string.Create(CultureInfo.InvariantCulture, $"{demand.Value.Mean:0.##} units in {demand.Value.Days} days"),
                    demand.Source,
                    demand.AgeAt(facts.Now)
                )
            );
        if (facts.Elasticity is { } e)
            inputs.Add(
                new(
                    "elasticity",
                    string.Create(CultureInfo.InvariantCulture, $"{e.Value:0.##} ({e.Low:0.##} to {e.High:0.##})"),
                    "the forecast",
                    null
                )
            );
        inputs.AddRange(
            facts.Competitors.Select(c => new DecisionInput(
                $"price of {c.Competitor}",
                c.Price.ToString(),
                c.Competitor,
                Age(facts, c.SeenAt)
            ))
        );
        inputs.Add(new("rules", facts.Rules.Origin, "the policy", null));
        return inputs;
    }

    private static string? WordOf(PriceDecisionRecord record) =>
        record switch
        {
            { Reverts: not null } => "price restored",
            { Revision: not null } => "price published",
            { Decision.Outcome: PriceOutcome.Ask } => "approval of the price requested",
            { Decision.Outcome: PriceOutcome.Stop } => "price stopped",
            _ => null,
        };

    private static TimeSpan Age(PricingFacts facts, DateTimeOffset at) => facts.Now > at ? facts.Now - at : TimeSpan.Zero;
}
