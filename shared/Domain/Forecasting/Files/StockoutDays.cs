using Stockgate.Domain.Inventory;

namespace Stockgate.Domain.Forecasting.Files;

/// <summary>
/// Finds stockout days. The last count and what moved since say what is on hand now; going back from there, each ledger entry gives what
/// was on hand before it. A day counts where the figure was 0 or less at any time in it. Without a count, and before the first entry and
/// the count, the stock is unknown and no day is marked.
/// </summary>
public static class StockoutDays
{
    /// <param name="position">The current position.</param>
    /// <param name="entries">Every entry of the position from <paramref name="first"/> on, in any order.</param>
    /// <param name="first">The first day that is asked about, UTC.</param>
    /// <param name="now">The moment up to which the position is known.</param>
    public static HashSet<DateOnly> Of(StockPosition position, IEnumerable<StockEntry> entries, DateOnly first, DateTimeOffset now)
    {
        var days = new HashSet<DateOnly>();
        if (position is not { IsCounted: true, Level: { } level })
            return days;
        var (onHand, until, start) = (position.OnHand, now, new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero));
        foreach (var entry in entries.Where(static e => e.Stock != Quantity.Zero).OrderByDescending(static e => e.At))
        {
            Mark(entry.At);
            onHand -= entry.Stock;
            if (entry.At < until)
                until = entry.At;
        }
        if (level.Version.OccurredAt < until)
            Mark(level.Version.OccurredAt);
        return days;

        void Mark(DateTimeOffset from)
        {
            // Entries of the same time are one movement, such as a correction in two lines; entries dated in the future have no usable
            // time.
            if (onHand > Quantity.Zero || until < start || from >= until)
                return;
            for (
                var day = DateOnly.FromDateTime((from > start ? from : start).UtcDateTime);
                day <= DateOnly.FromDateTime(until.UtcDateTime);
                day = day.AddDays(1)
            )
                days.Add(day);
        }
    }
}
