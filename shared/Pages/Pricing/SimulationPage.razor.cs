using Microsoft.AspNetCore.Components;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Pricing.Simulation;
using Stockgate.Pages.Charts;
using Stockgate.Pages.Formats;

namespace Stockgate.Pages.Pricing;

public sealed partial class SimulationPage
{
    private string meta = "";

    [Parameter, EditorRequired]
    public PriceSimulationResult Result { get; set; } = null!;

    protected override void OnParametersSet() =>
        meta =
            $"{Dates.Day(Result.First)} to {Dates.Day(Result.Last)} · {Figures.Number(Result.Series)} series · policy version {Result.PolicyVersion}";

    private List<string> Heads(string first) => [first, .. Result.Runs.Select(static run => $"Elasticity {Figures.About(run.Elasticity)}")];

    private string Chart() =>
        ColumnChart.Of(
            "gain",
            "Margin against keeping prices, by how customers follow the price",
            string.Join(
                "; ",
                Result.Runs.Select(static run => $"{Figures.About(run.Elasticity)}: {Shares.Change(PriceSimulation.Gain(run))}")
            ),
            [
                .. Result.Runs.Select(static run =>
                    (
                        $"elasticity {Figures.About(run.Elasticity)}",
                        PriceSimulation.Gain(run) is var gain && double.IsFinite(gain) ? gain : 0
                    )
                ),
            ],
            Shares.Change
        );

    private IEnumerable<string[]> Held() =>
        Result
            .Runs.SelectMany(static run => run.Held.Keys)
            .Distinct()
            .Order()
            .Select(rule => Row(Codes.Of(rule), run => Figures.Number(run.Held.GetValueOrDefault(rule))));

    private string[] Row(string name, Func<SimulatedRun, string> cell) => [name, .. Result.Runs.Select(cell)];

    private string[][] Rows() =>
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
            Row("Lowest margin share", static s => s.LowestMarginShare is { } share ? Shares.Change(share) : Figures.None),
            Row("Worst series", static s => s.WorstItem is { } worst ? $"{worst.Name}: {Figures.About(worst.Margin)}" : "none lost"),
            Row("Worst day", static s => s.WorstDay is { } worst ? $"{worst.Name}: {Figures.About(worst.Margin)}" : "none lost"),
        ];

    private static string Both(double kept, double moved) =>
        $"{Figures.About(kept)} → {Figures.About(moved)} ({Shares.Change(PriceSimulation.Relative(moved, kept))})";
}
