using System.Globalization;

namespace Stockgate.Domain.Forecasting.Files;

/// <summary>
/// The rows of a comma-separated text (RFC 4180, one row a line) by the names of their columns, in any column order; unknown columns are
/// skipped. Reads fields in place, because a year of sales has too many fields to allocate strings.
/// </summary>
internal sealed class CsvRows
{
    private const int MostColumns = 64;

    private readonly string file,
        text;
    private readonly int[] wanted;
    private readonly string[] names;
    private readonly (int Start, int Length)[] fields = new (int, int)[MostColumns];
    private int position,
        line,
        width;

    /// <exception cref="HistoryFileException">A column is missing.</exception>
    public CsvRows(string file, string text, params string[] columns)
    {
        (this.file, this.text, names) = (file, text, columns);
        if (text.StartsWith('\uFEFF'))
            position = 1;
        if (!Split())
            throw new HistoryFileException(file, 1, $"is empty; the first line must name the columns {string.Join(", ", columns)}.");
        var there = new string[width];
        for (var i = 0; i < width; i++)
            there[i] = Raw(i).ToString().Trim();
        wanted = [.. columns.Select(column => Array.FindIndex(there, name => name.Equals(column, StringComparison.OrdinalIgnoreCase)))];
        var missing = columns.Where((_, i) => wanted[i] < 0).ToList();
        if (missing.Count > 0)
            throw Fault(
                $"lacks {(missing.Count == 1 ? "the column" : "the columns")} {string.Join(", ", missing)}; it has {string.Join(", ", there.Select(Short))}."
            );
        Width = width;
    }

    private int Width { get; }

    public bool Next()
    {
        do
        {
            if (!Split())
                return false;
        }
        // The line break at the end of the last row is no row.
        while (width == 1 && fields[0].Length == 0);
        return width == Width ? true : throw Fault($"has {width} fields where the first line has {Width}.");
    }

    /// <summary>A field by its place among the columns that were requested.</summary>
    public ReadOnlySpan<char> this[int column] => Raw(wanted[column]);

    public HistoryFileException Fault(string words) => new(file, line, words);

    public DateOnly Day(int column) =>
        DateOnly.TryParseExact(this[column], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Unfit(column, "a day such as 2026-11-20");

    /// <summary>A finite number of 0 or more; NaN where it is written so or left empty.</summary>
    public float Amount(int column)
    {
        var number = Number(column);
        return number < 0 ? throw Unfit(column, "a number of 0 or more; cancelled units have their own column") : number;
    }

    /// <summary>A finite number; NaN where it is written so or left empty.</summary>
    public float Number(int column)
    {
        var field = this[column];
        if (field.IsEmpty || field.Equals("NaN", StringComparison.OrdinalIgnoreCase))
            return float.NaN;
        return float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number)
            ? number
            : throw Unfit(column, "a number with a point, such as 12.5");
    }

    public decimal? Decimal(int column) =>
        this[column].IsEmpty ? null
        : decimal.TryParse(
            this[column],
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
        : throw Unfit(column, "a number with a point, such as 12.5");

    public bool Flag(int column) => this[column] is "1" || (this[column] is "0" or "" ? false : throw Unfit(column, "0 or 1"));

    /// <exception cref="HistoryFileException">It is not an id.</exception>
    public string Id(int column)
    {
        var id = this[column].ToString();
        return Identifier.Mistake(id) is { } mistake ? throw Fault($"{names[column]} {mistake}.") : id;
    }

    /// <exception cref="HistoryFileException">It is not a SKU.</exception>
    public Sku Sku(int column) =>
        Domain.Sku.Mistake(this[column].ToString(), out var sku) is { } mistake ? throw Fault($"{names[column]} {mistake}.") : sku;

    private HistoryFileException Unfit(int column, string expected) =>
        Fault($"{names[column]} is '{Short(this[column].ToString())}'; it must be {expected}.");

    private static string Short(string text) => text.Length > 40 ? text[..39] + "…" : text;

    private ReadOnlySpan<char> Raw(int index)
    {
        var field = text.AsSpan(fields[index].Start, fields[index].Length);
        // Rare: only ids and titles with a comma or a quote in them.
        return field is ['"', .. var inner, '"']
            ? inner.Contains('"')
                ? inner.ToString().Replace("\"\"", "\"", StringComparison.Ordinal)
                : inner
            : field;
    }

    private bool Split()
    {
        if (position >= text.Length)
            return false;
        line++;
        width = 0;
        for (var start = position; ; position++)
        {
            if (position < text.Length && text[position] == '"' && position == start)
            {
                position = ClosingQuote(position);
                continue;
            }
            if (position < text.Length && text[position] is not (',' or '\n'))
                continue;
            var length = position - start;
            if (position >= text.Length || text[position] == '\n')
            {
                if (length > 0 && text[position - 1] == '\r')
                    length--;
                Add(start, length);
                position++;
                return true;
            }
            Add(start, length);
            start = position + 1;
        }
    }

    // A doubled quote is a quote in the field.
    private int ClosingQuote(int open)
    {
        for (var i = open + 1; i < text.Length && text[i] != '\n'; i++)
            if (text[i] == '"' && (i + 1 == text.Length || text[i + 1] != '"'))
                return i;
            else if (text[i] == '"')
                i++;
        throw Fault("has a quote that is not closed.");
    }

    private void Add(int start, int length)
    {
        if (width == MostColumns)
            throw Fault($"has more than {MostColumns} fields.");
        fields[width++] = (start, length);
    }
}
