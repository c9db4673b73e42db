using static Stockgate.Domain.Forecasting.Files.CsvLines;

namespace Stockgate.Domain.Forecasting.Files;

/// <summary>The catalog data of a SKU that a forecast needs.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Title">Empty if the catalog has none.</param>
/// <param name="Category">Empty if the catalog has none.</param>
/// <param name="Currency">Of every amount here; null if no money is known.</param>
/// <param name="Price">The price in force for every channel and region.</param>
public sealed record ProductLine(Sku Sku, string Title, string Category, Currency? Currency, decimal? Price);

/// <summary>Products as a file.</summary>
public static class ProductFile
{
    public const string Name = "products.csv.gz";

    private static readonly string[] Columns = ["sku", "title", "category", "currency", "price"];

    public static void Write(TextWriter to, IEnumerable<ProductLine> products)
    {
        CsvLines.Write(to, Columns);
        foreach (var product in products)
            CsvLines.Write(
                to,
                product.Sku.Value,
                product.Title,
                product.Category,
                product.Currency?.Code ?? string.Empty,
                Number(product.Price)
            );
    }

    /// <exception cref="HistoryFileException">The text is no such file.</exception>
    public static Dictionary<Sku, ProductLine> Read(string text)
    {
        var (rows, products) = (new CsvRows(Name, text, Columns), new Dictionary<Sku, ProductLine>());
        while (rows.Next())
        {
            var sku = rows.Sku(0);
            Currency? currency =
                rows[3].IsEmpty ? null
                : Currency.TryParse(rows[3].ToString(), out var known) ? known
                : throw rows.Fault($"currency '{rows[3]}' is not known.");
            products[sku] = new ProductLine(sku, rows[1].ToString(), rows[2].ToString(), currency, rows.Decimal(4));
        }
        return products;
    }
}
