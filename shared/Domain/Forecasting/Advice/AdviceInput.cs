using Stockgate.Domain.Forecasting.Campaigns;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.NewItems;
using Stockgate.Domain.Forecasting.Replenishment;
using Stockgate.Domain.Forecasting.Runs;
using Stockgate.Domain.Forecasting.Suppliers;
using Stockgate.Domain.Forecasting.Transfers;

namespace Stockgate.Domain.Forecasting.Advice;

/// <summary>Data of a series beside its history; null if unknown.</summary>
public sealed record SeriesSituation
{
    public static SeriesSituation Unknown { get; } = new();

    /// <summary>
    /// Available to promise, and inbound stock outside <see cref="AdviceInput.OpenOrders"/>, such as a transfer in progress. Null without
    /// a count.
    /// </summary>
    public StockSituation? Stock { get; init; }

    /// <summary>How old the stock figure is.</summary>
    public TimeSpan? StockAge { get; init; }

    /// <summary>What a unit costs the retailer.</summary>
    public Money? UnitCost { get; init; }

    /// <summary>What a customer pays for a unit.</summary>
    public Money? Price { get; init; }

    /// <summary>How it is ordered.</summary>
    public SupplierTerms? Terms { get; init; }
}

/// <summary>A confirmed open order.</summary>
/// <param name="Order">The purchase order's number.</param>
/// <param name="Sku">The item.</param>
/// <param name="Location">Where it goes.</param>
/// <param name="Supplier">Who confirmed.</param>
/// <param name="Quantity">Units that have not come yet, above 0.</param>
/// <param name="Due">The day that is promised now.</param>
public sealed record OpenOrder(string Order, Sku Sku, LocationId Location, SupplierId Supplier, Quantity Quantity, DateOnly Due);

/// <summary>A planned promotion and its reserved stock.</summary>
/// <param name="Promotion">Whose offer it is.</param>
/// <param name="Sku">The item.</param>
/// <param name="Locations">Where.</param>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day, not before the first.</param>
/// <param name="DiscountPercent">Off the price, 0 to 100; null if not known.</param>
/// <param name="Stock">Units that can be sent to the locations; null if none are set aside, and then there is nothing to allocate.</param>
/// <param name="Pack">Units of a pack, whole and above 0.</param>
public sealed record PlannedOffer(
    PromotionId Promotion,
    Sku Sku,
    IReadOnlyList<LocationId> Locations,
    DateOnly First,
    DateOnly Last,
    decimal? DiscountPercent,
    Quantity? Stock,
    Quantity Pack
);

/// <summary>An item before its launch.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Category">Empty if it has none.</param>
/// <param name="Price">Above 0.</param>
/// <param name="Locations">Where it will be sold.</param>
/// <param name="First">The first day.</param>
/// <param name="Supplier">Who delivers it; null if not known.</param>
public sealed record NewItem(
    Sku Sku,
    string Category,
    Money Price,
    IReadOnlyList<LocationId> Locations,
    DateOnly First,
    SupplierId? Supplier = null
);

/// <summary>Limits and service levels of recommendations.</summary>
public sealed record AdviceSettings
{
    /// <summary>The chance that an order is to last, above 0, below 1.</summary>
    public double Service { get; init; } = 0.9;

    /// <summary>A stock figure that is older is not known.</summary>
    public TimeSpan OldestStock { get; init; } = TimeSpan.FromDays(7);

    /// <summary>An open order that is overdue by more days is no longer counted on.</summary>
    public int LongestOverdue { get; init; } = 30;

    /// <summary>Weeks that a new item is forecast for.</summary>
    public int NewItemWeeks { get; init; } = 4;

    /// <summary>Recommendations of each kind at most.</summary>
    public int MostOfAKind { get; init; } = 1000;

    /// <summary>Entries at most of each other list that has one per item or series.</summary>
    public int MostEntries { get; init; } = 2000;

    /// <summary>Campaign verdicts at most.</summary>
    public int MostVerdicts { get; init; } = 20_000;

    /// <summary>Items of a category at most whose elasticity is measured: those with the most revenue.</summary>
    public int MostInACategory { get; init; } = 40;
}

/// <summary>The input of the recommendations.</summary>
public sealed record AdviceInput
{
    public required SalesHistory History { get; init; }

    /// <summary>Made of the history.</summary>
    public required ForecastResult Forecast { get; init; }

    /// <summary>In the order of the history's series.</summary>
    public required IReadOnlyList<SeriesSituation> Series { get; init; }

    /// <summary>The first day an order can be placed on.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>How old the forecast is.</summary>
    public TimeSpan ForecastAge { get; init; }

    /// <summary>
    /// A forecast made earlier, of which some days are in the history by now: sales are compared with it. In any order; empty if none.
    /// </summary>
    public IReadOnlyList<SeriesForecast> Earlier { get; init; } = [];

    /// <summary>What is on order.</summary>
    public IReadOnlyList<OpenOrder> OpenOrders { get; init; } = [];

    /// <summary>Everything that suppliers confirmed, delivered or not.</summary>
    public IReadOnlyList<Confirmation> Confirmations { get; init; } = [];

    /// <summary>Everything that came.</summary>
    public IReadOnlyList<Receipt> Receipts { get; init; } = [];

    /// <summary>Ways that goods go.</summary>
    public IReadOnlyList<TransferRoute> Routes { get; init; } = [];

    /// <summary>Offers ahead.</summary>
    public IReadOnlyList<PlannedOffer> Offers { get; init; } = [];

    /// <summary>Items that are not sold yet.</summary>
    public IReadOnlyList<NewItem> NewItems { get; init; } = [];

    /// <summary>How earlier items began; those that the history shows are added.</summary>
    public IReadOnlyList<Launch> Launches { get; init; } = [];

    public CampaignPolicy Campaigns { get; init; } = new();

    /// <summary>Money for orders; null: no bound.</summary>
    public Money? Budget { get; init; }

    public AdviceSettings Settings { get; init; } = new();
}
