using System.Globalization;
using Stockgate.Domain.Forecasting.Advice;
using static Stockgate.Domain.Forecasting.Files.CsvLines;

namespace Stockgate.Domain.Forecasting.Files;

/// <summary>Price elasticities as a file: a row for each category, without a SKU, and for each item whose price has moved.</summary>
public static class ElasticityFile
{
    public const string Name = "elasticities.csv";

    private static readonly string[] Columns = ["category", "sku", "elasticity", "low", "high", "points"];

    /// <param name="to">Where it is written.</param>
    /// <param name="responses">Category by category.</param>
    /// <param name="forPeople">Whether it is opened in a spreadsheet: with words, and with no text that it would take for a
    /// formula.</param>
    public static void Write(TextWriter to, IEnumerable<PriceResponse> responses, bool forPeople)
    {
        CsvLines.Write(to, forPeople ? [.. Columns, "words"] : Columns);
        foreach (var r in responses)
        {
            string[] cells =
            [
                r.Category,
                r.Sku?.Value ?? "",
                Text(r.Elasticity.Value),
                Text(r.Elasticity.Low),
                Text(r.Elasticity.High),
                r.Elasticity.Points.ToString(CultureInfo.InvariantCulture),
            ];
            CsvLines.Write(to, forPeople ? [Shown(cells[0]), Shown(cells[1]), .. cells[2..], Shown(r.Elasticity.Words)] : cells);
        }
    }

    /// <exception cref="HistoryFileException">The text is no such file.</exception>
    public static PriceResponses Read(string text)
    {
        var (rows, items, categories) = (
            new CsvRows(Name, text, Columns),
            new Dictionary<Sku, LearnedElasticity>(),
            new Dictionary<string, LearnedElasticity>(StringComparer.Ordinal)
        );
        while (rows.Next())
        {
            var learned = new LearnedElasticity(rows.Number(2), rows.Number(3), rows.Number(4));
            if (!(learned.Low <= learned.Value && learned.Value <= learned.High && learned.High < 0))
                throw rows.Fault("has an elasticity that is not below zero and within its interval.");
            if (rows[1].IsEmpty)
                categories[rows[0].ToString()] = learned;
            else
                items[rows.Sku(1)] = learned;
        }
        return new PriceResponses(items, categories);
    }

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}

/// <summary>An elasticity with the interval of 95 %, all below zero.</summary>
public readonly record struct LearnedElasticity(double Value, double Low, double High);

/// <summary>The price elasticities of a forecast.</summary>
public sealed record PriceResponses(
    IReadOnlyDictionary<Sku, LearnedElasticity> Items,
    IReadOnlyDictionary<string, LearnedElasticity> Categories
)
{
    public static PriceResponses None { get; } = new(new Dictionary<Sku, LearnedElasticity>(), new Dictionary<string, LearnedElasticity>());

    /// <summary>The item's own, else its category's.</summary>
    /// <returns>Null if neither is known.</returns>
    public LearnedElasticity? Of(Sku sku, string category) =>
        Items.TryGetValue(sku, out var own) ? own
        : Categories.TryGetValue(category, out var general) ? general
        : null;
}
