using Stockgate.Domain.Orders.Accuracy;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Orders.Accuracy;
using static Stockgate.Platform.Settings.Reference.SettingDescription;

namespace Stockgate.Platform.Settings.Reference;

/// <summary>Order actions and order quality.</summary>
internal static class OrderDescriptions
{
    private const string Rules = "Orders__Substitutions__N__";

    private static readonly OrderAccuracySettings Usual = new(SettingsExamples.None);
    private static readonly SubstitutionRule Rule = new OrderAccuracySettings(SettingsExamples.Of(("Orders:Substitutions:0:Name", "any")))
        .Substitutions
        .Rules[0];
    private static readonly OrderActionLimits Waits = OrderActionLimits.Default;

    public static SettingGroup Actions { get; } =
        new(
            "Actions on orders",
            "Who may decide what is not a setting but a policy: [customer-service.md](customer-service.md).",
            [
                new(
                    "OrderActions__ConfirmWithin",
                    "time span above 0",
                    Text(Waits.ConfirmWithin),
                    "how long a channel has to confirm an action",
                    "00:05:00"
                ),
                new("OrderActions__AskEvery", "time span above 0", Text(Waits.AskEvery), "how often its answer is looked for", "00:00:01"),
                new(
                    "OrderActions__RetryEvery",
                    "time span above 0",
                    Text(Waits.RetryEvery),
                    "when an unconfirmed message is sent again",
                    "00:00:20"
                ),
            ]
        );

    public static SettingGroup Accuracy { get; } =
        new(
            "Orders and locations",
            "The first substitution rule that fits decides; without any rule nothing is substituted.",
            [
                new(
                    "Locations__NAME__Latitude",
                    "degrees",
                    "required",
                    "where a location is; orders are allocated and rerouted only to locations that are here",
                    "51.5"
                ),
                new("Locations__NAME__Longitude", "degrees", "required", "the same", "0.1"),
                new("Locations__NAME__Country", "country code", "", "the country of the location", "GB"),
                new(
                    "Orders__Allocate",
                    "`true`, `false`",
                    Text(Usual.Allocates),
                    "whether orders without a location are allocated",
                    "true"
                ),
                new(
                    "Orders__SplitPenaltyKm",
                    "0 to 100000 km",
                    Text(Usual.Rules.SplitPenaltyKm),
                    "the kilometres that avoiding one more parcel is worth",
                    "200"
                ),
                new(
                    "Orders__StockFreshFor",
                    "up to 365 days",
                    Text(Usual.Rules.StockFreshFor),
                    "how old a stock figure may be to allocate from it",
                    "02:00:00"
                ),
                new(
                    "Orders__Buffers__LOCATION__CHANNEL",
                    "units",
                    "0",
                    "of each item, kept back at the location from orders of the channel",
                    "2"
                ),
                new(
                    "Orders__RepeatAfter",
                    "up to 365 days",
                    Text(Usual.RepeatAfter),
                    "when an unconfirmed allocation is sent again",
                    "00:02:00"
                ),
                new(
                    "Orders__LookEvery",
                    "up to 365 days",
                    Text(Usual.LookEvery),
                    "how often an open order is looked at without an event",
                    "00:20:00"
                ),
                new(
                    "Orders__KeepFor",
                    "up to 365 days",
                    Text(Usual.KeepFor),
                    "how long after the order is over a trouble that nobody corrects is kept",
                    "20.00:00:00"
                ),
                new($"{Rules}Name", "text", "(rule N)", "the rule's name, in decisions", "lamps"),
                new($"{Rules}Category", "category", "(any)", "of the missing item", "Lamps"),
                new($"{Rules}Channel", "channel", "(any)", "that the order came from", "shop"),
                new($"{Rules}Allowed", "`true`, `false`", Text(Rule.Allowed), "whether a substitute is allowed", "true"),
                new($"{Rules}With", "categories", "(the item's own)", "of substitutes", "Lamps,Lanterns"),
                new($"{Rules}MaxDearerPercent", "0 to 1000 %", Text(Rule.MaxDearerPercent), "how much dearer a substitute may be", "10"),
                new($"{Rules}MaxCheaperPercent", "0 to 100 %", Text(Rule.MaxCheaperPercent), "how much cheaper it may be", "20"),
                new(
                    $"{Rules}NeedsConsent",
                    "`true`, `false`",
                    Text(Rule.NeedsConsent),
                    "whether the customer has to have agreed to substitutes",
                    "true"
                ),
                new(
                    "Orders__Reconciliation__PostsSales",
                    "`true`, `false`",
                    Text(Usual.Terms.PostsSales),
                    "whether finance books each order",
                    "true"
                ),
                new(
                    "Orders__Reconciliation__PostsShipments",
                    "`true`, `false`",
                    Text(Usual.Terms.PostsShipments),
                    "whether finance books each shipment",
                    "true"
                ),
                new(
                    "Orders__Reconciliation__Tolerance",
                    "money",
                    Text(Usual.Terms.Tolerance),
                    "what bookings and payments may differ",
                    "0.02"
                ),
                new("Orders__Reconciliation__Grace", "up to 365 days", Text(Usual.Terms.Grace), "how long they may take", "2.00:00:00"),
                new(
                    "Orders__Reconciliation__BeyondLines",
                    "money",
                    Text(Usual.Terms.BeyondLines),
                    "how much more than the order comes to may be taken without a trouble",
                    "5"
                ),
            ]
        );
}
