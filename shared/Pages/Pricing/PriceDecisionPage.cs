using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Pages.Charts;
using Stockgate.Pages.Formats;
using static Stockgate.Pages.Pricing.PricingPageParts;

namespace Stockgate.Pages.Pricing;

/// <summary>One decision: what it was made from, what each guardrail said, which prices were weighed, and what came of it.</summary>
internal static class PriceDecisionPage
{
    public static void Html(TextWriter to, PriceDecision d, PricingFacts? facts, PriceEffect? effect)
    {
        Begin(
            to,
            $"{d.Key.Sku}: {(d.Moves ? $"{Amounts.Of(d.From)} to {Amounts.Of(d.To)}" : $"{Amounts.Of(d.From)} stays")}",
            $"{d.Key.Channel}, {d.Key.Region} · {Codes.Of(d.Outcome)}, {Codes.Of(d.Mode)} · {Dates.Moment(d.At)}"
        );
        to.Write(
            $"<section class=\"lead\" aria-label=\"In short\"><p>{Text(d.Reason)}</p>{(d.CompareAt is { } prior ? $"<p>{Text($"{Amounts.Of(prior)}, the lowest price of the 30 days before, may be shown struck through beside it.")}</p>" : "")}</section>\n"
        );
        if (effect is not null)
            Effect(to, effect);
        if (d.Weighed.Count > 1)
            Weighed(to, d);
        if (facts is not null)
            Inputs(to, facts);
        to.Write("<section><h2>Guardrails</h2>");
        Table(
            to,
            "In the order in which they were asked",
            ["Guardrail", "Said", "Because"],
            d.Verdicts.Select(static v => new[] { Codes.Of(v.Rule), v.Passed ? "go on" : "no", v.Words }),
            0,
            2
        );
        to.Write("</section>\n");
        End(to);
    }

    private static void Effect(TextWriter to, PriceEffect e)
    {
        to.Write($"<section><h2>What came of it</h2><p>{Text(e.Words)}</p>");
        Table(
            to,
            $"{Quantities.Of(e.Days, "day")} from {Dates.Day(e.First)}",
            ["", "Units", $"Margin, {e.From.Currency.Code}"],
            [
                ["Expected at the price before", Figures.About(e.ExpectedKept), Figures.About(e.MarginKept)],
                ["Expected at the new price", Figures.About(e.ExpectedMoved), Figures.About(e.MarginMoved)],
                ["Sold", Figures.About(e.Sold), Figures.About(e.MarginEarned)],
            ]
        );
        to.Write("</section>\n");
    }

    private static void Weighed(TextWriter to, PriceDecision d)
    {
        string Price(double value) => Amounts.Of((decimal)Math.Round(value, 4), d.From.Currency);
        var line = d.Weighed.OrderBy(static w => w.Price).ToList();
        var points = new List<(double X, double Y, string Style, string Name)>();
        if (d.Kept is { } kept)
            points.Add(((double)kept.Price, kept.Margin, "fb", $"now: {Price((double)kept.Price)}"));
        if (d.Moves && d.Moved is { } moved)
            points.Add(((double)moved.Price, moved.Margin, "fa", $"new: {Price((double)moved.Price)}"));
        var limits = d.Bounds is { Empty: false } b
            ? new[]
            {
                ((double)b.Low, $"at least {Price((double)b.Low)}: {b.LowBy}"),
                ((double)b.High, $"at most {Price((double)b.High)}: {b.HighBy}"),
            }
            : [];
        to.Write(
            $"<section><h2>Prices that were weighed</h2><p class=\"note\">{Text($"Expected margin over {Quantities.Of(d.Days, "day")} by price{(d.Mode == PriceMode.Markdown ? ", less what is lost on what is left over" : "")}.{string.Concat(limits.Select(static l => $" {char.ToUpperInvariant(l.Item2[0])}{l.Item2[1..]}."))}")}</p>"
        );
        var best = line.MaxBy(static w => w.Margin);
        to.Write(
            new CurveChart(
                "weighed",
                "Expected margin by price",
                $"From {Price((double)line[0].Price)} to {Price((double)line[^1].Price)}; the most, {Figures.About(best.Margin)}, is expected at {Price((double)best.Price)}."
            )
            {
                Curve = [.. line.Select(static w => ((double)w.Price, w.Margin))],
                Limits = limits,
                Points = points,
                ShownX = Price,
                ShownY = Figures.About,
            }.Draw()
        );
        Table(
            to,
            "The dashed lines are the bounds; the grey point holds now, the blue one is new",
            ["Price", "Expected units", $"Expected margin, {d.From.Currency.Code}"],
            line.Select(w =>
                new[]
                {
                    Amounts.Of(w.Price, d.From.Currency)
                        + (
                            w.Price == d.From.Amount ? " (now)"
                            : d.Moves && w.Price == d.To.Amount ? " (new)"
                            : ""
                        ),
                    Figures.About(w.Units),
                    Figures.About(w.Margin),
                }
            )
        );
        to.Write("</section>\n");
    }

    private static void Inputs(TextWriter to, PricingFacts f)
    {
        string Old(DateTimeOffset at) => Durations.Age(f.Now, at);
        var rows = new List<string[]> { new[] { "Price", Amounts.Of(f.Price), "" }, new[] { "Regular price", Amounts.Of(f.Regular), "" } };
        rows.Add(
            f.Stock is { } stock
                ? ["Stock", Figures.Number(stock.Value.Value), $"{stock.Source}, {Old(stock.At)}"]
                : ["Stock", "unknown", ""]
        );
        if (f.Inbound.Value > 0)
            rows.Add([
                "Confirmed to come",
                Figures.Number(f.Inbound.Value),
                f.InboundAt is { } first ? $"the first of them {Dates.Moment(first)}" : "nobody said when",
            ]);
        rows.Add(f.Cost is { } cost ? ["Cost", Amounts.Of(cost.Value), $"{cost.Source}, {Old(cost.At)}"] : ["Cost", "unknown", ""]);
        rows.Add(
            f.Demand is { } demand
                ?
                [
                    "Expected sales",
                    $"{Figures.About(demand.Value.Mean)} ± {Figures.About(demand.Value.Deviation)} in {Quantities.Of(demand.Value.Days, "day")}",
                    $"{demand.Source}, {Old(demand.At)}",
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
        foreach (var c in f.Competitors.Take(20))
            rows.Add([$"Competitor {c.Competitor}", Amounts.Of(c.Price), Old(c.SeenAt)]);
        foreach (var o in f.Others.Take(20))
            rows.Add([$"Channel {o.Channel}", Amounts.Of(o.Price), ""]);
        rows.Add(["Rules", f.Rules.Origin, ""]);
        to.Write("<section><h2>What it was decided from</h2>");
        Table(to, $"As known {Dates.Moment(f.Now)}", ["What", "Value", "Source and age"], rows, 0, 1, 2);
        to.Write("</section>\n");
    }
}
