namespace Stockgate.Domain.Promotions.Live;

/// <summary>What is known of a region while the promotion is live.</summary>
/// <param name="Region">The region.</param>
/// <param name="Now">The moment of the figures.</param>
/// <param name="Window">The promotion's time in this region.</param>
/// <param name="Sold">Units sold since the start; below zero counts as none.</param>
/// <param name="Planned">Units expected over the whole window, 0 or more.</param>
/// <param name="Stock">Units that can still be promised there; below zero where more is promised than there is.</param>
/// <param name="UnitMargin">What the retailer keeps of a unit at the offer; below zero for a loss, null if the cost is not known.</param>
/// <param name="UnitPrice">What customers pay for a unit at the offer.</param>
/// <param name="ExpectedShare">
/// Share of <paramref name="Planned"/> that was to be sold by now, 0 to 1, where the plan knows weekdays and hours; null for as much as has
/// passed of the window.
/// </param>
public sealed record RegionSales(
    RegionId Region,
    DateTimeOffset Now,
    UtcWindow Window,
    Quantity Sold,
    Quantity Planned,
    Quantity Stock,
    Money UnitPrice,
    Money? UnitMargin = null,
    decimal? ExpectedShare = null
);

/// <summary>How a region sells.</summary>
/// <param name="Region">The region.</param>
/// <param name="Elapsed">Share of the window that is over, 0 to 1.</param>
/// <param name="Sold">Units so far.</param>
/// <param name="Expected">Units that were expected so far.</param>
/// <param name="Planned">Units over the whole window.</param>
/// <param name="Ratio">Sold ÷ expected; null if nothing was expected yet.</param>
/// <param name="PerHour">Units an hour since the start.</param>
/// <param name="Forecast">Units over the whole window if it goes on like this, whatever stock there is.</param>
/// <param name="Stock">Units left, 0 or more.</param>
/// <param name="EndsAfter">Time until the stock is gone at this pace; null if the pace is zero.</param>
/// <param name="Short">Units that customers will ask for and not find before the window ends.</param>
/// <param name="Spare">Units that the region will have left at the end.</param>
public sealed record SellThrough(
    RegionId Region,
    decimal Elapsed,
    Quantity Sold,
    Quantity Expected,
    Quantity Planned,
    decimal? Ratio,
    decimal PerHour,
    Quantity Forecast,
    Quantity Stock,
    TimeSpan? EndsAfter,
    Quantity Short,
    Quantity Spare
)
{
    // Beyond it a time is only "not before the window ends"; and TimeSpan has bounds that decimals have not.
    private const decimal LongestHours = 24 * 3650;

    /// <summary>
    /// The pace is sold ÷ share expected: where the plan knows that Saturday brings half of the week, Saturday's sales are not taken for
    /// every day's. Without such a plan it is sold per hour since the start.
    /// </summary>
    public static SellThrough Of(RegionSales region)
    {
        var length = region.Window.Length;
        var elapsed = length <= TimeSpan.Zero ? 1 : Math.Clamp((decimal)(region.Now - region.Window.Start).Ticks / length.Ticks, 0, 1);
        var share = region.ExpectedShare is { } planned ? Math.Clamp(planned, 0, 1) : elapsed;
        var (sold, stock) = (Math.Max(0, region.Sold.Value), Math.Max(0, region.Stock.Value));
        var expected = Math.Max(0, region.Planned.Value) * share;
        // Before anything was expected the plan is all that there is to go by.
        var forecast = share > 0 ? Math.Max(sold, sold / share) : Math.Max(sold, region.Planned.Value);
        var hours = elapsed * length.Ticks / TimeSpan.TicksPerHour;
        var perHour = hours > 0 ? sold / hours : 0;
        var toCome = forecast - sold;
        return new SellThrough(
            region.Region,
            elapsed,
            new(sold),
            new(expected),
            new(Math.Max(0, region.Planned.Value)),
            expected > 0 ? sold / expected : null,
            perHour,
            new(forecast),
            new(stock),
            perHour > 0 ? TimeSpan.FromTicks((long)(Math.Min(LongestHours, stock / perHour) * TimeSpan.TicksPerHour)) : null,
            new(Math.Max(0, toCome - stock)),
            new(Math.Max(0, stock - toCome))
        );
    }
}
