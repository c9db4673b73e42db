namespace Stockgate.Domain.Pricing.Simulation;

/// <summary>How a history is replayed through a policy.</summary>
public sealed record SimulationSettings
{
    public required PricePolicy Policy { get; init; }

    /// <summary>What the history's prices are in.</summary>
    public required Currency Currency { get; init; }

    /// <summary>Where the history is taken to be sold.</summary>
    public SalesChannelId Channel { get; set; } = new("simulated");

    /// <summary>
    /// The first day of the history that prices are decided on, counted from 0; what lies before is learned from. At least 28.
    /// </summary>
    public int FromDay { get; set; } = 56;

    /// <summary>Days between two decisions about a price, 1 or more.</summary>
    public int Every { get; set; } = 1;

    /// <summary>How sales truly follow the price, which the simulated customers go by: each of the three is run.</summary>
    public ElasticityBelief Response { get; set; } = new(-2, -3, -1);

    /// <summary>What the decisions believe of it; null: nothing is known, and the policy's assumption is taken.</summary>
    public ElasticityBelief? Belief { get; set; } = new ElasticityBelief(-2, -3, -1);

    /// <summary>
    /// The cost of a unit as a share of the series' median price before <see cref="FromDay"/>, above 0 and below 1; where a series has
    /// its own cost, that is taken.
    /// </summary>
    public decimal CostShare { get; set; } = 0.6m;

    /// <summary>The cost of a unit of a series on a day, counted from 0; null for a series means <see cref="CostShare"/>.</summary>
    public Func<int, int, decimal?>? CostOf { get; set; }

    /// <summary>Null: there is always enough.</summary>
    public StockPlan? Stock { get; set; }

    /// <summary>The offers of the history own their prices, as promotions do.</summary>
    public bool PromotionsOwn { get; set; } = true;
}

/// <summary>How a simulated item is stocked.</summary>
/// <param name="InitialCover">Days of mean sales that are there at the start, 0 or more.</param>
/// <param name="LeadDays">Days from order to arrival, 0 or more.</param>
/// <param name="OrderCover">Days of mean sales that an order makes up to, counted from its arrival; 0: nothing is ever ordered.</param>
public sealed record StockPlan(double InitialCover, int LeadDays, double OrderCover);
