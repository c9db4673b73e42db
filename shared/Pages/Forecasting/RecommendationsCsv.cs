using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.Reports;
using static Stockgate.Domain.Forecasting.Files.CsvLines;

namespace Stockgate.Pages.Forecasting;

/// <summary>Recommendations for a spreadsheet: a row each, those with the earliest day first; what one does not have is empty.</summary>
public static class RecommendationsCsv
{
    public static void Write(TextWriter to, IReadOnlyList<Recommendation> recommendations)
    {
        CsvLines.Write(to, "kind", "sku", "location", "quantity", "from", "by", "words", "money", "currency");
        foreach (var r in Sorted(recommendations))
            CsvLines.Write(
                to,
                Shown(r.Kind),
                Shown(r.Sku.Value),
                Shown(r.Location.Value),
                Number(r.Quantity?.Value),
                Shown(r.From ?? string.Empty),
                r.By is { } by ? Day(by) : string.Empty,
                Shown(r.Words),
                Number(r.Money?.Amount),
                r.Money?.Currency.Code ?? string.Empty
            );
    }

    internal static IEnumerable<Recommendation> Sorted(IReadOnlyList<Recommendation> recommendations) =>
        recommendations
            .OrderBy(static r => r.By ?? DateOnly.MaxValue)
            .ThenByDescending(static r => r.Money?.Amount ?? 0)
            .ThenBy(static r => r.Sku.Value, StringComparer.Ordinal)
            .ThenBy(static r => r.Location.Value, StringComparer.Ordinal);
}
