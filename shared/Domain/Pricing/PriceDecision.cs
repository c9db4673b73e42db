using System.Text.Json.Serialization;

namespace Stockgate.Domain.Pricing;

/// <summary>What becomes of a price.</summary>
[JsonConverter(typeof(NamedEnumConverter<PriceOutcome>))]
public enum PriceOutcome
{
    /// <summary>Nothing allowed is better by enough.</summary>
    Keep,

    /// <summary>A guardrail forbids any move now; it says which.</summary>
    Hold,

    /// <summary>Something is so odd that a person has to look before this item moves again.</summary>
    Stop,

    /// <summary>Within the bounds, but by more than these rules may decide alone.</summary>
    Ask,

    /// <summary>The new price goes out.</summary>
    Publish,
}

/// <summary>What a price is moved for.</summary>
[JsonConverter(typeof(NamedEnumConverter<PriceMode>))]
public enum PriceMode
{
    /// <summary>For the expected margin.</summary>
    Steady,

    /// <summary>Overstock: leftover units cost money, and the price is not raised.</summary>
    Markdown,

    /// <summary>Nearly sold out: the price is held. Only the way back to floor or ceiling moves it, and that never down.</summary>
    Scarce,
}

/// <summary>The guardrails, in the order in which they are asked.</summary>
[JsonConverter(typeof(NamedEnumConverter<PriceRule>))]
public enum PriceRule
{
    Active,
    StopSign,
    CircuitBreaker,
    PromotionLock,
    HeldAfterRevert,

    /// <summary>The figures themselves: a price of nothing, a cost in another currency, a forecast that is no number.</summary>
    Facts,
    StockFreshness,
    CostFreshness,
    CompetitorFreshness,
    ForecastFreshness,
    CostTypingError,
    PriceJump,
    Oscillation,
    CompetitorLoop,
    Bounds,
    StepsPerDay,
    ChangeBudget,
    Scarcity,
    Overstock,
    MarginTarget,
    Parity,
    Hysteresis,

    /// <summary>Whether every move goes to a person.</summary>
    Leash,
    AskAboveStep,
    AskAboveRevenue,
}

/// <summary>The verdict of one guardrail.</summary>
/// <param name="Rule">The guardrail.</param>
/// <param name="Passed">Whether it lets the price move.</param>
/// <param name="Words">Can be shown as they are: with figures, ages and sources.</param>
public sealed record PriceVerdict(PriceRule Rule, bool Passed, string Words);

/// <summary>
/// The prices between which a decision may choose. Where <paramref name="Low"/> is above <paramref name="High"/> there is none.
/// </summary>
/// <param name="Low">The highest of what bounds it from below: cost, margin floor, legal minimum, the largest step, parity.</param>
/// <param name="LowBy">The name of that bound.</param>
/// <param name="High">The lowest of what bounds it from above.</param>
/// <param name="HighBy">Which.</param>
public sealed record PriceBounds(decimal Low, string LowBy, decimal High, string HighBy)
{
    [JsonIgnore]
    public bool Empty => Low > High;
}

/// <summary>A candidate price with its expected sales and margin over the horizon.</summary>
/// <param name="Price">In the currency of the current price.</param>
/// <param name="Units">Expected sales, no more than there is to sell.</param>
/// <param name="Margin">Money: sales × (price − cost), in markdown less what is lost on what is left over.</param>
public readonly record struct WeighedPrice(decimal Price, double Units, double Margin);

/// <summary>A price decision, its grounds and its expected effect.</summary>
public sealed record PriceDecision
{
    public required PriceKey Key { get; init; }

    public required DateTimeOffset At { get; init; }

    public required PriceOutcome Outcome { get; init; }

    public required PriceMode Mode { get; init; }

    /// <summary>What holds now.</summary>
    public required Money From { get; init; }

    /// <summary>What is to hold; the same as <see cref="From"/> where nothing is moved.</summary>
    public required Money To { get; init; }

    /// <summary>
    /// The price that may be shown struck through beside it: the lowest of the 30 days before, where the new one is below that (Directive
    /// 98/6/EC, article 6a). Null: none may be.
    /// </summary>
    public Money? CompareAt { get; init; }

    /// <summary>Null if no bounds were reached: something held it before.</summary>
    public PriceBounds? Bounds { get; init; }

    /// <summary>The one that holds now, first; then the prices that were weighed, from the lowest.</summary>
    public IReadOnlyList<WeighedPrice> Weighed { get; set; } = [];

    /// <summary>Every guardrail that was asked, in order.</summary>
    public IReadOnlyList<PriceVerdict> Verdicts { get; set; } = [];

    /// <summary>The reason in a sentence: of a hold the guardrail's words, with the age and the source of what is too old.</summary>
    public required string Reason { get; init; }

    /// <summary>Expected at <see cref="From"/> and at <see cref="To"/> over <see cref="Days"/>; null if no outlook is known.</summary>
    public WeighedPrice? Kept { get; init; }

    public WeighedPrice? Moved { get; init; }

    /// <summary>Days of the outlook, 0 where there is none.</summary>
    public int Days { get; init; }

    [JsonIgnore]
    public bool Moves => Outcome is PriceOutcome.Publish or PriceOutcome.Ask;
}
