namespace Stockgate.Domain.Promotions.Live;

/// <summary>The thresholds of the live monitor. Ratios are relative to expected sales.</summary>
public sealed record MonitorLimits
{
    /// <summary>Sold against expected so far from which a region sells too fast; above 1.</summary>
    // Set, not init: see ProductUpdated.Active.
    public decimal FastRatio { get; set; } = 1.5m;

    /// <summary>Sold against expected so far up to which a region sells too slowly; 0 to 1.</summary>
    public decimal SlowRatio { get; set; } = 0.5m;

    /// <summary>
    /// Share of a region's demand, 0 to 1, that will find no stock at this pace from which it sells too fast for what it has.
    /// </summary>
    public decimal ShortShare { get; set; } = 0.1m;

    /// <summary>Share of the window that must be over before a pace says anything, 0 to 1: the first hour of a week is no pace.</summary>
    public decimal MinimumElapsed { get; set; } = 0.05m;

    /// <summary>Units that must have been expected so far before a pace says anything: three instead of two is no pace either.</summary>
    public decimal MinimumExpected { get; set; } = 20;

    /// <summary>
    /// Units that must have been expected so far before not one sold is worth a word: with a Poisson demand of 10, none is sold one time
    /// in 20,000.
    /// </summary>
    public decimal NoSalesExpected { get; set; } = 10;

    /// <summary>How much another price than the right one may differ, as a share of the right one; 0 for not at all.</summary>
    public decimal PriceTolerance { get; set; }

    /// <summary>How old a sighting of a price may be to say anything about now.</summary>
    public TimeSpan PriceMaxAge { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Time that a channel has to show a price after it was told.</summary>
    public TimeSpan PriceGrace { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Units that a count may differ from the ledger.</summary>
    public decimal DriftUnits { get; set; } = 5;

    /// <summary>Share of the ledger's figure that a count may differ; the larger of the two bounds holds.</summary>
    public decimal DriftShare { get; set; } = 0.1m;

    /// <summary>What a region that gives stock away must keep of what it will itself need, as a factor: 1.2 is a fifth more.</summary>
    public decimal DonorCover { get; set; } = 1.2m;

    /// <summary>Percentage points that a discount is deepened by at a time; it is only ever proposed within the margin floor.</summary>
    public decimal DeepenStep { get; set; } = 5;
}
