using System.Globalization;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Pages.Charts;
using Stockgate.Pages.Formats;
using static Stockgate.Pages.Forecasting.ForecastPage;

namespace Stockgate.Pages.Forecasting;

/// <summary>The tables of the page.</summary>
internal static class ForecastPageTables
{
    public static void Recommendations(TextWriter to, ReportModel model, int most)
    {
        if (model.Recommendations.Count == 0)
            return;
        to.Write(
            $"<section id=\"recommendations\"><h2>Recommended</h2><p class=\"note\">{Text(model.Recommendations.Count > most ? $"The {most} most urgent of {model.Recommendations.Count}; recommendations.csv has all." : "What has to be done soonest first.")}</p>"
        );
        Open(to, "", "What", "Item", "Units", "From", "By", "Why");
        foreach (var r in RecommendationsCsv.Sorted(model.Recommendations).Take(most))
            to.Write(
                $"<tr><th scope=\"row\">{Text(Codes.Capital(Codes.Words(r.Kind)))}</th><td class=\"l\">{Text($"{r.Sku} at {r.Location}")}</td><td>{(r.Quantity is { } quantity ? Quantities.Units((double)quantity.Value) : "")}</td><td class=\"l\">{Text(r.From ?? "")}</td><td>{(r.By is { } by ? Dates.Near(by) : "")}</td><td class=\"w\">{Text(r.Words)}</td></tr>"
            );
        Close(to);
    }

    public static void Categories(TextWriter to, ReportModel model, int most)
    {
        var horizon = model.History.Horizon;
        var rows = Enumerable
            .Range(0, model.History.Series.Count)
            .GroupBy(i => model.History.Series[i].Category)
            .Select(g =>
                (
                    Name: g.Key.Length == 0 ? "(no category)" : g.Key,
                    Series: g.Count(),
                    Week: g.Sum(i => model.Expected(i, 7)),
                    All: g.Sum(i => model.Expected(i, horizon)),
                    Lately: g.Sum(i => model.Sold(i, 28) is { Days: > 0 } sold ? sold.Units / sold.Days * Math.Min(7, horizon) : 0)
                )
            )
            .OrderByDescending(static r => r.All)
            .ToList();
        var widest = rows.Max(static r => r.All);
        to.Write("<section id=\"categories\"><h2>Categories</h2>");
        Open(
            to,
            rows.Count > most ? $"The {most} largest of {rows.Count}" : "",
            "Category",
            "Items and locations",
            "Sold a week, of late",
            "Next 7 days",
            "Change",
            $"Next {Quantities.Of(horizon, "day")}"
        );
        foreach (var r in rows.Take(most))
        {
            var change = r.Lately > 0 ? r.Week / r.Lately - 1 : double.NaN;
            to.Write(
                $"<tr><th scope=\"row\" class=\"l\">{Text(r.Name)}</th><td>{Figures.Number(r.Series)}</td><td>{Quantities.Units(r.Lately)}</td><td>{Quantities.Units(r.Week)}</td><td>{Shares.Step(change)}</td><td>{Quantities.Units(r.All)}{BarChart.Beside(r.All, widest)}</td></tr>"
            );
        }
        Close(to);
    }

    public static void Quality(TextWriter to, ReportModel model)
    {
        to.Write("<section id=\"quality\"><h2>How good it is</h2>");
        if (model.Result.Backtest.Count == 0)
        {
            to.Write("<p>The history is too short for a test: nothing is known of how good this forecast is.</p></section>\n");
            return;
        }
        to.Write(
            "<p class=\"note\">The last days of the history were forecast as if they were not known. A row that is tinted is in use. Error: units off, of all units sold. Bias: above 0 is too much. WRMSSE: 1 is what the day before, repeated, would have cost in the past.</p>"
        );
        var widest = model.Result.Backtest.Where(static s => double.IsFinite(s.Wape)).Select(static s => s.Wape).DefaultIfEmpty(0).Max();
        Open(to, "By segment, the smallest error first", "Segment", "Method", "Series", "Error", "Bias", "WRMSSE");
        foreach (
            var s in model
                .Result.Backtest.GroupBy(static s => s.Segment)
                .OrderBy(static g => g.Key == "all" ? 0 : 1)
                .SelectMany(static g => g.OrderBy(static s => double.IsFinite(s.Wape) ? s.Wape : double.MaxValue))
        )
        {
            var used = model.Result.Choices.Any(c => c.Champion == s.Method && (c.Segment == s.Segment || s.Segment == "all"));
            to.Write(
                $"<tr{(used ? " class=\"best\"" : "")}><th scope=\"row\" class=\"l\">{Text(s.Segment)}</th><td class=\"l\">{Text(s.Method)}{(used ? " · in use" : "")}</td><td>{s.Series}</td><td>{Shares.Percent(s.Wape)}{BarChart.Beside(s.Wape, widest)}</td><td>{Shares.Step(s.Bias)}</td><td>{(double.IsFinite(s.Wrmsse) ? s.Wrmsse.ToString("0.00", CultureInfo.InvariantCulture) : "–")}</td></tr>"
            );
        }
        to.Write("</tbody></table></div>");
        if (model.Result.Quantiles.Count > 0)
        {
            to.Write("<ul class=\"plain\">");
            foreach (var q in model.Result.Quantiles)
                to.Write(
                    $"<li>P{(q.Level * 100).ToString("0", CultureInfo.InvariantCulture)}: {Shares.Percent(q.Below)} of the days were below it and {Shares.Percent(q.AtMost)} at most it; {(q.Below <= q.Level + 0.03 && q.AtMost >= q.Level - 0.03 ? "that is right" : q.Below > q.Level ? "it is too high" : "it is too low")}.</li>"
                );
            to.Write("</ul>");
        }
        to.Write("</section>\n");
    }

    public static void Features(TextWriter to, ReportModel model, int most)
    {
        if (model.Result.Importance.Count == 0)
            return;
        var top = model.Result.Importance.Take(most).ToList();
        to.Write(
            $"<section id=\"features\"><h2>What it goes by</h2><p>{Text($"Most of all by {string.Join(", then ", top.Take(3).Select(static f => $"{f.Feature} ({Shares.Percent(f.Share)})"))}.")}</p>"
        );
        Open(to, "Share of what the trees gained by looking at it", "Feature", "Share");
        foreach (var f in top)
            to.Write(
                $"<tr><th scope=\"row\" class=\"l\">{Text(f.Feature)}</th><td>{Shares.Percent(f.Share)}{BarChart.Beside(f.Share, top[0].Share)}</td></tr>"
            );
        Close(to);
    }

    public static void Made(TextWriter to, ReportModel model, int most)
    {
        to.Write(
            $"<section id=\"files\"><h2>Files, and how it was made</h2><p><a href=\"forecast.csv\">forecast.csv</a> every item and day · <a href=\"recommendations.csv\">recommendations.csv</a> · <a href=\"metrics.json\">metrics.json</a> · <a href=\"model-card.md\">model-card.md</a> limits, and what it must not be used for</p><p class=\"note\">{Text($"Learnt from {Quantities.Of(model.History.Days, "day")}, {Dates.Day(model.History.First)} to {Dates.Day(model.History.Last)}. Means may be added up over days and items; P10, P50 and P90 may not.")}</p><ul class=\"plain\">"
        );
        foreach (var choice in model.Result.Choices)
            to.Write(
                $"<li><b>{Text(choice.Segment)}</b>: {Text(string.Join(", ", choice.Weights.Select(static w => $"{w.Method} {Shares.Percent(w.Weight)}")))}. {Text(choice.Words)}</li>"
            );
        var remarks = model.Remarks.Concat(model.Result.Remarks).ToList();
        foreach (var remark in remarks.Take(most))
            to.Write($"<li>{Text(remark)}</li>");
        if (remarks.Count > most)
            to.Write($"<li>{Quantities.Of(remarks.Count - most, "more remark")} in metrics.json.</li>");
        to.Write("</ul></section>\n");
    }

    public static void Days(TextWriter to, ReportModel model, int series, int most)
    {
        var f = model.Result.Forecasts[series];
        to.Write("<details><summary>Day by day</summary>");
        Open(to, f.Horizon > most ? $"The first {most} of {Quantities.Of(f.Horizon, "day")}" : "", "Day", "Expected", "P10", "P50", "P90");
        for (var day = 0; day < Math.Min(most, f.Horizon); day++)
            to.Write(
                $"<tr><th scope=\"row\">{Dates.Near(f.First.AddDays(day))}</th><td>{Quantities.Units(f.Mean[day])}</td><td>{Quantities.Units(f.P10[day])}</td><td>{Quantities.Units(f.P50[day])}</td><td>{Quantities.Units(f.P90[day])}</td></tr>"
            );
        to.Write("</tbody></table></div></details>");
    }

    private static void Open(TextWriter to, string caption, params ReadOnlySpan<string> columns)
    {
        to.Write(
            $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Text(caption.Length > 0 ? caption : columns[0])}\"><table>"
        );
        if (caption.Length > 0)
            to.Write($"<caption>{Text(caption)}</caption>");
        to.Write("<thead><tr>");
        foreach (var column in columns)
            to.Write($"<th scope=\"col\"{(column is "Method" or "Item" or "From" or "Why" ? " class=\"l\"" : "")}>{Text(column)}</th>");
        to.Write("</tr></thead><tbody>");
    }

    private static void Close(TextWriter to) => to.Write("</tbody></table></div></section>\n");
}
