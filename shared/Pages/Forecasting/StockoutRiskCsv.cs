using System.Globalization;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.Replenishment;
using Stockgate.Domain.Forecasting.Reports;
using static Stockgate.Domain.Forecasting.Files.CsvLines;

namespace Stockgate.Pages.Forecasting;

/// <summary>
/// Risks of running out for a spreadsheet, a row each, in their order: <c>at_risk</c> is the first day with a chance of a tenth,
/// <c>likely_out</c> of a half; <c>chance</c> and <c>lost</c> are of the worst day.
/// </summary>
public static class StockoutRiskCsv
{
    public static void Write(TextWriter to, IReadOnlyList<StockoutRisk> risks)
    {
        CsvLines.Write(to, "sku", "location", "at_risk", "likely_out", "cover_days", "chance", "lost", "words");
        foreach (var r in risks)
        {
            var worst = r.Days.MaxBy(static d => d.Chance);
            CsvLines.Write(
                to,
                Shown(r.Key.Sku.Value),
                Shown(r.Key.Location.Value),
                r.AtRisk is { } risk ? Day(risk) : string.Empty,
                r.LikelyOut is { } likely ? Day(likely) : string.Empty,
                r.CoverDays.ToString(CultureInfo.InvariantCulture),
                Number((float)(worst?.Chance ?? 0)),
                Number((float)(worst?.Lost ?? 0)),
                Shown(r.Words)
            );
        }
    }
}
