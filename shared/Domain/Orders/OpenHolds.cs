using Stockgate.Domain.Inventory;

namespace Stockgate.Domain.Orders;

/// <summary>Reads from ledger entries which orders still hold something.</summary>
public static class OpenHolds
{
    /// <summary>The orders that hold units by these entries, the newest first.</summary>
    public static IReadOnlyList<OrderAtStake> Of(IEnumerable<StockEntry> entries) =>
        [
            .. entries
                .Where(static e => e.Kind == EntryKind.Reservation)
                .GroupBy(static e => OrderIn(e.Id))
                .Select(static order => new OrderAtStake(order.Key, Sum(order), order.Max(static e => e.At)))
                .Where(static order => order.Units > Quantity.Zero)
                .OrderByDescending(static order => order.Since)
                .ThenBy(static order => order.Order.Value, StringComparer.Ordinal),
        ];

    private static Quantity Sum(IEnumerable<StockEntry> entries) => entries.Aggregate(Quantity.Zero, static (sum, e) => sum + e.Reserved);

    // reservation:ORDER or reservation:ORDER/TICKS, as StockPostings writes it.
    private static OrderId OrderIn(string entryId)
    {
        var part = entryId[(entryId.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('/', 2)[0];
        return new OrderId(part.Replace("%2F", "/", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal));
    }
}
