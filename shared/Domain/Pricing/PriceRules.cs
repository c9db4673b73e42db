namespace Stockgate.Domain.Pricing;

/// <summary>
/// The guardrails of an item, resolved: its category's with what was overridden for it. Shares are fractions: 0.1 is ten percent. The
/// defaults are on the safe side.
/// </summary>
public sealed record PriceRules
{
    /// <summary>The least margin as a share of the price, 0 to below 1. Never below cost holds whatever it is.</summary>
    public decimal MarginFloor { get; set; } = 0.1m;

    /// <summary>The margin that a price is not lowered under except to clear overstock; at least <see cref="MarginFloor"/>.</summary>
    public decimal MarginTarget { get; set; } = 0.25m;

    /// <summary>How far above the regular price it may rise, 0 or more.</summary>
    public decimal CeilingAboveRegular { get; set; } = 0.1m;

    /// <summary>The highest price at all; null: none but the one above.</summary>
    public decimal? Ceiling { get; init; }

    /// <summary>An agreed or legal minimum (MAP); null: none.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>The largest change at one time, above 0.</summary>
    public decimal MaxStep { get; set; } = 0.1m;

    public int StepsPerDay { get; set; } = 1;

    /// <summary>Smaller changes are not worth a label; 0 or more.</summary>
    public decimal MinStep { get; set; } = 0.02m;

    /// <summary>
    /// Less gain is not worth a change, as a share of the margin that the sales at the price that holds are expected to earn; 0 or more.
    /// </summary>
    public decimal MinGain { get; set; } = 0.01m;

    /// <summary>What a price may end in, fractions of the currency's main unit: 0.99, 0.49. Empty: anything that can be paid.</summary>
    public IReadOnlyList<decimal> Endings { get; set; } = [0.99m, 0.49m];

    public TimeSpan StockMaxAge { get; set; } = TimeSpan.FromHours(4);

    public TimeSpan CostMaxAge { get; set; } = TimeSpan.FromDays(30);

    public TimeSpan CompetitorMaxAge { get; set; } = TimeSpan.FromHours(24);

    public TimeSpan ForecastMaxAge { get; set; } = TimeSpan.FromHours(48);

    /// <summary>So few units, or fewer, are nearly sold out.</summary>
    public decimal ScarceUnits { get; set; } = 5;

    /// <summary>Stock for fewer days is nearly sold out, unless confirmed goods come before it is gone.</summary>
    public decimal ScarceDays { get; set; } = 3;

    /// <summary>Stock, with what is confirmed, for more days is overstock.</summary>
    public decimal OverstockDays { get; set; } = 60;

    /// <summary>What a unit that is left over after the horizon loses, as a share of its cost, where there is overstock.</summary>
    public decimal LeftoverLoss { get; set; } = 0.3m;

    /// <summary>How far a channel's price may be from the same item's in other channels of the region; null: any distance.</summary>
    public decimal? Parity { get; init; }

    /// <summary>How far above the lowest fresh competitor's price it may be; null: competitors bound nothing.</summary>
    public decimal? AboveCompetitor { get; init; }

    /// <summary>Taken where no elasticity is known, below 0, with an interval of twice and half of it.</summary>
    public decimal AssumedElasticity { get; set; } = -2;

    /// <summary>Larger steps go to a person.</summary>
    public decimal AskAboveStep { get; set; } = 0.08m;

    /// <summary>More revenue at stake over the horizon, in the price's currency, goes to a person; null: no such bound.</summary>
    public decimal? AskAboveRevenue { get; init; }

    /// <summary>Whom to ask, of the settings <c>People__NAME__Roles</c>.</summary>
    public string AskRole { get; set; } = "pricing-lead";

    public TimeSpan AskWithin { get; set; } = TimeSpan.FromHours(8);

    /// <summary>How long a price is held after a reverted decision.</summary>
    public TimeSpan HoldAfterRevert { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// A new cost that is so many times the one before, or the one before so many times it, is taken for a typing error; above 1.
    /// </summary>
    public decimal CostJump { get; set; } = 5;

    /// <summary>A price so far from the median of its last 30 days is a jump, as a share of that.</summary>
    public decimal PriceJump { get; set; } = 0.5m;

    /// <summary>So many changes of direction within a week are an oscillation.</summary>
    public int Turns { get; set; } = 3;

    /// <summary>Days after which the effect is measured, 1 or more.</summary>
    public int EffectDays { get; set; } = 7;

    /// <summary>
    /// Where the item's own rules come from, for the record: <c>category Toys, overridden for SKU-1 until 2026-12-01: clearance</c>.
    /// </summary>
    public string Origin { get; set; } = "the defaults";
}

/// <summary>Limits on a category as a whole.</summary>
public sealed record CategoryRules
{
    /// <summary>Changes a day, 0 or more.</summary>
    public int ChangesPerDay { get; set; } = 100;

    /// <summary>More of the category's prices than this share moving the same way within a day stop it, above 0.</summary>
    public decimal BreakerShare { get; set; } = 0.3m;

    /// <summary>But fewer moves than this never do.</summary>
    public int BreakerLeast { get; set; } = 20;
}
