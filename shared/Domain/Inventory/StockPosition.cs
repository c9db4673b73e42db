using Stockgate.Domain.Ingest;

namespace Stockgate.Domain.Inventory;

/// <summary>A count that holds until a newer one.</summary>
public sealed record StockLevel(Quantity Quantity, LevelVersion Version);

/// <summary>
/// The stock of one SKU at one location: the last count, what moved since, and what is reserved.
/// Available to promise = level + later movements − open reservations.
/// </summary>
public sealed record StockPosition
{
    public required Sku Sku { get; init; }

    public required LocationId Location { get; init; }

    /// <summary>The newest count; null where nobody has counted yet, and then the movements are all that is known.</summary>
    public StockLevel? Level { get; init; }

    /// <summary>Sum of the movements after the level.</summary>
    public Quantity Moved { get; init; }

    /// <summary>Sum of the open reservations.</summary>
    public Quantity Reserved { get; init; }

    /// <summary>When the newest movement happened.</summary>
    public DateTimeOffset? LastMovedAt { get; init; }

    /// <summary>The newest month that has an entry, as 201012; 0 where there is none.</summary>
    public int LastMonth { get; init; }

    public Quantity OnHand => (Level?.Quantity ?? Quantity.Zero) + Moved;

    public Quantity AvailableToPromise => OnHand - Reserved;

    /// <summary>The moment that the figure is as good as: the last count or, later than that, the last movement.</summary>
    public DateTimeOffset? AsOf => Level is { } level && (LastMovedAt is not { } moved || level.Version.OccurredAt >= moved) ? level.Version.OccurredAt : LastMovedAt;

    /// <summary>The position after an entry took the place of <paramref name="before"/> (null where it is new).</summary>
    public StockPosition Post(StockEntry entry, StockEntry? before) => this with
    {
        Moved = Moved + Counted(entry) - Counted(before),
        LastMonth = Math.Max(LastMonth, entry.Month),
        Reserved = Reserved + entry.Reserved - (before?.Reserved ?? Quantity.Zero),
        LastMovedAt = entry.Stock == Quantity.Zero || LastMovedAt >= entry.At ? LastMovedAt : entry.At,
    };

    /// <summary>The position after a count: it supersedes the movements up to its moment and keeps the later ones.</summary>
    /// <param name="level">The count.</param>
    /// <param name="entries">Every entry after the count, at least; earlier ones are passed over.</param>
    /// <returns>The same instance where a count as new or newer is there already.</returns>
    public StockPosition Count(StockLevel level, IEnumerable<StockEntry> entries)
    {
        if (!level.Version.IsNewerThan(Level?.Version)) return this;
        var counted = this with { Level = level };
        return counted with { Moved = entries.Aggregate(Quantity.Zero, (sum, entry) => sum + counted.Counted(entry)) };
    }

    // What happened up to the moment of the count is in the count.
    private Quantity Counted(StockEntry? entry) =>
        entry is null || (Level is { } level && entry.At <= level.Version.OccurredAt) ? Quantity.Zero : entry.Stock;
}
