using CsvHelper;

namespace Stockgate.Domain.Ingest.Files;

/// <summary>Splits a row of a CSV into its values.</summary>
internal static class CsvRow
{
    /// <exception cref="FormatException">It is not one row.</exception>
    public static IReadOnlyList<string> Read(string row, char separator)
    {
        var isOpen = false;
        var options = new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            SkipEmptyLines = false,
            // A quote inside a value without quotes stands for itself: 5" pipe.
            OnMalformedRecord = broken => isOpen |= broken.Reason == CsvMalformedReason.UnterminatedQuote,
        };
        using var csv = CsvReader.FromText(row, options);
        if (!csv.Read())
            return [];
        var values = new string[csv.FieldCount];
        for (var i = 0; i < values.Length; i++)
            values[i] = csv.GetString(i);
        return isOpen || csv.Read() ? throw new FormatException("has a quote that is not closed, or text behind a closing one") : values;
    }
}
