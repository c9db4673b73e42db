using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Pages.Charts;
using Stockgate.Pages.Formats;
using static Stockgate.Pages.Pricing.PricingPageParts;

namespace Stockgate.Pages.Pricing;

/// <summary>A replay of a history: what moving prices would have brought, as a range.</summary>
internal static class SimulationPage
{
    public static void Html(TextWriter to, PriceSimulationResult r)
    {
        Begin(
            to,
            "Prices: a replay of the past",
            $"{Dates.Day(r.First)} to {Dates.Day(r.Last)} · {Figures.Number(r.Series)} series · policy version {r.PolicyVersion}"
        );
        to.Write(
            $"<section class=\"lead\" aria-label=\"In short\"><p>{Text(r.Words)}</p></section>\n<section><h2>Against keeping prices</h2>"
        );
        if (r.Runs.Count > 0)
            to.Write(
                ColumnChart.Of(
                    "gain",
                    "Margin against keeping prices, by how customers follow the price",
                    string.Join(
                        "; ",
                        r.Runs.Select(static run => $"{Figures.About(run.Elasticity)}: {Shares.Change(PriceSimulation.Gain(run))}")
                    ),
                    [
                        .. r.Runs.Select(static run =>
                            (
                                $"elasticity {Figures.About(run.Elasticity)}",
                                PriceSimulation.Gain(run) is var gain && double.IsFinite(gain) ? gain : 0
                            )
                        ),
                    ],
                    Shares.Change
                )
            );
        Table(
            to,
            $"Money in {r.Currency.Code}",
            ["", .. r.Runs.Select(static run => $"Elasticity {Figures.About(run.Elasticity)}")],
            Rows(r)
        );
        to.Write("</section>\n<section><h2>What held prices</h2>");
        var rules = r.Runs.SelectMany(static run => run.Held.Keys).Distinct().Order().ToList();
        Table(
            to,
            "Times that each guardrail was the first to hold a price",
            ["Guardrail", .. r.Runs.Select(static run => $"Elasticity {Figures.About(run.Elasticity)}")],
            rules.Select(rule =>
                new[] { Codes.Of(rule) }.Concat(r.Runs.Select(run => Figures.Number(run.Held.GetValueOrDefault(rule)))).ToArray()
            )
        );
        to.Write("</section>\n");
        End(to);
    }

    private static IEnumerable<string[]> Rows(PriceSimulationResult r)
    {
        string[] Row(string name, Func<SimulatedRun, string> cell) => [name, .. r.Runs.Select(cell)];
        static string Both(double kept, double moved) =>
            $"{Figures.About(kept)} → {Figures.About(moved)} ({Shares.Change(PriceSimulation.Relative(moved, kept))})";
        return
        [
            Row("Margin", static s => Both(s.Kept.Margin, s.Moved.Margin)),
            Row("Revenue", static s => Both(s.Kept.Revenue, s.Moved.Revenue)),
            Row("Units", static s => Both(s.Kept.Units, s.Moved.Units)),
            Row("Units that were missed", static s => $"{Figures.About(s.Kept.Missed)} → {Figures.About(s.Moved.Missed)}"),
            Row("Changes", static s => $"{Figures.Number(s.Changes)} of {Quantities.Of(s.Decisions, "decision")}"),
            Row("Changes for each series", static s => Figures.About(s.ChangesPerItem)),
            Row("Raised", static s => Figures.Number(s.Raised)),
            Row("Would have been asked", static s => Figures.Number(s.Asked)),
            Row("Days of a series at more than twice or under half of the price", static s => Figures.Number(s.Beyond)),
            Row("Lowest margin share", static s => s.LowestMarginShare is { } share ? Shares.Change(share) : "–"),
            Row("Worst series", static s => s.WorstItem is { } worst ? $"{worst.Name}: {Figures.About(worst.Margin)}" : "none lost"),
            Row("Worst day", static s => s.WorstDay is { } worst ? $"{worst.Name}: {Figures.About(worst.Margin)}" : "none lost"),
        ];
    }
}
