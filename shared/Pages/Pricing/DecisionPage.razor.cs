using Microsoft.AspNetCore.Components;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Pricing.Effects;
using Stockgate.Pages.Charts;
using Stockgate.Pages.Formats;

namespace Stockgate.Pages.Pricing;

public sealed partial class DecisionPage
{
    private string title = "",
        meta = "";

    [Parameter, EditorRequired]
    public PriceDecision Decision { get; set; } = null!;

    [Parameter]
    public PricingFacts? Facts { get; set; }

    [Parameter]
    public PriceEffect? Effect { get; set; }

    protected override void OnParametersSet()
    {
        var from = Amounts.Of(Decision.From);
        title = $"{Decision.Key.Sku}: {(Decision.Moves ? $"{from} to {Amounts.Of(Decision.To)}" : $"{from} stays")}";
        meta =
            $"{Decision.Key.Channel}, {Decision.Key.Region} · {Codes.Of(Decision.Outcome)}, {Codes.Of(Decision.Mode)} · {Dates.Moment(Decision.At)}";
    }

    private static string[][] EffectRows(PriceEffect e) =>
        [
            ["Expected at the price before", Figures.About(e.ExpectedKept), Figures.About(e.MarginKept)],
            ["Expected at the new price", Figures.About(e.ExpectedMoved), Figures.About(e.MarginMoved)],
            ["Sold", Figures.About(e.Sold), Figures.About(e.MarginEarned)],
        ];

    private IEnumerable<string[]> VerdictRows() =>
        Decision.Verdicts.Select(static v => new[] { Codes.Of(v.Rule), v.Passed ? "go on" : "no", v.Words });

    private string WeighedNote() =>
        $"Expected margin over {Quantities.Of(Decision.Days, "day")} by price"
        + (Decision.Mode == PriceMode.Markdown ? ", less what is lost on what is left over." : ".")
        + string.Concat(Limits().Select(static l => $" {Codes.Capital(l.Name)}."));

    private List<(double X, string Name)> Limits() =>
        Decision.Bounds is { Empty: false } b
            ?
            [
                ((double)b.Low, $"at least {Price((double)b.Low)}: {b.LowBy}"),
                ((double)b.High, $"at most {Price((double)b.High)}: {b.HighBy}"),
            ]
            : [];

    private IEnumerable<string[]> WeighedRows() =>
        Decision
            .Weighed.OrderBy(static w => w.Price)
            .Select(w =>
                new[]
                {
                    Amounts.Of(w.Price, Decision.From.Currency)
                        + (
                            w.Price == Decision.From.Amount ? " (now)"
                            : Decision.Moves && w.Price == Decision.To.Amount ? " (new)"
                            : ""
                        ),
                    Figures.About(w.Units),
                    Figures.About(w.Margin),
                }
            );

    private string Chart()
    {
        var line = Decision.Weighed.OrderBy(static w => w.Price).ToList();
        var best = line.MaxBy(static w => w.Margin);
        var points = new List<(double X, double Y, string Style, string Name)>();
        if (Decision.Kept is { } kept)
            points.Add(((double)kept.Price, kept.Margin, "fb", $"now: {Price((double)kept.Price)}"));
        if (Decision.Moves && Decision.Moved is { } moved)
            points.Add(((double)moved.Price, moved.Margin, "fa", $"new: {Price((double)moved.Price)}"));
        return new CurveChart(
            "weighed",
            "Expected margin by price",
            $"From {Price((double)line[0].Price)} to {Price((double)line[^1].Price)}; the most, {Figures.About(best.Margin)}, is expected at {Price((double)best.Price)}."
        )
        {
            Curve = [.. line.Select(static w => ((double)w.Price, w.Margin))],
            Limits = Limits(),
            Points = points,
            ShownX = Price,
            ShownY = Figures.About,
        }.Draw();
    }

    private string Price(double value) => Amounts.Of((decimal)Math.Round(value, 4), Decision.From.Currency);
}
