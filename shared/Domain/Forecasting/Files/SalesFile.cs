using static Stockgate.Domain.Forecasting.Files.CsvLines;

namespace Stockgate.Domain.Forecasting.Files;

/// <summary>Sales of a SKU at a location on one UTC day: a row of a month's file.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Sku">The SKU.</param>
/// <param name="Location">The location.</param>
/// <param name="Sold">Units, 0 or more; null if not known.</param>
/// <param name="Cancelled">Units cancelled on this day, whenever they were ordered; 0 or more.</param>
/// <param name="Returned">Units that came back on this day, whenever they were sold; 0 or more.</param>
/// <param name="Net">
/// Money of what was sold less what was cancelled, in <paramref name="Currency"/>; a day in several currencies has that of the one in which
/// most was sold.
/// </param>
/// <param name="Currency">Of every amount here; null if no money is known.</param>
/// <param name="Price">Mean price of a unit that was sold; null if none was.</param>
/// <param name="Stockout">There was nothing left for at least a part of the day.</param>
public readonly record struct SalesRow(
    DateOnly Day,
    Sku Sku,
    LocationId Location,
    decimal? Sold,
    decimal Cancelled,
    decimal Returned,
    decimal Net,
    Currency? Currency,
    decimal? Price,
    bool Stockout
);

/// <summary>The sales of one month as a file, read by training instead of the tables.</summary>
public static class SalesFile
{
    internal static readonly string[] Columns =
    [
        "day",
        "sku",
        "location",
        "sold",
        "cancelled",
        "returned",
        "net",
        "currency",
        "price",
        "stockout",
    ];

    /// <summary><c>sales/2026-11.csv.gz</c></summary>
    /// <param name="month">As 202611.</param>
    public static string NameOf(int month) => $"sales/{month / 100:0000}-{month % 100:00}.csv.gz";

    public static void Write(TextWriter to, IEnumerable<SalesRow> rows)
    {
        CsvLines.Write(to, Columns);
        foreach (var row in rows)
            CsvLines.Write(
                to,
                Day(row.Day),
                row.Sku.Value,
                row.Location.Value,
                Number(row.Sold),
                Number(row.Cancelled),
                Number(row.Returned),
                Number(row.Net),
                row.Currency?.Code ?? string.Empty,
                Number(row.Price),
                row.Stockout ? "1" : "0"
            );
    }
}
