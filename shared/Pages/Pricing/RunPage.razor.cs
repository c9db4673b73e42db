using Microsoft.AspNetCore.Components;
using Stockgate.Domain.Pricing;
using Stockgate.Pages.Charts;
using Stockgate.Pages.Formats;
using static Stockgate.Pages.Pricing.PriceRunRows;

namespace Stockgate.Pages.Pricing;

public sealed partial class RunPage
{
    private const int MostCategories = 60,
        MostColumns = 12,
        Examples = 5;

    private sealed record Sum(string Name, List<PricedItem> Items, double Gained);

    private List<PricedItem> moves = [];
    private List<Sum> sums = [];

    [Parameter, EditorRequired]
    public PriceRunReport Report { get; set; } = null!;

    protected override void OnParametersSet()
    {
        moves = [.. Report.Items.Where(static i => i.Decision.Moves).OrderByDescending(static i => Gain(i.Decision) ?? 0)];
        sums =
        [
            .. Report
                .Items.GroupBy(static i => (i.Category, i.Decision.From.Currency))
                .Select(static g => new Sum(
                    $"{(g.Key.Category.Length > 0 ? g.Key.Category : "(none)")}, {g.Key.Currency.Code}",
                    [.. g],
                    g.Where(static i => i.Decision.Moves).Sum(static i => Gain(i.Decision) ?? 0)
                ))
                .OrderByDescending(static g => g.Gained)
                .ThenBy(static g => g.Name, StringComparer.Ordinal),
        ];
    }

    private string Meta() =>
        $"{Dates.Moment(Report.At)} · policy version {Report.PolicyVersion}, {Codes.Of(Report.Leash)} · {Report.Run}{(Report.DryRun ? " · nothing went out" : "")}";

    private List<(string Value, string Label, string? Style)> Kpis()
    {
        int Count(PriceOutcome outcome) => Report.Items.Count(i => i.Decision.Outcome == outcome);
        var (publish, ask, keep, hold, stop) = (
            Count(PriceOutcome.Publish),
            Count(PriceOutcome.Ask),
            Count(PriceOutcome.Keep),
            Count(PriceOutcome.Hold),
            Count(PriceOutcome.Stop)
        );
        var kpis = new List<(string, string, string?)>
        {
            (Figures.Number(publish), Report.DryRun ? "would be published" : "published", null),
            (Figures.Number(ask), Report.DryRun ? "would be asked" : Plural(ask, "is asked", "are asked"), null),
            (Figures.Number(keep), $"{Plural(keep, "stays", "stay")}: nothing is better by enough", null),
            (Figures.Number(hold), "held by a guardrail", null),
            (Figures.Number(stop), "stopped: a person has to look", stop > 0 ? "warn" : null),
        };
        kpis.AddRange(
            moves
                .GroupBy(static m => m.Decision.From.Currency)
                .Select(static g =>
                    (
                        $"{Figures.Change(g.Sum(static m => Gain(m.Decision) ?? 0))} {g.Key.Code}",
                        "expected margin against keeping all prices",
                        (string?)null
                    )
                )
        );
        return kpis;
    }

    private static string Plural(int count, string one, string many) => count == 1 ? one : many;

    private string StepsChart()
    {
        var steps = moves
            .GroupBy(static m => (int)Math.Clamp(Math.Floor(Step(m.Decision) * 50), -15, 14))
            .ToDictionary(static g => g.Key, static g => g.Count());
        var lowered = moves.Count(static m => Lowered(m.Decision));
        return ColumnChart.Of(
            "steps",
            "Prices by the size of their step",
            $"{Quantities.Of(lowered, "price is", "prices are")} lowered, {Figures.Number(moves.Count - lowered)} raised.",
            [
                .. Enumerable
                    .Range(steps.Keys.Min(), steps.Keys.Max() - steps.Keys.Min() + 1)
                    .Select(b => ($"{b * 2} to {b * 2 + 2} %", (double)steps.GetValueOrDefault(b))),
            ],
            Figures.About
        );
    }

    private string SumsChart() =>
        ColumnChart.Of(
            "gains",
            "Expected gain by category",
            string.Join("; ", sums.Take(6).Select(static g => $"{g.Name}: {Figures.Change(g.Gained)}")),
            [.. sums.Take(MostColumns).Select(static g => (g.Name, g.Gained))],
            Figures.About
        );

    private IEnumerable<string[]> MoveRows() =>
        moves
            .Take(PricingPages.MostRows)
            .Select(static m =>
                new[]
                {
                    Name(m),
                    Amounts.Of(m.Decision.From),
                    Amounts.Of(m.Decision.To) + (m.Decision.CompareAt is { } prior ? $" (lowest of 30 days {Amounts.Of(prior)})" : ""),
                    Shares.Change(Step(m.Decision)),
                    Gain(m.Decision) is { } gain ? Figures.Change(gain) : Figures.None,
                    $"{Codes.Of(m.Decision.Outcome)}, {Codes.Of(m.Decision.Mode)}",
                    m.Decision.Reason,
                }
            );

    private IEnumerable<string[]> SumRows() =>
        sums.Take(MostCategories)
            .Select(static g =>
                new[]
                {
                    g.Name,
                    Figures.Number(g.Items.Count),
                    Figures.Number(g.Items.Count(static i => i.Decision.To.Amount > i.Decision.From.Amount)),
                    Figures.Number(g.Items.Count(static i => Lowered(i.Decision))),
                    Figures.Number(g.Items.Count(static i => i.Decision.Outcome == PriceOutcome.Ask)),
                    Figures.Number(g.Items.Count(static i => i.Decision.Outcome is PriceOutcome.Hold or PriceOutcome.Stop)),
                    Figures.Change(g.Gained),
                }
            );

    private IEnumerable<IGrouping<PriceRule, PricedItem>> Held() =>
        Report.Items.Where(static i => !i.Decision.Moves).GroupBy(static h => HeldBy(h.Decision)).OrderBy(static g => g.Key);
}
