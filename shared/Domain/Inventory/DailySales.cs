namespace Stockgate.Domain.Inventory;

/// <summary>
/// Sales of a SKU at a location on one day (UTC), in one currency. A return is a figure of its own day, never a negative sale.
/// </summary>
public sealed record DailySales(DateOnly Day, Currency? Currency)
{
    public Quantity Sold { get; init; }

    public decimal SoldNet { get; init; }

    public Quantity Cancelled { get; init; }

    public decimal CancelledNet { get; init; }

    public Quantity Returned { get; init; }

    public decimal ReturnedNet { get; init; }

    /// <summary>The days of some ledger entries, in order.</summary>
    public static IReadOnlyList<DailySales> Of(IEnumerable<StockEntry> entries)
    {
        var days = new SortedDictionary<(DateOnly, string), DailySales>();
        foreach (var entry in entries)
        {
            if (
                entry.Kind is EntryKind.Reservation or EntryKind.Shipment or EntryKind.Movement
                || (entry.Units == Quantity.Zero && entry.Net == 0)
            )
                continue;
            var day = DateOnly.FromDateTime(entry.At.UtcDateTime);
            var key = (day, entry.Currency?.Code ?? string.Empty);
            var sales = days.TryGetValue(key, out var known) ? known : new DailySales(day, entry.Currency);
            days[key] = entry.Kind switch
            {
                EntryKind.Cancellation => sales with
                {
                    Cancelled = sales.Cancelled + entry.Units,
                    CancelledNet = sales.CancelledNet + entry.Net,
                },
                EntryKind.Return => sales with { Returned = sales.Returned + entry.Units, ReturnedNet = sales.ReturnedNet + entry.Net },
                _ => sales with { Sold = sales.Sold + entry.Units, SoldNet = sales.SoldNet + entry.Net },
            };
        }
        return [.. days.Values];
    }
}
