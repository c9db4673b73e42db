using Stockgate.Domain.Events;

namespace Stockgate.Domain.Inventory;

/// <summary>A count, valid until a newer one.</summary>
/// <param name="Quantity">The figure as it was said; null if it was withdrawn.</param>
/// <param name="Version">When it was counted, and by whom.</param>
/// <param name="Basis">Whether open orders are in the figure or were taken off already.</param>
/// <param name="Channel">The channel that it came by; null where it was stored before that was kept.</param>
public sealed record StockLevel(Quantity? Quantity, LevelVersion Version, CountBasis Basis = CountBasis.OnHand, ChannelId? Channel = null)
{
    /// <summary>True if the other has this one's id but different content or time.</summary>
    public bool IsContradictedBy(StockLevel other) =>
        (Version.Source, Version.Id) == (other.Version.Source, other.Version.Id)
        && (Quantity, Basis, Version.OccurredAt) != (other.Quantity, other.Basis, other.Version.OccurredAt);
}

/// <summary>
/// The stock of one SKU at one location: the last count, what moved since, and what is reserved. Available to promise =
/// level + later movements − open reservations; where the
/// count left the reservations of its moment out already, only those that came and went later are taken off.
/// </summary>
public sealed record StockPosition
{
    public required Sku Sku { get; init; }

    public required LocationId Location { get; init; }

    /// <summary>The newest count; null before the first one, when only movements are known.</summary>
    public StockLevel? Level { get; init; }

    /// <summary>Sum of the movements after the level.</summary>
    public Quantity Moved { get; init; }

    /// <summary>Sum of the open reservations.</summary>
    public Quantity Reserved { get; init; }

    /// <summary>What the reservations grew by after the level; below zero where more ended than began.</summary>
    public Quantity ReservedSince { get; init; }

    /// <summary>When the newest movement happened.</summary>
    public DateTimeOffset? LastMovedAt { get; init; }

    /// <summary>The newest month that has an entry, as 201012; 0 where there is none.</summary>
    public int LastMonth { get; init; }

    /// <summary>False if the source withdrew its figure: the stock is unknown, and none is promised.</summary>
    public bool IsTracked => Level is not { Quantity: null };

    /// <summary>True if a count is in force.</summary>
    public bool IsCounted => Level is { Quantity: not null };

    /// <summary>What stands on the shelf. Of a count of what was available, the units reserved at its moment are put back on.</summary>
    public Quantity OnHand =>
        IsTracked
            ? (Level?.Quantity ?? Quantity.Zero)
                + Moved
                + (Level is { Basis: CountBasis.Available } ? Reserved - ReservedSince : Quantity.Zero)
            : Quantity.Zero;

    public Quantity AvailableToPromise => IsTracked ? OnHand - Reserved : Quantity.Zero;

    /// <summary>The moment that the figure is as good as: the last count or, later than that, the last movement.</summary>
    public DateTimeOffset? AsOf =>
        Level is { } level && (LastMovedAt is not { } moved || level.Version.OccurredAt >= moved) ? level.Version.OccurredAt : LastMovedAt;

    /// <summary>The position after an entry took the place of <paramref name="before"/> (null if it is new).</summary>
    public StockPosition Post(StockEntry entry, StockEntry? before) =>
        this with
        {
            Moved = Moved + Since(entry, static e => e.Stock) - Since(before, static e => e.Stock),
            LastMonth = Math.Max(LastMonth, entry.Month),
            Reserved = Reserved + entry.Reserved - (before?.Reserved ?? Quantity.Zero),
            ReservedSince = ReservedSince + Since(entry, static e => e.Reserved) - Since(before, static e => e.Reserved),
            LastMovedAt = entry.Stock == Quantity.Zero || LastMovedAt >= entry.At ? LastMovedAt : entry.At,
        };

    /// <summary>The position after a count: it supersedes what happened up to its moment and keeps what happened later.</summary>
    /// <param name="level">The count.</param>
    /// <param name="entries">Every entry after the count, at least; earlier ones are skipped.</param>
    /// <returns>The same instance where a count as new or newer is there already.</returns>
    public StockPosition Count(StockLevel level, IEnumerable<StockEntry> entries)
    {
        if (!level.Version.IsNewerThan(Level?.Version))
            return this;
        var counted = this with { Level = level, Moved = Quantity.Zero, ReservedSince = Quantity.Zero };
        foreach (var entry in entries)
            counted = counted with
            {
                Moved = counted.Moved + counted.Since(entry, static e => e.Stock),
                ReservedSince = counted.ReservedSince + counted.Since(entry, static e => e.Reserved),
            };
        return counted;
    }

    // What happened up to the moment of the count is in the count.
    private Quantity Since(StockEntry? entry, Func<StockEntry, Quantity> figure) =>
        entry is null || (Level is { } level && entry.At <= level.Version.OccurredAt) ? Quantity.Zero : figure(entry);
}
