using System.Globalization;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Pricing;
using static Stockgate.Pages.Pricing.PriceRunRows;

namespace Stockgate.Pages.Pricing;

/// <summary>A row for each price of a run, for a spreadsheet: codes stay codes there.</summary>
internal static class PriceRunCsv
{
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

    public static void Write(TextWriter to, PriceRunReport report)
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

    private static string Shown(string? text) => CsvLines.Shown(text ?? string.Empty);
}
