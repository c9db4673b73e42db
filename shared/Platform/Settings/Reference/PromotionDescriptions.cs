using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Gates;
using static Stockgate.Platform.Settings.Reference.SettingDescription;

namespace Stockgate.Platform.Settings.Reference;

/// <summary>The promotion policy.</summary>
internal static class PromotionDescriptions
{
    private static readonly PromotionPolicy Usual = new();

    public static SettingGroup Policy { get; } =
        new(
            "Promotions",
            "The approval matrix has rows from the smallest promotion to the largest; the first row whose three limits a promotion keeps "
                + "says who approves. Without a matrix of its currency no promotion launches.",
            [
                new("Promotions__Approvals__CURRENCY__N__MaxAmount", "money", "(no limit)", "the whole amount of the discount", "50000"),
                new(
                    "Promotions__Approvals__CURRENCY__N__MaxDepthPercent",
                    "percent",
                    "(no limit)",
                    "the deepest discount of an item",
                    "40"
                ),
                new("Promotions__Approvals__CURRENCY__N__MaxMarginImpact", "money", "(no limit)", "the margin that is given up", "9000"),
                new(
                    "Promotions__Approvals__CURRENCY__N__Roles",
                    "roles in their order, `none`",
                    "required",
                    "who approves; `none`: nobody has to",
                    "finance"
                ),
                new(
                    "Promotions__Approvals__CURRENCY__N__Accounting",
                    $"{Names<DiscountAccounting>()}",
                    nameof(DiscountAccounting.RevenueReduction),
                    "where the books carry the discount",
                    nameof(DiscountAccounting.SupplierFunded)
                ),
                new(
                    "Promotions__MinimumMarginPercent",
                    "-1000 to 100 %",
                    Text(Usual.MinimumMarginPercent),
                    "the least margin of a whole promotion, after funding",
                    "6"
                ),
                new(
                    "Promotions__MinimumItemMarginPercent",
                    "-1000 to 100 %",
                    Text(Usual.MinimumItemMarginPercent),
                    "the least margin of each item, after funding",
                    "1"
                ),
                new(
                    "Promotions__FloorPercentOfCost",
                    "percent",
                    "(no such floor)",
                    "a price below this share of the item's cost is refused",
                    "80"
                ),
                new("Promotions__Floors__SKU", "money", "", "the legal or agreed minimum price of an item", "9.99"),
                new("Promotions__ExcludedItems__N", "SKU", "", "never promoted", "SKU-9"),
                new("Promotions__ExcludedCategories__N", "category", "", "never promoted", "Tobacco"),
                new("Promotions__RecalledItems__N", "SKU", "", "recalled, so not promoted", "SKU-8"),
                new("Promotions__Blackouts__N__Name", "text", "N", "a time without promotions: its name", "stocktaking"),
                new("Promotions__Blackouts__N__From", "time, UTC", "required", "its beginning", "2026-12-24T00:00:00Z"),
                new("Promotions__Blackouts__N__To", "time, UTC", "required", "its end", "2026-12-26T00:00:00Z"),
                new("Promotions__StockMaxAge", "time span", Text(Usual.StockMaxAge), "how old a stock figure may be", "02:00:00"),
                new(
                    "Promotions__ForecastMaxAge",
                    "time span",
                    Text(Usual.ForecastMaxAge),
                    "an older forecast is not used; the mean of the 28 days before the start is",
                    "1.00:00:00"
                ),
                new(
                    "Promotions__MinimumCoverPercent",
                    "0.01 to 100 %",
                    Text(Usual.MinimumCoverPercent),
                    "how much of a region's demand at P90 its stock has to cover",
                    "90"
                ),
                new(
                    "Promotions__ShortRegion__Policy",
                    Names<ShortRegionPolicy>(),
                    nameof(ShortRegionPolicy.None),
                    "what is done about a region that is short",
                    "Stagger"
                ),
                new(
                    "Promotions__ShortRegion__Channels__N",
                    "channel",
                    "",
                    "with `LimitChannels`: the channels that still sell there",
                    "pos"
                ),
                new(
                    "Promotions__ShortRegion__Locations__N",
                    "location",
                    "",
                    "with `HoldLocations`: the locations that take no part",
                    "store-01"
                ),
                new(
                    "Promotions__ShortRegion__Delay",
                    "time span above 0",
                    "",
                    "with `Stagger`: how much later the region starts",
                    "04:00:00"
                ),
                new("Promotions__ShelfTime", "time span", Text(Usual.ShelfTime), "from a delivery's arrival to the shelf", "12:00:00"),
                new(
                    "Promotions__SupplierLeadTime",
                    "time span",
                    Text(Usual.SupplierLeadTime),
                    "from an order to the warehouse's door",
                    "5.00:00:00"
                ),
                new(
                    "Promotions__FundingRedBefore",
                    "time span",
                    Text(Usual.FundingRedBefore),
                    "so long before the start unconfirmed funding turns from amber to red",
                    "1.00:00:00"
                ),
                new(
                    "Promotions__StoreTasks__N",
                    "text; `Promotions__StoreTasks=none`",
                    string.Join(", ", Usual.StoreTasks),
                    "what every store has to do",
                    "signage"
                ),
                new(
                    "Promotions__StoreTaskLead",
                    "time span",
                    Text(Usual.StoreTaskLead),
                    "so long before the start stores have to have done it",
                    "06:00:00"
                ),
                new(
                    "Promotions__Elasticity",
                    "0.01 to 20",
                    Text(Usual.Elasticity),
                    "percent more units per percent off, where a promotion has its uplift forecast",
                    "1.5"
                ),
                new(
                    "Promotions__ColdStartUnitsPerDay",
                    "units",
                    Text(Usual.ColdStartUnitsPerDay),
                    "what an item without sales is expected to sell per day and region",
                    "2"
                ),
                new(
                    "Promotions__PrepareLead",
                    "time span",
                    Text(Usual.PrepareLead),
                    "so long before the start prices are sent to the channels; each channel's lead time is added",
                    "00:10:00"
                ),
                new(
                    "Promotions__FinalCheckLead",
                    "time span",
                    Text(Usual.FinalCheckLead),
                    "so long before the start the gates are judged for the last time",
                    "00:00:10"
                ),
                new(
                    "Promotions__PrepareTime",
                    "time span",
                    Text(Usual.PrepareTime),
                    "how long channels have to confirm prices that are sent late",
                    "00:01:00"
                ),
                new(
                    "Promotions__ActivateTime",
                    "time span",
                    Text(Usual.ActivateTime),
                    "so long after the start every channel has to show the prices",
                    "00:02:00"
                ),
                new(
                    "Promotions__RevertTime",
                    "time span",
                    Text(Usual.RevertTime),
                    "how long channels have to show the prior prices again before an exception is opened",
                    "00:03:00"
                ),
                new("Promotions__RetryEvery", "time span", Text(Usual.RetryEvery), "when an unconfirmed message is sent again", "00:00:20"),
                new(
                    "Promotions__AskEvery",
                    "time span",
                    Text(Usual.AskEvery),
                    "how often channels that have not confirmed are looked at or asked",
                    "00:00:03"
                ),
                new(
                    "Promotions__JudgeEvery",
                    "time span",
                    Text(Usual.JudgeEvery),
                    "how often gates are judged though nothing changed: figures age",
                    "00:06:00"
                ),
                new(
                    "Promotions__MonitorEvery",
                    "time span",
                    Text(Usual.MonitorEvery),
                    "how often a live promotion is looked at",
                    "00:07:00"
                ),
                new(
                    "Promotions__ApprovalSla",
                    "time span",
                    Text(Usual.ApprovalSla),
                    "how long each person who is asked by mail has; later the API still takes an answer",
                    "12:00:00"
                ),
                new(
                    "Promotions__ClaimTerm",
                    "time span",
                    Text(Usual.ClaimTerm),
                    "how long suppliers have to pay before a promotion is settled with what is open",
                    "20.00:00:00"
                ),
            ]
        );

    internal static string Names<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(static name => $"`{name}`"));
}
