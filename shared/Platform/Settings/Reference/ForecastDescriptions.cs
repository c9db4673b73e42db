using System.Globalization;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Forecasting.Advice;
using static Stockgate.Platform.Settings.Reference.SettingDescription;

namespace Stockgate.Platform.Settings.Reference;

/// <summary>Forecasts and recommendations.</summary>
internal static class ForecastDescriptions
{
    private const string Suppliers = "Forecasts__Suppliers__NAME__",
        Routes = "Forecasts__Routes__N__";

    private static readonly ForecastSettings Usual = new(SettingsExamples.None);
    private static readonly AdviceSettingsReader Follow = new(SettingsExamples.Of(("Forecasts:Suppliers:acme:LeadTime", "1")));
    private static readonly OrderTerms Terms = Follow.Suppliers.Values.Single();

    public static SettingGroup Runs { get; } =
        new(
            "Forecast",
            "Fewer tests, trees and days make a run faster, and its forecast worse.",
            [
                new(
                    "Forecasts__DailyAt",
                    "time of day, UTC; `never`",
                    Usual.DailyAt!.Value.ToString("HH:mm", CultureInfo.InvariantCulture),
                    "when the nightly run begins",
                    "03:15"
                ),
                new("Forecasts__Horizon", "1 to 182 days", Text(Usual.Horizon), "days that are forecast", "14"),
                new("Forecasts__HistoryDays", "28 to 3660 days", Text(Usual.HistoryDays), "days that are learned from, at most", "730"),
                new(
                    "Forecasts__Regions__LOCATION",
                    "region",
                    "(of the newest promotion that lists it)",
                    "the region of a location",
                    "north"
                ),
                new(
                    "Forecasts__Origins",
                    "1 to 12",
                    Text(Usual.Engine.Origins),
                    "how often each method is tested on the end of the past",
                    "2"
                ),
                new("Forecasts__Rounds", "1 to 5000", Text(Usual.Engine.Trees.Rounds), "trees of the tree method", "100"),
                new(
                    "Forecasts__Rows",
                    "1000 to 20000000",
                    Text(Usual.Engine.MostRows),
                    "days of single items that the trees learn from, at most",
                    "500000"
                ),
            ]
        );

    public static SettingGroup Follows { get; } =
        new(
            "What follows from a forecast",
            "A supplier's NAME is the `supplier` of `product.updated`; without terms nothing is ordered. Transfers go on these routes only.",
            [
                new($"{Suppliers}LeadTime", "0 to 730 days", "required", "from an order to the shelf", "5"),
                new($"{Suppliers}Review", "1 to 365 days", Text(Terms.Review), "from one order to the next, at least", "7"),
                new($"{Suppliers}Pack", "0.001 units or more", Text(Terms.Pack.Value), "units of a pack", "6"),
                new($"{Suppliers}MinimumOrder", "units", Text(Terms.Minimum.Value), "of an order, at least", "24"),
                new($"{Suppliers}OrderDays", "days of the week", "(every day)", "when orders are taken", "Monday,Thursday"),
                new($"{Routes}From", "location", "required", "where goods come from", "warehouse"),
                new($"{Routes}To", "location", "required", "where they go to", "store-01"),
                new($"{Routes}Days", "0 to 365 days", "1", "how long it takes", "2"),
                new($"{Routes}PerUnit", "money", "0", "what a unit costs", "0.10"),
                new($"{Routes}PerTrip", "money", "0", "what a trip costs", "20"),
                new($"{Routes}Currency", "ISO 4217", "required", "of these costs", "GBP"),
                new("Forecasts__Budget__Amount", "money", "(no bound)", "for a night's orders", "10000"),
                new("Forecasts__Budget__Currency", "ISO 4217", "", "of the budget; required with it", "GBP"),
                new(
                    "Forecasts__Service",
                    "0.5 to 0.999",
                    Text(Follow.Bounds.Service),
                    "the probability that an order lasts until the next one arrives",
                    "0.95"
                ),
                new(
                    "Forecasts__Campaigns__CoverDays",
                    "1 to 182 days",
                    Text(Follow.Campaigns.CoverDays),
                    "how long stock has to last for an item to be safe to advertise",
                    "7"
                ),
                new(
                    "Forecasts__Campaigns__Service",
                    "0.5 to 0.999",
                    Text(Follow.Campaigns.Service),
                    "the probability that it lasts",
                    "0.95"
                ),
                new(
                    "Forecasts__Campaigns__LeastMarginPercent",
                    "-1000 to 100 %",
                    Text(Follow.Campaigns.LeastMarginPercent),
                    "the least margin of an advertised item",
                    "12"
                ),
                new(
                    "Forecasts__Campaigns__StockAge",
                    "time span above 0",
                    Text(Follow.Campaigns.StockAge),
                    "how old its stock figure may be",
                    "12:00:00"
                ),
                new(
                    "Forecasts__Campaigns__ForecastAge",
                    "time span above 0",
                    Text(Follow.Campaigns.ForecastAge),
                    "how old the forecast may be",
                    "2.00:00:00"
                ),
            ]
        );
}
