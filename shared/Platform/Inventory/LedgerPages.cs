using Stockgate.Domain.Inventory;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Inventory;

/// <summary>The ledger pages of one bucket: found for an entry, and read by month or by range.</summary>
internal sealed class LedgerPages(BucketRows rows)
{
    // The month from which on a position's pages were all read in this batch.
    private readonly Dictionary<string, int> readFrom = new(StringComparer.Ordinal);

    /// <summary>Parts are numbered from 0 and fill in order.</summary>
    public static string KeyOf(LedgerPageKey key) =>
        RowKeys.Of("ledger", key.Sku.Value, key.Location.Value, $"{key.Month:000000}", $"{key.Part:0000}");

    /// <summary>Takes months for new without asking: their first pages are not there.</summary>
    public void TakeForNew(IEnumerable<LedgerPageKey> months) => rows.TakeForNew(months.Select(KeyOf));

    /// <summary>Reads the pages of months, with how many entries are to come: a page that these fill may have a next one.</summary>
    public async Task LoadAsync(IReadOnlyList<KeyValuePair<LedgerPageKey, int>> pages, CancellationToken cancellationToken)
    {
        // Hardly any page has a next one, and the loop ends after its first round.
        while (pages.Count > 0)
        {
            await rows.LoadAsync(pages.Select(static p => KeyOf(p.Key)), cancellationToken);
            pages =
            [
                .. from page in pages
                let room = LedgerPage.Capacity - (rows.Get(KeyOf(page.Key), StockForms.Page)?.Entries.Count ?? 0)
                where page.Value >= room
                select KeyValuePair.Create(page.Key with { Part = page.Key.Part + 1 }, page.Value - room),
            ];
        }
    }

    /// <summary>Reads all pages of positions from a month on; the ranges are asked for side by side.</summary>
    public async Task LoadFromAsync(IReadOnlyList<(StockPosition Position, int Month)> from, CancellationToken cancellationToken)
    {
        await rows.LoadBetweenAsync([.. from.Select(static f => RangeOf(f.Position, f.Month))], cancellationToken);
        foreach (var (position, month) in from)
            readFrom[StockRows.PositionKey(position.Sku, position.Location)] = month;
    }

    /// <summary>The pages of a position from a month on; read where they are not here.</summary>
    // A count of long ago is followed by as many months as there have been since, nearly all of them without a page:
    // they are asked for in one query, not one by one.
    public async Task<IReadOnlyList<LedgerPage>> FromAsync(StockPosition position, int month, CancellationToken cancellationToken)
    {
        if (month > position.LastMonth)
            return [];
        var first = new LedgerPageKey(position.Sku, position.Location, month, 0);
        if (month == position.LastMonth)
        {
            await LoadAsync([KeyValuePair.Create(first, 0)], cancellationToken);
            return [.. Parts(first)];
        }
        if (!readFrom.TryGetValue(StockRows.PositionKey(position.Sku, position.Location), out var read) || read > month)
            await LoadFromAsync([(position, month)], cancellationToken);
        var range = RangeOf(position, month);
        return rows.Between(range.First, range.Last, StockForms.Page);
    }

    /// <summary>The page that has the entry, or the one that has room for it.</summary>
    public LedgerPage For(StockEntry entry)
    {
        var next = new LedgerPageKey(entry.Sku, entry.Location, entry.Month, 0);
        foreach (var page in Parts(next))
        {
            if (!page.IsFull || page.Find(entry.Id) is not null)
                return page;
            next = next with { Part = page.Key.Part + 1 };
        }
        return new LedgerPage(next);
    }

    public void Set(LedgerPage page) => rows.Set(KeyOf(page.Key), page, StockForms.Page);

    private static (string First, string Last) RangeOf(StockPosition position, int month) =>
        (
            KeyOf(new LedgerPageKey(position.Sku, position.Location, month, 0)),
            KeyOf(new LedgerPageKey(position.Sku, position.Location, position.LastMonth, LedgerPageKey.LastPart))
        );

    private IEnumerable<LedgerPage> Parts(LedgerPageKey month)
    {
        for (var key = month; rows.Get(KeyOf(key), StockForms.Page) is { } page; key = key with { Part = key.Part + 1 })
        {
            yield return page;
            if (!page.IsFull)
                yield break;
        }
    }
}
