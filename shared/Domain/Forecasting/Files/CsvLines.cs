using System.Globalization;

namespace Stockgate.Domain.Forecasting.Files;

/// <summary>
/// Writes comma-separated lines (RFC 4180). For programs: what people open in a spreadsheet goes through <see cref="Shown"/>.
/// </summary>
internal static class CsvLines
{
    /// <summary>A number without digits that say nothing; empty if it is not known.</summary>
    public static string Number(float value) => float.IsNaN(value) ? string.Empty : value.ToString("0.###", CultureInfo.InvariantCulture);

    public static string Number(decimal? value) => value?.ToString("0.############", CultureInfo.InvariantCulture) ?? string.Empty;

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static void Write(TextWriter to, params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
                to.Write(',');
            to.Write(Cell(cells[i]));
        }
        to.Write('\n');
    }

    /// <summary>
    /// A text that spreadsheets do not evaluate: an apostrophe precedes a formula's first character (OWASP, CSV injection).
    /// </summary>
    public static string Shown(string text) =>
        text is [('=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠'), ..] ? "'" + text : text;

    private static string Cell(string text)
    {
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0)
            return text;
        // A row is one line, so line breaks in a field (a pasted title) become spaces.
        return $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";
    }
}
