using System.Globalization;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Pricing;
using Stockgate.Pages.Charts;
using Stockgate.Pages.Formats;
using static Stockgate.Pages.Pricing.PricingPageParts;

namespace Stockgate.Pages.Pricing;

/// <summary>A run over prices: what would change and why, what is held and by which guardrail.</summary>
internal static class PriceRunPage
{
    private const int MostCategories = 60,
        Examples = 5;

    private static readonly string[] Heads =
    [
        "sku",
        "channel",
        "region",
        "title",
        "category",
        "outcome",
        "mode",
        "currency",
        "from",
        "to",
        "change",
        "compare_at",
        "expected_gain",
        "days",
        "guardrail",
        "reason",
    ];

    public static void Csv(TextWriter to, PriceRunReport report)
    {
        CsvLines.Write(to, Heads);
        foreach (var (d, category, title) in report.Items)
            CsvLines.Write(
                to,
                Shown(d.Key.Sku.Value),
                Shown(d.Key.Channel.Value),
                Shown(d.Key.Region.Value),
                Shown(title),
                Shown(category),
                d.Outcome.ToString(),
                d.Mode.ToString(),
                d.From.Currency.Code ?? "",
                CsvLines.Number(d.From.Amount),
                CsvLines.Number(d.To.Amount),
                Step(d).ToString("0.####", CultureInfo.InvariantCulture),
                CsvLines.Number(d.CompareAt?.Amount),
                Gain(d) is { } gain ? gain.ToString("0.##", CultureInfo.InvariantCulture) : "",
                d.Days.ToString(CultureInfo.InvariantCulture),
                d.Moves ? "" : HeldBy(d).ToString(),
                Shown(d.Reason)
            );
    }

    public static void Html(TextWriter to, PriceRunReport report)
    {
        var moves = report.Items.Where(static i => i.Decision.Moves).OrderByDescending(static i => Gain(i.Decision) ?? 0).ToList();
        var held = report.Items.Where(static i => !i.Decision.Moves).ToList();
        Begin(
            to,
            report.DryRun ? "Prices: a dry run" : "Prices: a run",
            $"{Dates.Moment(report.At)} · policy version {report.PolicyVersion}, {Codes.Of(report.Leash)} · {report.Run}{(report.DryRun ? " · nothing went out" : "")}",
            ("moves", "What changes"),
            ("sums", "By category"),
            ("held", "What is held")
        );
        foreach (var stop in report.Stops)
            to.Write($"<section class=\"notice\" role=\"status\"><p>{Text(stop)}</p></section>\n");
        Lead(to, report, moves);
        Moves(to, moves);
        Sums(to, report);
        Held(to, held);
        End(to);
    }

    private static void Lead(TextWriter to, PriceRunReport report, List<PricedItem> moves)
    {
        int Count(PriceOutcome outcome) => report.Items.Count(i => i.Decision.Outcome == outcome);
        to.Write("<section class=\"kpis\" aria-label=\"Figures\">");
        Kpi(
            to,
            Figures.Number(Count(PriceOutcome.Publish)),
            report.DryRun ? "would go out"
                : Count(PriceOutcome.Publish) == 1 ? "goes out"
                : "go out"
        );
        Kpi(
            to,
            Figures.Number(Count(PriceOutcome.Ask)),
            report.DryRun ? "would be asked"
                : Count(PriceOutcome.Ask) == 1 ? "is asked"
                : "are asked"
        );
        Kpi(
            to,
            Figures.Number(Count(PriceOutcome.Keep)),
            Count(PriceOutcome.Keep) == 1 ? "stays: nothing is better by enough" : "stay: nothing is better by enough"
        );
        Kpi(to, Figures.Number(Count(PriceOutcome.Hold)), "held by a guardrail");
        Kpi(to, Figures.Number(Count(PriceOutcome.Stop)), "stopped: a person has to look", Count(PriceOutcome.Stop) > 0 ? "warn" : "");
        foreach (var currency in moves.GroupBy(static m => m.Decision.From.Currency))
            Kpi(
                to,
                $"{Figures.Change(currency.Sum(static m => Gain(m.Decision) ?? 0))} {currency.Key.Code}",
                "expected margin against keeping all prices"
            );
        to.Write("</section>\n");
    }

    private static void Moves(TextWriter to, List<PricedItem> moves)
    {
        to.Write("<section id=\"moves\"><h2>What changes</h2>");
        if (moves.Count == 0)
            to.Write("<p class=\"note\">No price changes.</p>");
        else
        {
            var steps = moves
                .GroupBy(static m => (int)Math.Clamp(Math.Floor(Step(m.Decision) * 50), -15, 14))
                .ToDictionary(static g => g.Key, static g => g.Count());
            var columns = Enumerable
                .Range(steps.Keys.Min(), steps.Keys.Max() - steps.Keys.Min() + 1)
                .Select(b => ($"{b * 2} to {b * 2 + 2} %", (double)steps.GetValueOrDefault(b)))
                .ToList();
            var lowered = moves.Count(static m => m.Decision.To.Amount < m.Decision.From.Amount);
            to.Write(
                ColumnChart.Of(
                    "steps",
                    "Prices by the size of their step",
                    $"{Quantities.Of(lowered, "price is", "prices are")} lowered, {moves.Count - lowered} raised.",
                    columns,
                    Figures.About
                )
            );
            Table(
                to,
                "Most expected gain first",
                ["Item", "From", "To", "Change", "Expected gain", "What", "Why"],
                moves
                    .Take(PricingPages.MostRows)
                    .Select(static m =>
                        new[]
                        {
                            Name(m),
                            Amounts.Of(m.Decision.From),
                            Amounts.Of(m.Decision.To)
                                + (m.Decision.CompareAt is { } prior ? $" (lowest of 30 days {Amounts.Of(prior)})" : ""),
                            Shares.Change(Step(m.Decision)),
                            Gain(m.Decision) is { } gain ? Figures.Change(gain) : "–",
                            $"{Codes.Of(m.Decision.Outcome)}, {Codes.Of(m.Decision.Mode)}",
                            m.Decision.Reason,
                        }
                    ),
                0,
                6
            );
            if (moves.Count > PricingPages.MostRows)
                to.Write($"<p class=\"note\">and {moves.Count - PricingPages.MostRows} more; the CSV file has all.</p>");
        }
        to.Write("</section>\n");
    }

    private static void Sums(TextWriter to, PriceRunReport report)
    {
        var groups = report
            .Items.GroupBy(static i => (i.Category, i.Decision.From.Currency))
            .Select(static g =>
                (
                    Name: $"{(g.Key.Category.Length > 0 ? g.Key.Category : "(none)")}, {g.Key.Currency.Code}",
                    Items: g.ToList(),
                    Gain: g.Where(static i => i.Decision.Moves).Sum(static i => Gain(i.Decision) ?? 0)
                )
            )
            .OrderByDescending(static g => g.Gain)
            .ThenBy(static g => g.Name, StringComparer.Ordinal)
            .ToList();
        to.Write("<section id=\"sums\"><h2>By category</h2>");
        if (groups.Count == 0)
            to.Write("<p class=\"note\">There are no prices.</p>");
        else
        {
            to.Write(
                ColumnChart.Of(
                    "gains",
                    "Expected gain by category",
                    string.Join("; ", groups.Take(6).Select(static g => $"{g.Name}: {Figures.Change(g.Gain)}")),
                    [.. groups.Take(12).Select(static g => (g.Name, g.Gain))],
                    Figures.About
                )
            );
            Table(
                to,
                "Expected gain over the outlook's days, against keeping prices",
                ["Category", "Prices", "Raised", "Lowered", "Asked", "Held", "Expected gain"],
                groups
                    .Take(MostCategories)
                    .Select(static g =>
                        new[]
                        {
                            g.Name,
                            Figures.Number(g.Items.Count),
                            Figures.Number(g.Items.Count(static i => i.Decision.To.Amount > i.Decision.From.Amount)),
                            Figures.Number(g.Items.Count(static i => i.Decision.To.Amount < i.Decision.From.Amount)),
                            Figures.Number(g.Items.Count(static i => i.Decision.Outcome == PriceOutcome.Ask)),
                            Figures.Number(g.Items.Count(static i => i.Decision.Outcome is PriceOutcome.Hold or PriceOutcome.Stop)),
                            Figures.Change(g.Gain),
                        }
                    ),
                0
            );
            if (groups.Count > MostCategories)
                to.Write($"<p class=\"note\">and {groups.Count - MostCategories} more.</p>");
        }
        to.Write("</section>\n");
    }

    private static void Held(TextWriter to, List<PricedItem> held)
    {
        to.Write("<section id=\"held\"><h2>What is held</h2>");
        if (held.Count == 0)
            to.Write("<p class=\"note\">Nothing is.</p>");
        foreach (var group in held.GroupBy(static h => HeldBy(h.Decision)).OrderBy(static g => g.Key))
        {
            to.Write(
                $"<details{(group.Key == PriceRule.Hysteresis ? "" : " open")}><summary>{Text($"{Codes.Of(group.Key)}: {Figures.Number(group.Count())}")}</summary><ul class=\"plain\">"
            );
            foreach (var item in group.Take(Examples))
                to.Write($"<li><b>{Text(Name(item))}</b>: {Text(item.Decision.Reason)}</li>");
            if (group.Count() > Examples)
                to.Write($"<li>and {group.Count() - Examples} more</li>");
            to.Write("</ul></details>");
        }
        to.Write("</section>\n");
    }

    private static PriceRule HeldBy(PriceDecision d) => d.Verdicts.FirstOrDefault(static v => !v.Passed)?.Rule ?? PriceRule.Hysteresis;

    private static double Step(PriceDecision d) =>
        d.From.Amount == d.To.Amount || d.From.Amount == 0 ? 0 : (double)d.To.Amount / (double)d.From.Amount - 1;

    private static double? Gain(PriceDecision d) => d is { Kept: { } kept, Moved: { } moved } ? moved.Margin - kept.Margin : null;

    private static string Name(PricedItem i) => i.Title.Length > 0 ? $"{i.Title} ({i.Decision.Key})" : i.Decision.Key.ToString();

    private static string Shown(string? text) => CsvLines.Shown(text ?? string.Empty);
}
