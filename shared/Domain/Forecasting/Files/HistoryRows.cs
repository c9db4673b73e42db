using Stockgate.Domain.Inventory;

namespace Stockgate.Domain.Forecasting.Files;

/// <summary>Makes the rows of the months' files of the stock ledger.</summary>
public static class HistoryRows
{
    /// <summary>A row for each day with a sale, cancellation or return, and for each day on which there was nothing to sell.</summary>
    /// <param name="sku">The SKU.</param>
    /// <param name="location">The location.</param>
    /// <param name="position">The current position; null if none.</param>
    /// <param name="entries">Every entry of the position from the month on.</param>
    /// <param name="month">The first month that is asked about, as 202611.</param>
    /// <param name="now">The moment up to which entries and position are known.</param>
    public static IEnumerable<SalesRow> Of(
        Sku sku,
        LocationId location,
        StockPosition? position,
        IReadOnlyCollection<StockEntry> entries,
        int month,
        DateTimeOffset now
    )
    {
        var first = new DateOnly(month / 100, month % 100, 1);
        var soldOut = position is null ? [] : StockoutDays.Of(position, entries, first, now);
        foreach (var day in DailySales.Of(entries).Where(d => d.Day >= first).GroupBy(static d => d.Day))
        {
            // Of several currencies the one in which most was sold gives the money; units are units.
            var money = day.Where(static d => d.Currency is not null).OrderByDescending(static d => d.Sold.Value).FirstOrDefault();
            yield return new SalesRow(
                day.Key,
                sku,
                location,
                day.Sum(static d => d.Sold.Value),
                day.Sum(static d => d.Cancelled.Value),
                day.Sum(static d => d.Returned.Value),
                money is null ? 0 : money.SoldNet - money.CancelledNet,
                money?.Currency,
                money is { Sold.Value: > 0 } ? decimal.Round(money.SoldNet / money.Sold.Value, 4) : null,
                soldOut.Remove(day.Key)
            );
        }
        foreach (var day in soldOut)
            yield return new SalesRow(day, sku, location, 0, 0, 0, 0, null, null, true);
    }
}
