using System.ComponentModel.DataAnnotations;

namespace Stockgate.Domain.Promotions.Live;

/// <summary>The thresholds of the live monitor. Ratios are relative to expected sales.</summary>
public sealed record MonitorLimits
{
    /// <summary>Sold against expected so far from which a region sells too fast; above 1.</summary>
    // Set, not init: see ProductUpdated.Active.
    [Setting("ratio above 1", "from here a region sells too fast"), Range(1.0, 1_000_000.0, MinimumIsExclusive = true)]
    public decimal FastRatio { get; set; } = 1.5m;

    /// <summary>Sold against expected so far up to which a region sells too slowly; 0 to 1.</summary>
    [Setting("ratio, 0 to 1", "up to here a region sells too slowly"), Range(0.0, 1.0)]
    public decimal SlowRatio { get; set; } = 0.5m;

    /// <summary>
    /// Share of a region's demand, 0 to 1, that will find no stock at this pace from which it sells too fast for what it has.
    /// </summary>
    [Setting("share", "share of a region's demand without stock at this pace, from which it sells too fast"), Range(0.0, 1.0)]
    public decimal ShortShare { get; set; } = 0.1m;

    /// <summary>Share of the window that must be over before a pace says anything, 0 to 1: the first hour of a week is no pace.</summary>
    [Setting("share", "of the window, before a pace says anything"), Range(0.0, 1.0)]
    public decimal MinimumElapsed { get; set; } = 0.05m;

    /// <summary>Units that must have been expected so far before a pace says anything: three instead of two is no pace either.</summary>
    [Setting("units", "that must have been expected before a pace says anything"), Range(0.0, 1_000_000.0)]
    public decimal MinimumExpected { get; set; } = 20;

    /// <summary>
    /// Units that must have been expected so far before not one sold is worth a word: with a Poisson demand of 10, none is sold one time
    /// in 20,000.
    /// </summary>
    [Setting("units", "that must have been expected before no sale at all is reported"), Range(0.0, 1_000_000.0)]
    public decimal NoSalesExpected { get; set; } = 10;

    /// <summary>How much another price than the right one may differ, as a share of the right one; 0 for not at all.</summary>
    [Setting("share of the price", "how far a price that is shown may differ"), Range(0.0, 1.0)]
    public decimal PriceTolerance { get; set; }

    /// <summary>How old a sighting of a price may be to say anything about now.</summary>
    [Setting("", "how old an observed price may be")]
    public TimeSpan PriceMaxAge { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Time that a channel has to show a price after it was told.</summary>
    [Setting("", "how long a channel has to show a price")]
    public TimeSpan PriceGrace { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Units that a count may differ from the ledger.</summary>
    [Setting("units", "that a count may differ from the ledger"), Range(0.0, 1_000_000.0)]
    public decimal DriftUnits { get; set; } = 5;

    /// <summary>Share of the ledger's figure that a count may differ; the larger of the two bounds holds.</summary>
    [Setting("share of the ledger", "the same as a share; the larger of the two holds"), Range(0.0, 1.0)]
    public decimal DriftShare { get; set; } = 0.1m;

    /// <summary>What a region that gives stock away must keep of what it will itself need, as a factor: 1.2 is a fifth more.</summary>
    [Setting("factor", "what a region that gives stock away keeps of its own need"), Range(0.0, 1_000_000.0)]
    public decimal DonorCover { get; set; } = 1.2m;

    /// <summary>Percentage points that a discount is deepened by at a time; it is only ever proposed within the margin floor.</summary>
    [Setting("percentage points", "by which a discount is deepened at a time, within the margin floor"), Range(0.0, 1_000_000.0)]
    public decimal DeepenStep { get; set; } = 5;
}
