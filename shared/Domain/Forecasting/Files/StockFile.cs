using Stockgate.Domain.Forecasting.History;
using static Stockgate.Domain.Forecasting.Files.CsvLines;

namespace Stockgate.Domain.Forecasting.Files;

/// <summary>The stock of a SKU at a location when the history was written.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Location">The location.</param>
/// <param name="OnHand">Units on the shelf, reserved ones included.</param>
/// <param name="Available">Units that can still be promised.</param>
/// <param name="Counted">The day of the last count; null if nobody has counted yet, and then the figures are movements alone.</param>
public sealed record StockLine(Sku Sku, LocationId Location, decimal OnHand, decimal Available, DateOnly? Counted);

/// <summary>Stock as a file.</summary>
public static class StockFile
{
    public const string Name = "stock.csv.gz";

    private static readonly string[] Columns = ["sku", "location", "on_hand", "available", "counted"];

    public static void Write(TextWriter to, IEnumerable<StockLine> lines)
    {
        CsvLines.Write(to, Columns);
        foreach (var l in lines)
            CsvLines.Write(
                to,
                l.Sku.Value,
                l.Location.Value,
                Number(l.OnHand),
                Number(l.Available),
                l.Counted is { } day ? Day(day) : string.Empty
            );
    }

    /// <exception cref="HistoryFileException">The text is no such file.</exception>
    public static Dictionary<SeriesKey, StockLine> Read(string text)
    {
        var (rows, stock) = (new CsvRows(Name, text, Columns), new Dictionary<SeriesKey, StockLine>());
        while (rows.Next())
        {
            DateOnly? counted = rows[4].IsEmpty ? null : rows.Day(4);
            var line = new StockLine(rows.Sku(0), new LocationId(rows.Id(1)), rows.Decimal(2) ?? 0, rows.Decimal(3) ?? 0, counted);
            stock[new SeriesKey(line.Sku, line.Location)] = line;
        }
        return stock;
    }
}
