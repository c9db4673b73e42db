using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Inventory;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Inventory;

/// <summary>A stock position with the age and source of its figures.</summary>
/// <param name="Tracked">False if the source withdrew its figure; available to promise and on hand are then omitted.</param>
public sealed record PositionView(
    LocationId Location,
    bool Tracked,
    Quantity? AvailableToPromise,
    Quantity? OnHand,
    Quantity Reserved,
    Quantity MovedSinceCount,
    LevelView? LastCount,
    DateTimeOffset? LastMovedAt,
    DateTimeOffset? AsOf,
    double? AgeSeconds
);

/// <summary>The count on which a position is based.</summary>
/// <param name="Quantity">As reported; null if withdrawn.</param>
/// <param name="Basis">Whether open orders are in the figure or were taken off already.</param>
public sealed record LevelView(
    Quantity? Quantity,
    CountBasis Basis,
    DateTimeOffset CountedAt,
    double AgeSeconds,
    string Source,
    long Sequence
);

/// <summary>The stock of a SKU everywhere.</summary>
/// <param name="AvailableToPromise">The sum of the locations; null if none of them is tracked.</param>
public sealed record InventoryView(Sku Sku, Quantity? AvailableToPromise, IReadOnlyList<PositionView> Locations);

/// <summary>Days of sales of a SKU at a location.</summary>
public sealed record LocationSales(LocationId Location, IReadOnlyList<DailySales> Days);

/// <summary>Reads stock for people and partners.</summary>
public sealed class InventoryReader(StateTables tables, TimeProvider time)
{
    /// <returns>Null if nothing was ever said about the SKU's stock.</returns>
    public async Task<InventoryView?> FindAsync(Sku sku, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var positions = new List<StockPosition>();
        await foreach (
            var row in tables.Stock.QueryAsync<TableEntity>(
                RowKeys.Under(tables.PartitionOf(sku), "position", sku.Value),
                cancellationToken: cancellationToken
            )
        )
            positions.Add(StockForms.Position.Read(row));
        return positions.Count == 0
            ? null
            : new InventoryView(
                sku,
                positions.Exists(static p => p.IsTracked)
                    ? positions.Aggregate(Quantity.Zero, static (sum, p) => sum + p.AvailableToPromise)
                    : null,
                [.. positions.OrderBy(static p => p.Location.Value, StringComparer.Ordinal).Select(p => View(p, now))]
            );
    }

    /// <summary>Daily sales between two days, both included, by location.</summary>
    public async Task<IReadOnlyList<LocationSales>> SalesAsync(Sku sku, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var entries = new List<StockEntry>();
        // A page holds one calendar month, UTC: the others are not even sent.
        var filter =
            $"{RowKeys.Under(tables.PartitionOf(sku), "ledger", sku.Value)} and {TableClient.CreateQueryFilter($"Month ge {MonthOf(first)} and Month le {MonthOf(last)}")}";
        await foreach (var row in tables.Stock.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            entries.AddRange(StockForms.Page.Read(row).Entries);
        return
        [
            .. from entry in entries
            group entry by entry.Location into location
            orderby location.Key.Value
            select new LocationSales(location.Key, [.. DailySales.Of(location).Where(day => day.Day >= first && day.Day <= last)]),
        ];
    }

    private static int MonthOf(DateOnly day) => day.Year * 100 + day.Month;

    private static PositionView View(StockPosition position, DateTimeOffset now) =>
        new(
            position.Location,
            position.IsTracked,
            position.IsTracked ? position.AvailableToPromise : null,
            position.IsTracked ? position.OnHand : null,
            position.Reserved,
            position.Moved,
            position.Level is { } level ? View(level, now) : null,
            position.LastMovedAt,
            position.AsOf,
            position.AsOf is { } asOf ? Age(now, asOf) : null
        );

    private static LevelView View(StockLevel level, DateTimeOffset now) =>
        new(
            level.Quantity,
            level.Basis,
            level.Version.OccurredAt,
            Age(now, level.Version.OccurredAt),
            level.Version.Source,
            level.Version.Sequence
        );

    private static double Age(DateTimeOffset now, DateTimeOffset then) => Math.Round((now - then).TotalSeconds, 1);
}
