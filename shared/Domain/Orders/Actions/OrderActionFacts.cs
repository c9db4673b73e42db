using System.Text.Json.Serialization;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>The facts of an action's review.</summary>
public sealed record OrderActionFacts
{
    public required OrderDocument Order { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Null if the customer is not known.</summary>
    public CustomerHistory? Customer { get; init; }

    /// <summary>The order's other actions that this one reckons with: see <see cref="OrderPromises.Of"/>.</summary>
    public IReadOnlyList<EarlierAction> Earlier { get; init; } = [];

    /// <summary>What other actions give already.</summary>
    public MoneyAround Around { get; init; } = MoneyAround.None;

    /// <summary>Locations without an entry have no stock.</summary>
    public IReadOnlyDictionary<(Sku Sku, LocationId Location), StockSeen> Stock { get; init; } =
        new Dictionary<(Sku, LocationId), StockSeen>();

    public IReadOnlyDictionary<Sku, ProductSeen> Products { get; init; } = new Dictionary<Sku, ProductSeen>();

    /// <summary>Promotional unit prices in force when the order was placed, in its currency.</summary>
    public IReadOnlyDictionary<Sku, decimal> PromotionPrices { get; init; } = new Dictionary<Sku, decimal>();

    /// <summary>Where locations are; one that is not here can't be shipped from.</summary>
    public IReadOnlyDictionary<LocationId, Place> Locations { get; init; } = new Dictionary<LocationId, Place>();

    /// <summary>A stock figure that is older is not relied on.</summary>
    public TimeSpan StockFreshFor { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>A customer's history over all orders and channels. Money in one currency.</summary>
/// <param name="Orders">Orders placed, this one among them.</param>
/// <param name="Refunds">Orders with a refund.</param>
/// <param name="Gross">The order totals.</param>
/// <param name="Refunded">What went back.</param>
/// <param name="ActionsLast24Hours">Actions asked for on the customer's orders, this one not among them.</param>
/// <param name="ActionsLast30Days">The same over thirty days.</param>
public sealed record CustomerHistory(
    int Orders,
    int Refunds,
    decimal Gross,
    decimal Refunded,
    int ActionsLast24Hours,
    int ActionsLast30Days
);

/// <summary>How far an earlier action is.</summary>
[JsonConverter(typeof(NamedEnumConverter<EarlierActionState>))]
public enum EarlierActionState
{
    /// <summary>It waits for a person.</summary>
    Waiting,

    /// <summary>It was sent to the channel, or is about to be.</summary>
    Executing,

    /// <summary>The channel confirmed it; what it did to the order may still be on its way.</summary>
    Executed,
}

/// <summary>Another action of the order, whose money and units are reserved.</summary>
/// <param name="ActionId">Its id; a refund event with this number is the action's own, and is counted once.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Promised">The money that its review gave the customer; null if none.</param>
/// <param name="State">How far it is.</param>
/// <param name="Unreviewed">It is not reviewed, or has to be reviewed again: it counts at most that it may come to.</param>
public sealed record EarlierAction(
    ActionId ActionId,
    OrderActionRequest Request,
    Money? Promised,
    EarlierActionState State,
    bool Unreviewed = false
);

/// <summary>
/// The sums of other actions on the same order, for the same customer and by the same requester, each within the policy's window, in the
/// order's currency. Many small refunds count as one large refund.
/// </summary>
public sealed record MoneyAround(decimal Order, decimal Customer, decimal Requester)
{
    public static readonly MoneyAround None = new(0, 0, 0);

    public decimal Most => Math.Max(Order, Math.Max(Customer, Requester));
}

/// <summary>Units that can still be promised at a location.</summary>
/// <param name="Available">Units; below zero where more is promised than there is.</param>
/// <param name="Age">How old the figure is; null if it was never counted.</param>
public sealed record StockSeen(Quantity Available, TimeSpan? Age);

/// <summary>What the catalog says of an article.</summary>
/// <param name="Category">Null if it has none.</param>
/// <param name="ListPrice">Per unit, without a promotion; null if it is not known.</param>
public sealed record ProductSeen(string? Category, Money? ListPrice);
