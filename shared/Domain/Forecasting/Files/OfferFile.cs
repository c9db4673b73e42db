using static Stockgate.Domain.Forecasting.Files.CsvLines;

namespace Stockgate.Domain.Forecasting.Files;

/// <summary>A past, current or planned promotion of a SKU at a location.</summary>
/// <param name="Promotion">Whose offer it is.</param>
/// <param name="Sku">The SKU.</param>
/// <param name="Location">The location.</param>
/// <param name="First">The first day, UTC.</param>
/// <param name="Last">The last day, UTC.</param>
/// <param name="Price">What a customer who uses the offer fully pays for a unit; null if not known.</param>
/// <param name="Planned">Not live yet.</param>
public sealed record OfferLine(
    PromotionId Promotion,
    Sku Sku,
    LocationId Location,
    DateOnly First,
    DateOnly Last,
    decimal? Price,
    bool Planned
);

/// <summary>Promotions as a file.</summary>
public static class OfferFile
{
    public const string Name = "promotions.csv.gz";

    private static readonly string[] Columns = ["promotion", "sku", "location", "first", "last", "price", "planned"];

    public static void Write(TextWriter to, IEnumerable<OfferLine> offers)
    {
        CsvLines.Write(to, Columns);
        foreach (var o in offers)
            CsvLines.Write(
                to,
                o.Promotion.Value,
                o.Sku.Value,
                o.Location.Value,
                Day(o.First),
                Day(o.Last),
                Number(o.Price),
                o.Planned ? "1" : "0"
            );
    }

    /// <exception cref="HistoryFileException">The text is no such file.</exception>
    public static List<OfferLine> Read(string text)
    {
        var (rows, offers) = (new CsvRows(Name, text, Columns), new List<OfferLine>());
        while (rows.Next())
            offers.Add(
                new OfferLine(
                    new PromotionId(rows.Id(0)),
                    rows.Sku(1),
                    new LocationId(rows.Id(2)),
                    rows.Day(3),
                    rows.Day(4),
                    rows.Decimal(5),
                    rows.Flag(6)
                )
            );
        return offers;
    }
}
