using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Domain.Forecasting.Runs;
using static Stockgate.Domain.Forecasting.Files.CsvLines;

namespace Stockgate.Pages.Forecasting;

/// <summary>
/// The forecast as a file (RFC 4180, UTF-8): a row for each SKU, location and day with <c>mean</c> (expected units; may be added up),
/// <c>p10</c>, <c>p50</c>, <c>p90</c> (quantiles; may not), the <c>segment</c> of the series and the <c>method</c> that made it.
/// </summary>
public static class ForecastCsv
{
    private static readonly string[] Columns = ["sku", "location", "day", "mean", "p10", "p50", "p90", "segment", "method"];

    /// <param name="to">Where it is written.</param>
    /// <param name="result">The forecast.</param>
    /// <param name="forPeople">True where it may be opened in a spreadsheet: ids that one would take for a formula get an apostrophe
    /// before them. False for <see cref="Read"/>.</param>
    public static void Write(TextWriter to, ForecastResult result, bool forPeople)
    {
        CsvLines.Write(to, Columns);
        var methods = result.Choices.ToDictionary(static c => c.Segment, static c => c.Champion);
        for (var i = 0; i < result.Forecasts.Count; i++)
        {
            var (f, segment) = (result.Forecasts[i], result.Segments[i]);
            var (sku, location) = forPeople
                ? (Shown(f.Key.Sku.Value), Shown(f.Key.Location.Value))
                : (f.Key.Sku.Value, f.Key.Location.Value);
            var method = methods.GetValueOrDefault(segment) ?? methods.GetValueOrDefault("all", string.Empty);
            for (var day = 0; day < f.Horizon; day++)
                CsvLines.Write(
                    to,
                    sku,
                    location,
                    Day(f.First.AddDays(day)),
                    Number(f.Mean[day]),
                    Number(f.P10[day]),
                    Number(f.P50[day]),
                    Number(f.P90[day]),
                    segment,
                    method
                );
        }
    }

    /// <summary>Reads what was written for programs.</summary>
    /// <exception cref="HistoryFileException">The text is no such file.</exception>
    public static IReadOnlyList<SeriesForecast> Read(string file, string text)
    {
        var rows = new CsvRows(file, text, Columns);
        var (all, days, key, first) = (
            new List<SeriesForecast>(),
            new List<(float Mean, float P10, float P50, float P90)>(),
            default(SeriesKey),
            default(DateOnly)
        );
        while (rows.Next())
        {
            if (days.Count == 0 || !rows[0].SequenceEqual(key.Sku.Value) || !rows[1].SequenceEqual(key.Location.Value))
            {
                End();
                (key, first) = (new SeriesKey(rows.Sku(0), new LocationId(rows.Id(1))), rows.Day(2));
            }
            if (rows.Day(2) != first.AddDays(days.Count))
                throw rows.Fault($"{key} goes on with {rows[2]} where {first.AddDays(days.Count):yyyy-MM-dd} was due.");
            days.Add((rows.Amount(3), rows.Amount(4), rows.Amount(5), rows.Amount(6)));
        }
        End();
        return all;

        void End()
        {
            if (days.Count > 0)
                all.Add(
                    new SeriesForecast(
                        key,
                        first,
                        [.. days.Select(static d => d.Mean)],
                        [.. days.Select(static d => d.P10)],
                        [.. days.Select(static d => d.P50)],
                        [.. days.Select(static d => d.P90)]
                    )
                );
            days.Clear();
        }
    }
}
