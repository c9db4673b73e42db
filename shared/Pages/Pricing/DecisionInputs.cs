using Stockgate.Domain.Pricing;
using Stockgate.Pages.Formats;

namespace Stockgate.Pages.Pricing;

/// <summary>What a price was decided from: each figure with its source and age.</summary>
internal static class DecisionInputs
{
    private const int Most = 20;

    public static List<string[]> Of(PricingFacts f)
    {
        string Source(string source, DateTimeOffset at) => $"{source}, {Durations.Age(f.Now, at)}";
        var rows = new List<string[]>
        {
            new[] { "Price", Amounts.Of(f.Price), "" },
            new[] { "Regular price", Amounts.Of(f.Regular), "" },
            f.Stock is { } stock ? ["Stock", Figures.Number(stock.Value.Value), Source(stock.Source, stock.At)] : ["Stock", "unknown", ""],
        };
        if (f.Inbound.Value > 0)
            rows.Add([
                "Confirmed to come",
                Figures.Number(f.Inbound.Value),
                f.InboundAt is { } first ? $"the first of them {Dates.Moment(first)}" : "nobody said when",
            ]);
        rows.Add(f.Cost is { } cost ? ["Cost", Amounts.Of(cost.Value), Source(cost.Source, cost.At)] : ["Cost", "unknown", ""]);
        rows.Add(
            f.Demand is { } demand
                ?
                [
                    "Expected sales",
                    $"{Figures.About(demand.Value.Mean)} ± {Figures.About(demand.Value.Deviation)} in {Quantities.Of(demand.Value.Days, "day")}",
                    Source(demand.Source, demand.At),
                ]
                : ["Expected sales", "unknown", ""]
        );
        rows.Add([
            "Elasticity",
            f.Elasticity is { } e
                ? $"{Figures.About(e.Value)} ({Figures.About(e.Low)} to {Figures.About(e.High)})"
                : $"not known; {Figures.About((double)f.Rules.AssumedElasticity)} is assumed for markdowns",
            "",
        ]);
        foreach (var c in f.Competitors.Take(Most))
            rows.Add([$"Competitor {c.Competitor}", Amounts.Of(c.Price), Durations.Age(f.Now, c.SeenAt)]);
        foreach (var o in f.Others.Take(Most))
            rows.Add([$"Channel {o.Channel}", Amounts.Of(o.Price), ""]);
        rows.Add(["Rules", f.Rules.Origin, ""]);
        return rows;
    }
}
