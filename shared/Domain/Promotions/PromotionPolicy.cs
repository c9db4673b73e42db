using System.ComponentModel.DataAnnotations;
using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Promotions;

/// <summary>
/// The retailer's rules for its promotions. The defaults are on the safe side: a large promotion needs two people, an old figure holds it
/// up.
/// </summary>
public sealed record PromotionPolicy
{
    /// <summary>Who approves what. Without one that is in the promotion's currency, the approval gate stays red.</summary>
    public IReadOnlyList<ApprovalMatrix> Approvals { get; init; } = [];

    /// <summary>The least margin of an item and of the whole, percent of sales, after funding.</summary>
    [Setting("-1000 to 100 %", "the least margin of each item, after funding"), Range(-1000.0, 100.0)]
    public decimal MinimumItemMarginPercent { get; init; }

    [Setting("-1000 to 100 %", "the least margin of a whole promotion, after funding"), Range(-1000.0, 100.0)]
    public decimal MinimumMarginPercent { get; init; } = 5;

    /// <summary>A price below this share of the item's cost is refused; null for no such floor.</summary>
    [Setting("percent", "a price below this share of the item's cost is refused", Default = "(no such floor)")]
    public decimal? FloorPercentOfCost { get; init; }

    /// <summary>Legal or agreed minimum prices.</summary>
    public IReadOnlyDictionary<Sku, decimal> Floors { get; init; } = new Dictionary<Sku, decimal>();

    /// <summary>SKUs and categories that are never promoted.</summary>
    public IReadOnlySet<Sku> ExcludedItems { get; init; } = new HashSet<Sku>();

    public IReadOnlySet<string> ExcludedCategories { get; init; } = new HashSet<string>();

    public IReadOnlySet<Sku> RecalledItems { get; init; } = new HashSet<Sku>();

    public IReadOnlyList<Blackout> Blackouts { get; init; } = [];

    /// <summary>How old a stock figure may be.</summary>
    [Setting("", "how old a stock figure may be")]
    public TimeSpan StockMaxAge { get; init; } = TimeSpan.FromHours(4);

    /// <summary>A forecast that came in force longer ago is not gone by; the mean of the 28 days before is.</summary>
    [Setting("", "an older forecast is not used; the mean of the 28 days before the start is")]
    public TimeSpan ForecastMaxAge { get; init; } = TimeSpan.FromHours(48);

    /// <summary>The share of a region's demand at P90 that its stock must cover, above 0 and up to 100.</summary>
    [Setting("0.01 to 100 %", "how much of a region's demand at P90 its stock has to cover"), Range(0.01, 100.0)]
    public decimal MinimumCoverPercent { get; init; } = 100;

    /// <summary>What is done about a region that is short.</summary>
    public ShortRegionPlan ShortRegion { get; init; } = new(ShortRegionPolicy.None);

    /// <summary>From a delivery's arrival to the shelf.</summary>
    [Setting("", "from a delivery's arrival to the shelf")]
    public TimeSpan ShelfTime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>From an order to the supplier to the warehouse's door.</summary>
    [Setting("", "from an order to the warehouse's door")]
    public TimeSpan SupplierLeadTime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Before the start, unconfirmed funding turns from amber to red.</summary>
    [Setting("", "so long before the start unconfirmed funding turns from amber to red")]
    public TimeSpan FundingRedBefore { get; init; } = TimeSpan.FromDays(2);

    /// <summary>What every store has to do.</summary>
    public IReadOnlyList<string> StoreTasks { get; init; } = ["signage", "labour"];

    /// <summary>Before the start, by when stores have to have done it.</summary>
    [Setting("", "so long before the start stores have to have done it")]
    public TimeSpan StoreTaskLead { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Percent more units for each percent off, above 0, where a promotion asks for a forecast of its uplift.</summary>
    [Setting("0.01 to 20", "percent more units per percent off, where a promotion has its uplift forecast"), Range(0.01, 20.0)]
    public decimal Elasticity { get; init; } = 2;

    /// <summary>Units a day and region that an item without any sales is taken to sell.</summary>
    [Setting("units", "what an item without sales is expected to sell per day and region"), Range(0.0, 1_000_000.0)]
    public decimal ColdStartUnitsPerDay { get; init; } = 1;

    /// <summary>Before the start, when the prices are sent to the channels. Each channel's own lead time is added.</summary>
    [Setting("", "so long before the start prices are sent to the channels; each channel's lead time is added")]
    public TimeSpan PrepareLead { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Before the start, when the gates are judged for the last time.</summary>
    [Setting("", "so long before the start the gates are judged for the last time")]
    public TimeSpan FinalCheckLead { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long channels have to confirm a revision that is sent when less than the lead is left.</summary>
    [Setting("", "how long channels have to confirm prices that are sent late")]
    public TimeSpan PrepareTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>After the start, by when every channel has to show the prices.</summary>
    [Setting("", "so long after the start every channel has to show the prices")]
    public TimeSpan ActivateTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long channels have to show the prior prices again before an exception is opened.</summary>
    [Setting("", "how long channels have to show the prior prices again before an exception is opened")]
    public TimeSpan RevertTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What was not confirmed is sent again after so long.</summary>
    [Setting("", "when an unconfirmed message is sent again")]
    public TimeSpan RetryEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often channels that have not confirmed are looked at, or asked.</summary>
    [Setting("", "how often channels that have not confirmed are looked at or asked")]
    public TimeSpan AskEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Gates are judged again after so long though nothing changed: figures age.</summary>
    [Setting("", "how often gates are judged though nothing changed: figures age")]
    public TimeSpan JudgeEvery { get; init; } = TimeSpan.FromMinutes(5);

    [Setting("", "how often a live promotion is looked at")]
    public TimeSpan MonitorEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long each of those who are asked by mail has; after it nobody is asked again, and the console still takes their word.
    /// </summary>
    [Setting("", "how long each person who is asked by mail has; later the API still takes an answer")]
    public TimeSpan ApprovalSla { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long suppliers have to pay their claims before the promotion is settled with what is open.</summary>
    [Setting("", "how long suppliers have to pay before a promotion is settled with what is open")]
    public TimeSpan ClaimTerm { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The matrix of a currency.</summary>
    public ApprovalMatrix MatrixOf(Currency currency) =>
        Approvals.FirstOrDefault(m => m.Currency == currency) ?? new ApprovalMatrix(currency, []);
}
