using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Inventory;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Inventory;

/// <summary>The stock of one bucket's SKUs: positions and ledger pages, changed together.</summary>
internal sealed class StockRows(BucketRows rows)
{
    /// <summary>How the keys of ledger pages begin.</summary>
    public const string PageKind = "ledger|";

    private readonly LedgerPages pages = new(rows);

    // Positions that changed since it was last asked, as they were before; null if they are new.
    private readonly Dictionary<string, StockPosition?> changedFrom = new(StringComparer.Ordinal);

    public static string PositionKey(Sku sku, LocationId location) => RowKeys.Of("position", sku.Value, location.Value);

    /// <summary>Reads what posting these entries and taking in these counts will look at, and the pages that they may go on to.</summary>
    /// <param name="entries">What will be posted.</param>
    /// <param name="counts">What will be taken in by <see cref="CountAsync"/>.</param>
    /// <param name="ask">
    /// True to read every page; otherwise those are taken for new whose month lies behind all that the position has seen, which saves a
    /// round trip each.
    /// </param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task LoadAsync(
        IReadOnlyCollection<StockEntry> entries,
        IReadOnlyCollection<(EventHeader Header, StockCounted Said)> counts,
        bool ask,
        CancellationToken cancellationToken
    )
    {
        var months = entries.CountBy(static e => new LedgerPageKey(e.Sku, e.Location, e.Month, 0)).ToDictionary();
        await rows.LoadRangeAsync(
            months
                .Keys.Select(static m => PositionKey(m.Sku, m.Location))
                .Concat(counts.Select(static c => PositionKey(c.Said.Sku, c.Said.Location))),
            cancellationToken
        );
        // Page and position are written in one transaction, so the position knows the last month that has a page.
        if (!ask)
            pages.TakeForNew(months.Keys.Where(m => m.Month > Position(m.Sku, m.Location).LastMonth));
        var counted = counts
            .Select(c => (Position: Position(c.Said.Sku, c.Said.Location), c.Header.Version))
            .Where(static c => c.Version.IsNewerThan(c.Position.Level?.Version))
            .GroupBy(static c => c.Position)
            .Select(static g => (Position: g.Key, Month: StockEntry.MonthOf(g.Min(static c => c.Version).OccurredAt)))
            .ToLookup(static c => c.Month.CompareTo(c.Position.LastMonth));
        // Nearly every count is of the month that its position last saw; older ones ask for all that came after them.
        foreach (var (position, month) in counted[0])
            months.TryAdd(new LedgerPageKey(position.Sku, position.Location, month, 0), 0);
        await pages.LoadAsync([.. months], cancellationToken);
        await pages.LoadFromAsync([.. counted[-1]], cancellationToken);
    }

    /// <summary>
    /// Posts an entry: its page and the position change in one transaction. An entry that is there, as new or newer, changes nothing.
    /// </summary>
    /// <returns>False if it is a movement whose id is known for another one; the first content stays in force.</returns>
    public bool Post(StockEntry entry)
    {
        var page = pages.For(entry);
        var before = page.Find(entry.Id);
        if (before?.Version >= entry.Version)
            return entry.Kind != EntryKind.Movement || entry.SaysTheSameAs(before);
        page.Put(entry);
        pages.Set(page);
        Set(PositionKey(entry.Sku, entry.Location), Position(entry.Sku, entry.Location).Post(entry, before));
        return true;
    }

    /// <summary>Applies a count, which supersedes earlier movements.</summary>
    /// <returns>False if it has the id of the count that stands there and says something else; the first content stays in force.</returns>
    public async Task<bool> CountAsync(EventHeader header, StockCounted counted, CancellationToken cancellationToken)
    {
        var position = Position(counted.Sku, counted.Location);
        var level = new StockLevel(counted.Quantity, header.Version, counted.Basis, header.Channel);
        if (position.Level is { } known && known.IsContradictedBy(level))
            return false;
        if (!level.Version.IsNewerThan(position.Level?.Version))
            return true;
        var since = await EntriesSinceAsync(position, header.OccurredAt, cancellationToken);
        Set(PositionKey(counted.Sku, counted.Location), position.Count(level, since));
        return true;
    }

    /// <summary>The entries of a position since a moment, at least; one query where they are not all here.</summary>
    public async Task<IEnumerable<StockEntry>> EntriesSinceAsync(
        StockPosition position,
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) => (await pages.FromAsync(position, StockEntry.MonthOf(since), cancellationToken)).SelectMany(static page => page.Entries);

    /// <summary>The positions that changed since this was last called, before and after.</summary>
    public IReadOnlyList<(StockPosition? Before, StockPosition After)> TakeChanges()
    {
        List<(StockPosition?, StockPosition)> changes = [.. changedFrom.Select(c => (c.Value, rows.Get(c.Key, StockForms.Position)!))];
        changedFrom.Clear();
        return changes;
    }

    private void Set(string key, StockPosition position)
    {
        changedFrom.TryAdd(key, rows.Get(key, StockForms.Position));
        rows.Set(key, position, StockForms.Position);
    }

    private StockPosition Position(Sku sku, LocationId location) =>
        rows.Get(PositionKey(sku, location), StockForms.Position) ?? new StockPosition { Sku = sku, Location = location };
}
