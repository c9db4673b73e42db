using System.Globalization;
using CsvHelper;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions.Settlement;

namespace Stockgate.Pages.Settlement;

/// <summary>
/// A settlement for spreadsheets (RFC 4180): one row per item, region and agreement, and one for the whole; what a row does not have is
/// empty.
/// </summary>
public static class SettlementCsv
{
    private static readonly string[] Columns =
    [
        "Kind",
        "Id",
        "Title",
        "Currency",
        "Units",
        "Returned",
        "Baseline",
        "Planned",
        "Uplift",
        "AtRegular",
        "Discount",
        "Revenue",
        "Uncosted",
        "Cost",
        "Funding",
        "Margin",
        "Supplier",
        "Accrued",
        "Claimed",
        "Recovered",
        "Open",
    ];

    public static string Of(SettlementReport report)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, CsvWriterOptions.Default, leaveOpen: true))
        {
            Row(csv, Columns);
            Row(csv, Figures("whole", report.Promotion.Value, report.Name, report.Currency, report.Whole));
            foreach (var region in report.Regions)
                Row(csv, Figures("region", region.Region.Value, null, report.Currency, region.Figures));
            foreach (var item in report.Items)
                Row(csv, Figures("item", item.Sku.Value, item.Title, report.Currency, item.Figures));
            foreach (var f in report.Funding)
                Row(
                    csv,
                    [
                        "agreement",
                        Safe(f.Reference),
                        "",
                        report.Currency.Code,
                        Number(f.Units.Value),
                        .. Enumerable.Repeat("", 11),
                        Safe(f.Supplier.Value),
                        Number(f.Accrued.Amount),
                        Number(f.Claimed.Amount),
                        Number(f.Recovered.Amount),
                        Number(f.Open.Amount),
                    ]
                );
        }
        return text.ToString();
    }

    /// <summary>
    /// A text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it (OWASP, CSV injection).
    /// </summary>
    // Done here and not by the library's option, which does not know the full-width forms that spreadsheets take for the same signs.
    internal static string Safe(string? text) =>
        text is { Length: > 0 } && (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠')
            ? "'" + text
            : text ?? "";

    private static string[] Figures(string kind, string id, string? title, Currency currency, SettledFigures f) =>
        [
            kind,
            Safe(id),
            Safe(title),
            currency.Code,
            Number(f.Units.Value),
            Number(f.Returned.Value),
            Number(f.Baseline.Value),
            Number(f.Planned.Value),
            f.Uplift is { } uplift ? Number(decimal.Round(uplift, 4)) : "",
            Number(f.AtRegular.Amount),
            Number(f.Discount.Amount),
            Number(f.Revenue.Amount),
            Number(f.Uncosted.Amount),
            Number(f.Cost.Amount),
            Number(f.Funding.Amount),
            Number(f.Margin.Amount),
            "",
            "",
            "",
            "",
            "",
        ];

    private static void Row(CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (var cell in cells)
            csv.WriteField(cell);
        csv.EndRecord();
    }

    private static string Number(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}
