using Stockgate.Domain.Pricing.Simulation;
using static Stockgate.Domain.Pricing.Deciding.PriceWords;
using static Stockgate.Domain.Pricing.PricingPageParts;

namespace Stockgate.Domain.Pricing;

/// <summary>A replay of a history: what moving prices would have brought, as a range.</summary>
internal static class SimulationPage
{
    public static void Html(TextWriter to, PriceSimulationResult r)
    {
        Begin(
            to,
            "Prices: a replay of the past",
            $"{r.First.ToString("yyyy-MM-dd", Culture)} to {r.Last.ToString("yyyy-MM-dd", Culture)} · {r.Series} series · policy version {r.PolicyVersion}"
        );
        to.Write(
            $"<section class=\"lead\" aria-label=\"In short\"><p>{Text(r.Words)}</p></section>\n<section><h2>Against keeping prices</h2>"
        );
        if (r.Runs.Count > 0)
            Columns(
                to,
                "gain",
                "Margin against keeping prices, by how customers follow the price",
                string.Join("; ", r.Runs.Select(static run => $"{Number(run.Elasticity)}: {Share(PriceSimulation.Gain(run))}")),
                [
                    .. r.Runs.Select(static run =>
                        ($"elasticity {Number(run.Elasticity)}", PriceSimulation.Gain(run) is var gain && double.IsFinite(gain) ? gain : 0)
                    ),
                ],
                Share
            );
        Table(to, $"Money in {r.Currency.Code}", ["", .. r.Runs.Select(static run => $"Elasticity {Number(run.Elasticity)}")], Rows(r));
        to.Write("</section>\n<section><h2>What held prices</h2>");
        var rules = r.Runs.SelectMany(static run => run.Held.Keys).Distinct().Order().ToList();
        Table(
            to,
            "Times that each guardrail was the first to hold a price",
            ["Guardrail", .. r.Runs.Select(static run => $"Elasticity {Number(run.Elasticity)}")],
            rules.Select(rule =>
                new[] { rule.ToString() }.Concat(r.Runs.Select(run => run.Held.GetValueOrDefault(rule).ToString(Culture))).ToArray()
            )
        );
        to.Write("</section>\n");
        End(to);
    }

    private static IEnumerable<string[]> Rows(PriceSimulationResult r)
    {
        string[] Row(string name, Func<SimulatedRun, string> cell) => [name, .. r.Runs.Select(cell)];
        static string Both(double kept, double moved) =>
            $"{Number(kept)} → {Number(moved)} ({Share(PriceSimulation.Relative(moved, kept))})";
        return
        [
            Row("Margin", static s => Both(s.Kept.Margin, s.Moved.Margin)),
            Row("Revenue", static s => Both(s.Kept.Revenue, s.Moved.Revenue)),
            Row("Units", static s => Both(s.Kept.Units, s.Moved.Units)),
            Row("Units that were missed", static s => $"{Number(s.Kept.Missed)} → {Number(s.Moved.Missed)}"),
            Row("Changes", static s => $"{s.Changes} of {s.Decisions} decisions"),
            Row("Changes for each series", static s => Number(s.ChangesPerItem)),
            Row("Raised", static s => s.Raised.ToString(Culture)),
            Row("Would have been asked", static s => s.Asked.ToString(Culture)),
            Row("Days of a series at more than twice or under half of the price", static s => s.Beyond.ToString(Culture)),
            Row("Lowest margin share", static s => s.LowestMarginShare is { } share ? Share(share) : "–"),
            Row("Worst series", static s => s.WorstItem is { } worst ? $"{worst.Name}: {Number(worst.Margin)}" : "none lost"),
            Row("Worst day", static s => s.WorstDay is { } worst ? $"{worst.Name}: {Number(worst.Margin)}" : "none lost"),
        ];
    }

    private static string Share(double value) => double.IsFinite(value) ? Change(value) : "–";
}
