using System.Globalization;
using System.Net;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Reports;

namespace Stockgate.Pages.Forecasting;

/// <summary>
/// What the models are, what they were made of and how far they may be trusted (after Mitchell et al., Model Cards for Model Reporting,
/// 2019), as Markdown.
/// </summary>
public static class ModelCard
{
    public static void Write(TextWriter to, ReportModel model)
    {
        var (history, result) = (model.History, model.Result);
        to.WriteLine($"# Demand forecast of {Day(model.Day)}");
        to.WriteLine();
        to.WriteLine(
            $"Run `{Text(model.Run)}`, made {model.MadeAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC."
        );
        Head(to, "Data");
        to.WriteLine(
            $"- {history.Series.Count} series (a SKU at a location each), {Day(history.First)} to {Day(history.Last)}: {history.Days} days; {history.Horizon} days forecast."
        );
        to.WriteLine($"- Fingerprint of the history: `{Text(result.Fingerprint)}`. Equal fingerprints mean equal histories.");
        to.WriteLine(
            $"- {Share(history, DayMarks.Stockout)} of the known days had a stockout, so their sales are below demand. {Share(history, DayMarks.Promotion)} had a promotion."
        );
        foreach (var remark in model.Remarks.Concat(result.Remarks))
            to.WriteLine($"- {Text(remark)}");
        Head(to, "Methods");
        foreach (var choice in result.Choices)
            to.WriteLine(
                $"- **{Text(choice.Segment)}** ({result.Segments.Count(s => s == choice.Segment)} series): {string.Join(", ", choice.Weights.Select(static w => $"{Text(w.Method)} {Percent(w.Weight)}"))}. {Text(choice.Words)}"
            );
        Head(to, "Backtest");
        to.WriteLine(
            "The last days of the history, forecast without using them. WRMSSE: revenue-weighted error; 1 equals the error of repeating yesterday's figure. WAPE: absolute errors over units. Bias: above 0 is an over-forecast."
        );
        to.WriteLine();
        Table(
            to,
            ["Segment", "Method", "Series", "WRMSSE", "WAPE", "Bias"],
            result.Backtest.Select(static s =>
                new[]
                {
                    s.Segment,
                    s.Method,
                    s.Series.ToString(CultureInfo.InvariantCulture),
                    Number(s.Wrmsse),
                    Percent(s.Wape),
                    Percent(s.Bias),
                }
            )
        );
        Head(to, "Calibration of the quantiles");
        to.WriteLine(
            "For counts, a quantile is calibrated if its level lies between the share of days below it and the share of days at or below it."
        );
        to.WriteLine();
        Table(
            to,
            ["Level", "Below", "At most", "Pinball loss"],
            result.Quantiles.Select(static q => new[] { Percent(q.Level), Percent(q.Below), Percent(q.AtMost), Number(q.Pinball) })
        );
        if (result.Importance.Count > 0)
        {
            Head(to, "Features of the trees");
            Table(to, ["Feature", "Share of the gain"], result.Importance.Select(static f => new[] { f.Feature, Percent(f.Share) }));
        }
        Head(to, "Limits");
        to.WriteLine(
            """
            - Sales are known, demand is not: on days without stock it is inferred, and where nobody counts stock such days are not even known.
            - What never happened in the history (a new competitor, a pandemic, a price never asked before) is not in the forecast.
            - Means may be added up over days and items. Quantiles may not: the 90th percentile of a week is less than seven 90th percentiles.
            - New items stand on what similar items did; their bands are wide for a reason.
            """.ReplaceLineEndings("\n")
        );
        Head(to, "Limits of use");
        to.WriteLine(
            """
            - judging people: stores sell what they are given, at the prices they are given;
            - anything about individual customers: no customer's data is in it;
            - orders that can't be taken back, without a person who has looked at the band and not at the mean alone;
            - days after the last one that is forecast.
            """.ReplaceLineEndings("\n")
        );
        if (result.Steps.Count > 0)
            to.WriteLine($"Time taken: {string.Join(", ", result.Steps.Select(static s => $"{Text(s.Step)} {Number(s.Seconds)} s"))}.");
    }

    private static void Head(TextWriter to, string title) => to.Write($"\n## {title}\n\n");

    private static void Table(TextWriter to, string[] columns, IEnumerable<string[]> rows)
    {
        to.WriteLine($"| {string.Join(" | ", columns)} |");
        to.WriteLine($"|{string.Concat(columns.Select(static _ => "---|"))}");
        foreach (var row in rows)
            to.WriteLine($"| {string.Join(" | ", row.Select(Text))} |");
    }

    private static string Share(SalesHistory history, DayMarks mark)
    {
        var (known, marked) = (0L, 0L);
        foreach (var s in history.Series)
            for (var day = 0; day < history.Days; day++)
                if (!float.IsNaN(s.Units[day]))
                    (known, marked) = (known + 1, marked + ((s.Marks[day] & mark) != 0 ? 1 : 0));
        return Percent(known == 0 ? 0 : (double)marked / known);
    }

    // Names come from outside: they must not become Markdown or HTML.
    private static string Text(string text) =>
        WebUtility
            .HtmlEncode(text)
            .Replace("|", "&#124;", StringComparison.Ordinal)
            .Replace("`", "&#96;", StringComparison.Ordinal)
            .Replace("[", "&#91;", StringComparison.Ordinal)
            .ReplaceLineEndings(" ");

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("0.###", CultureInfo.InvariantCulture) : "–";

    private static string Percent(double value) =>
        double.IsFinite(value) ? (value * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %" : "–";

    private static string Day(DateOnly day) => CsvLines.Day(day);
}
