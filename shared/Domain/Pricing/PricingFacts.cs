using Stockgate.Domain.Operations;

namespace Stockgate.Domain.Pricing;

/// <summary>
/// The facts of a price decision. The same facts give the same decision, on every machine and at any time: <see cref="Now"/> is one of
/// them.
/// </summary>
public sealed record PricingFacts
{
    public required PriceKey Key { get; init; }

    /// <summary>Of the product; empty if it has none.</summary>
    public required string Category { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>What customers pay now, above 0.</summary>
    public required Money Price { get; init; }

    /// <summary>The regular price from the ERP, above 0; the base of the ceiling.</summary>
    public required Money Regular { get; init; }

    /// <summary>What applies to the item now: its category's rules, with what was overridden for it.</summary>
    public required PriceRules Rules { get; init; }

    /// <summary>False if it is no longer sold.</summary>
    public bool Active { get; set; } = true;

    /// <summary>Whether every move goes to a person, as the policy's leash says.</summary>
    public bool AskAlways { get; init; }

    /// <summary>
    /// Available to promise in all locations of the market; the age and source of the location whose figure is oldest, such as
    /// <c>warehouse W1 (source wms)</c>. Null: never counted.
    /// </summary>
    public Reading<Quantity>? Stock { get; init; }

    /// <summary>A source of that stock that posts nothing any more; null: all do, or nothing says how often they should.</summary>
    public SilentSource? SilentStock { get; init; }

    /// <summary>
    /// Units that suppliers have confirmed and that arrive within the forecast's horizon, 0 or more, and when the first of them come.
    /// </summary>
    public Quantity Inbound { get; init; }

    public DateTimeOffset? InboundAt { get; init; }

    /// <summary>The unit cost, on the price's tax basis; null if unknown.</summary>
    public Reading<Money>? Cost { get; init; }

    /// <summary>
    /// The cost at the last decision: a new one ten times as high or a tenth of it is taken for a typing error. Null: there was none.
    /// </summary>
    public Money? CostBefore { get; init; }

    /// <summary>Null: no forecast is in force, or it does not know the item here.</summary>
    public Reading<DemandOutlook>? Demand { get; init; }

    /// <summary>
    /// Null: nothing is known of how sales follow the price; then the price is only moved for guardrails and markdowns, by the policy's
    /// assumed elasticity.
    /// </summary>
    public ElasticityBelief? Elasticity { get; init; }

    /// <summary>The newest price of each competitor.</summary>
    public IReadOnlyList<CompetitorPrice> Competitors { get; set; } = [];

    /// <summary>
    /// Changes of competitors' prices in the last 14 days or more, in any order; empty if not recorded. Used to detect two algorithms
    /// undercutting each other.
    /// </summary>
    public IReadOnlyList<CompetitorMove> CompetitorMoves { get; set; } = [];

    /// <summary>The running promotion that owns the price; null: none does.</summary>
    public PromotionId? Promotion { get; init; }

    /// <summary>The item's prices in other channels of the same region.</summary>
    public IReadOnlyList<ChannelPrice> Others { get; set; } = [];

    /// <summary>
    /// Moves of this price in the last 30 days or more, the oldest first; and the last one before that, whose price held when they began.
    /// </summary>
    public IReadOnlyList<PriceMove> Moves { get; set; } = [];

    /// <summary>The end of the hold after a reverted decision.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Why the item is stopped until a person lets it go on; null if it is not.</summary>
    public string? Stopped { get; init; }

    /// <summary>When a person last let it go on: moves until then have been looked at, and are not odd any more. Null: never.</summary>
    public DateTimeOffset? ResumedAt { get; init; }

    /// <summary>Why the whole category is stopped; null if it is not.</summary>
    public string? CategoryStopped { get; init; }

    /// <summary>Changes that the category may still make today; null: no bound.</summary>
    public int? ChangesLeft { get; init; }
}

/// <summary>Expected total sales at the current price over the days of the outlook.</summary>
/// <param name="Mean">Units, 0 or more.</param>
/// <param name="Deviation">Standard deviation, units, 0 or more.</param>
/// <param name="Days">1 or more.</param>
public readonly record struct DemandOutlook(double Mean, double Deviation, int Days)
{
    public double PerDay => Mean / Days;
}

/// <summary>The price elasticity: sales at another price are those at this one times (other ÷ this) to the power of this figure.</summary>
/// <param name="Value">Below 0.</param>
/// <param name="Low">The stronger end of the interval of 95 %.</param>
/// <param name="High">The weaker end, below 0.</param>
public readonly record struct ElasticityBelief(double Value, double Low, double High);

/// <summary>An observed competitor's price.</summary>
public sealed record CompetitorPrice(string Competitor, Money Price, DateTimeOffset SeenAt);

/// <summary>An observed change of a competitor's price.</summary>
public sealed record CompetitorMove(string Competitor, Money From, Money To, DateTimeOffset At);

/// <summary>The same item's price in another channel of the same region.</summary>
public sealed record ChannelPrice(SalesChannelId Channel, Money Price);

/// <summary>Who moved a price.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(NamedEnumConverter<PriceMoveCause>))]
public enum PriceMoveCause
{
    /// <summary>A decision of these rules, with or without a person's yes.</summary>
    Decision,

    /// <summary>A decision was taken back.</summary>
    Revert,

    /// <summary>Another system: the ERP, a person at a console.</summary>
    Outside,
}

/// <summary>A price change.</summary>
/// <param name="At">When.</param>
/// <param name="From">What held before.</param>
/// <param name="To">What held from then on.</param>
/// <param name="Cause">Who moved it.</param>
/// <param name="Decision">The decision's id; null if none caused it.</param>
public sealed record PriceMove(DateTimeOffset At, Money From, Money To, PriceMoveCause Cause, string? Decision = null);
