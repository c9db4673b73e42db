using System.Globalization;
using System.Text;

namespace Stockgate.Domain.Inventory;

/// <summary>Where a page stands: a SKU, a location, a calendar month, and its number where the month needs several.</summary>
public readonly record struct LedgerPageKey(Sku Sku, LocationId Location, int Month, int Part)
{
    /// <summary>No month has a part of a higher number: two million entries of one SKU at one place.</summary>
    public const int LastPart = 9_999;
}

/// <summary>
/// The stock ledger of one SKU at one location in one month: the entries by their ids. The page is its own memory of what was applied: an
/// entry that stands on it is not posted again, however late it is delivered again.
/// </summary>
public sealed class LedgerPage(LedgerPageKey key)
{
    /// <summary>Entries of a page. A month that has more goes on the next page, so that one row stays small.</summary>
    public const int Capacity = 200;

    private const char Separator = '|';

    // One of the two is there: entries while they are looked at, the text, which is a third of their size, while the page is only kept.
    private Dictionary<string, StockEntry>? entries = new(StringComparer.Ordinal);
    private string? text;

    public LedgerPageKey Key => key;

    public IReadOnlyCollection<StockEntry> Entries => Open().Values;

    public bool IsFull => Open().Count >= Capacity;

    public StockEntry? Find(string id) => Open().GetValueOrDefault(id);

    /// <summary>Puts the entry on the page, in place of the one of its id.</summary>
    public void Put(StockEntry entry)
    {
        Open()[entry.Id] = entry;
        text = null;
    }

    /// <summary>
    /// The page as lines: id, version, time (ticks, UTC: cut to less, it could fall on the other side of a count), kind, stock, units,
    /// net, currency, reserved.
    /// </summary>
    public string ToText()
    {
        if (text is not null)
            return text;
        var lines = new StringBuilder(Open().Count * 64);
        // In the order of the ids: the same entries are the same text, in whatever order they came.
        foreach (var entry in Open().Values.OrderBy(static e => e.Id, StringComparer.Ordinal))
            Write(lines, entry);
        (text, entries) = (lines.ToString(), null);
        return text;
    }

    /// <exception cref="FormatException">The text is not a page's.</exception>
    public static LedgerPage Parse(LedgerPageKey key, string text)
    {
        var page = new LedgerPage(key) { text = text, entries = null };
        page.Open();
        return page;
    }

    private Dictionary<string, StockEntry> Open()
    {
        if (entries is not null)
            return entries;
        entries = new(StringComparer.Ordinal);
        foreach (var line in text.AsSpan().EnumerateLines())
            if (!line.IsEmpty && Read(key, line) is var entry)
                entries.Add(entry.Id, entry);
        return entries;
    }

    private static void Write(StringBuilder text, StockEntry e) =>
        text.Append(Uri.EscapeDataString(e.Id))
            .Append(Separator)
            .Append(e.Version)
            .Append(Separator)
            .Append(e.At.UtcTicks)
            .Append(Separator)
            .Append((int)e.Kind)
            .Append(Separator)
            .Append(CultureInfo.InvariantCulture, $"{e.Stock.Value}|{e.Units.Value}|{e.Net}|{e.Currency?.Code}|{e.Reserved.Value}\n");

    private static StockEntry Read(LedgerPageKey key, ReadOnlySpan<char> line)
    {
        Span<Range> fields = stackalloc Range[10];
        if (line.Split(fields, Separator) != 9)
            throw new FormatException($"Ledger page {key}: '{line}' has not nine fields.");
        return new StockEntry
        {
            Sku = key.Sku,
            Location = key.Location,
            Id = Uri.UnescapeDataString(line[fields[0]]),
            Version = int.Parse(line[fields[1]], CultureInfo.InvariantCulture),
            At = new DateTimeOffset(long.Parse(line[fields[2]], CultureInfo.InvariantCulture), TimeSpan.Zero),
            Kind = (EntryKind)int.Parse(line[fields[3]], CultureInfo.InvariantCulture),
            Stock = Number(line[fields[4]]),
            Units = Number(line[fields[5]]),
            Net = Number(line[fields[6]]).Value,
            Currency = line[fields[7]].IsEmpty ? null : Currency.Parse(line[fields[7]].ToString()),
            Reserved = Number(line[fields[8]]),
        };
    }

    private static Quantity Number(ReadOnlySpan<char> text) => new(decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture));
}
