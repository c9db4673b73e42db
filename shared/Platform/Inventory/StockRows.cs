using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Inventory;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Inventory;

/// <summary>The stock of one bucket's SKUs: positions and ledger pages, changed together.</summary>
internal sealed class StockRows(BucketRows rows)
{
    /// <summary>How the keys of ledger pages begin.</summary>
    public const string PageKind = "ledger|";

    // Positions that changed since it was last asked, as they were before; null where they are new.
    private readonly Dictionary<string, StockPosition?> changedFrom = new(StringComparer.Ordinal);

    // The month from which on a position's pages were all read in this batch.
    private readonly Dictionary<string, int> readFrom = new(StringComparer.Ordinal);

    public static string PositionKey(Sku sku, LocationId location) => RowKeys.Of("position", sku.Value, location.Value);

    /// <summary>Parts are numbered from 0 and fill in order.</summary>
    public static string PageKey(LedgerPageKey key) => RowKeys.Of("ledger", key.Sku.Value, key.Location.Value, $"{key.Month:000000}", $"{key.Part:0000}");

    /// <summary>Reads what posting these entries and taking in these counts will look at, and the pages that they may go on to.</summary>
    /// <param name="entries">What will be posted.</param>
    /// <param name="counts">What will be taken in by <see cref="CountAsync"/>.</param>
    /// <param name="ask">True to read every page; otherwise those are taken for new whose month lies behind all that the position has seen, which saves a round trip each.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task LoadAsync(IReadOnlyCollection<StockEntry> entries,
        IReadOnlyCollection<(EventHeader Header, StockCounted Said)> counts, bool ask, CancellationToken cancellationToken)
    {
        var months = entries.CountBy(static e => new LedgerPageKey(e.Sku, e.Location, e.Month, 0)).ToDictionary();
        await rows.LoadAsync(months.Keys.Select(static m => PositionKey(m.Sku, m.Location))
            .Concat(counts.Select(static c => PositionKey(c.Said.Sku, c.Said.Location))), cancellationToken);
        // Page and position are written in one transaction, so the position knows the last month that has a page.
        if (!ask) rows.TakeForNew(months.Keys.Where(m => m.Month > Position(m.Sku, m.Location).LastMonth).Select(PageKey));
        // Nearly every count is of the month that its position last saw; older ones ask for the whole range when they come to it.
        foreach (var (header, said) in counts)
            if (Position(said.Sku, said.Location) is var position && position.LastMonth == StockEntry.MonthOf(header.OccurredAt)
                && header.Version.IsNewerThan(position.Level?.Version))
                months.TryAdd(new LedgerPageKey(said.Sku, said.Location, position.LastMonth, 0), 0);
        await LoadAsync([.. months], cancellationToken);
        await LoadRangesAsync(counts, cancellationToken);
    }

    // The ranges of all old counts of a batch are asked for side by side, that of a position once, from its oldest count on.
    private async Task LoadRangesAsync(IReadOnlyCollection<(EventHeader Header, StockCounted Said)> counts,
        CancellationToken cancellationToken)
    {
        var old = counts.Select(c =>
            (Position: Position(c.Said.Sku, c.Said.Location), c.Header.Version, Month: StockEntry.MonthOf(c.Header.OccurredAt)))
            .Where(static c => c.Month < c.Position.LastMonth && c.Version.IsNewerThan(c.Position.Level?.Version))
            .GroupBy(static c => PositionKey(c.Position.Sku, c.Position.Location), StringComparer.Ordinal)
            .Select(static g => (Place: g.Key, g.First().Position, Month: g.Min(static c => c.Month))).ToList();
        await rows.LoadBetweenAsync([.. old.Select(static o => RangeOf(o.Position, o.Month))], cancellationToken);
        foreach (var (place, _, month) in old) readFrom[place] = month;
    }

    /// <summary>Posts an entry: its page and the position change in one transaction. An entry that is there, as new or newer, changes nothing.</summary>
    /// <returns>False where it is a movement whose id is known for another one; what was said first stands.</returns>
    public bool Post(StockEntry entry)
    {
        var page = PageFor(entry);
        var before = page.Find(entry.Id);
        if (before?.Version >= entry.Version) return entry.Kind != EntryKind.Movement || entry.SaysTheSameAs(before);
        page.Put(entry);
        rows.Set(PageKey(page.Key), page, StockForms.Page);
        var position = Position(entry.Sku, entry.Location);
        Set(PositionKey(entry.Sku, entry.Location), position.Post(entry, before));
        return true;
    }

    /// <summary>Takes a count in: it supersedes what happened before it.</summary>
    /// <returns>False where it has the id of the count that stands there and says something else; what was said first stands.</returns>
    public async Task<bool> CountAsync(EventHeader header, StockCounted counted, CancellationToken cancellationToken)
    {
        var key = PositionKey(counted.Sku, counted.Location);
        await rows.LoadAsync([key], cancellationToken);
        var position = Position(counted.Sku, counted.Location);
        var level = new StockLevel(counted.Quantity, header.Version, counted.Basis);
        if (position.Level is { } known && known.IsContradictedBy(level)) return false;
        if (!level.Version.IsNewerThan(position.Level?.Version)) return true;
        var pages = await PagesFromAsync(position, StockEntry.MonthOf(header.OccurredAt), cancellationToken);
        Set(key, position.Count(level, pages.SelectMany(static page => page.Entries)));
        return true;
    }

    // A count of long ago is followed by as many months as there have been since, nearly all of them without a page:
    // they are asked for in one query, not one by one.
    private async Task<IReadOnlyList<LedgerPage>> PagesFromAsync(StockPosition position, int month, CancellationToken cancellationToken)
    {
        if (month > position.LastMonth) return [];
        var first = new LedgerPageKey(position.Sku, position.Location, month, 0);
        if (month == position.LastMonth)
        {
            await LoadAsync([KeyValuePair.Create(first, 0)], cancellationToken);
            return [.. Parts(first)];
        }
        var range = RangeOf(position, month);
        var place = PositionKey(position.Sku, position.Location);
        if (!readFrom.TryGetValue(place, out var read) || read > month)
        {
            await rows.LoadBetweenAsync([range], cancellationToken);
            readFrom[place] = month;
        }
        return rows.Between(range.First, range.Last, StockForms.Page);
    }

    private static (string First, string Last) RangeOf(StockPosition position, int month) => (
        PageKey(new LedgerPageKey(position.Sku, position.Location, month, 0)),
        PageKey(new LedgerPageKey(position.Sku, position.Location, position.LastMonth, LedgerPageKey.LastPart)));

    /// <summary>The positions that changed since this was last called, before and after.</summary>
    public IReadOnlyList<(StockPosition? Before, StockPosition After)> TakeChanges()
    {
        List<(StockPosition?, StockPosition)> changes = [.. changedFrom.Select(c => (c.Value, rows.Get(c.Key, StockForms.Position)!))];
        changedFrom.Clear();
        return changes;
    }

    /// <summary>The entries of a position since a moment, at least; one query where they are not all here.</summary>
    public async Task<IEnumerable<StockEntry>> EntriesSinceAsync(StockPosition position, DateTimeOffset since,
        CancellationToken cancellationToken) =>
        (await PagesFromAsync(position, StockEntry.MonthOf(since), cancellationToken)).SelectMany(static page => page.Entries);

    private void Set(string key, StockPosition position)
    {
        changedFrom.TryAdd(key, rows.Get(key, StockForms.Position));
        rows.Set(key, position, StockForms.Position);
    }

    private StockPosition Position(Sku sku, LocationId location) =>
        rows.Get(PositionKey(sku, location), StockForms.Position) ?? new StockPosition { Sku = sku, Location = location };

    // Pages with how many entries are to come: a page that these fill may have a next one. Hardly any has, and the loop ends after its first round.
    private async Task LoadAsync(IReadOnlyList<KeyValuePair<LedgerPageKey, int>> pages, CancellationToken cancellationToken)
    {
        while (pages.Count > 0)
        {
            await rows.LoadAsync(pages.Select(static p => PageKey(p.Key)), cancellationToken);
            pages = [.. from page in pages
                        let room = LedgerPage.Capacity - (rows.Get(PageKey(page.Key), StockForms.Page)?.Entries.Count ?? 0)
                        where page.Value >= room
                        select KeyValuePair.Create(page.Key with { Part = page.Key.Part + 1 }, page.Value - room)];
        }
    }

    private IEnumerable<LedgerPage> Parts(LedgerPageKey month)
    {
        for (var key = month; rows.Get(PageKey(key), StockForms.Page) is { } page; key = key with { Part = key.Part + 1 })
        {
            yield return page;
            if (!page.IsFull) yield break;
        }
    }

    // The page that has the entry, or the one that has room for it.
    private LedgerPage PageFor(StockEntry entry)
    {
        var next = new LedgerPageKey(entry.Sku, entry.Location, entry.Month, 0);
        foreach (var page in Parts(next))
        {
            if (!page.IsFull || page.Find(entry.Id) is not null) return page;
            next = next with { Part = page.Key.Part + 1 };
        }
        return new LedgerPage(next);
    }
}
