using Stockgate.Domain.Promotions.Live;
using static Stockgate.Platform.Settings.Reference.SettingDescription;

namespace Stockgate.Platform.Settings.Reference;

/// <summary>The monitor of live promotions.</summary>
internal static class MonitorDescriptions
{
    private static readonly MonitorLimits Usual = new();
    private static readonly ActionPolicy Policy = new();

    public static SettingGroup Limits { get; } =
        new(
            "The monitor of live promotions",
            "Ratios are of what was expected so far; shares are 0 to 1.",
            [
                new("Promotions__Monitor__FastRatio", "ratio above 1", Text(Usual.FastRatio), "from here a region sells too fast", "2"),
                new(
                    "Promotions__Monitor__SlowRatio",
                    "ratio, 0 to 1",
                    Text(Usual.SlowRatio),
                    "up to here a region sells too slowly",
                    "0.4"
                ),
                new(
                    "Promotions__Monitor__ShortShare",
                    "share",
                    Text(Usual.ShortShare),
                    "share of a region's demand without stock at this pace, from which it sells too fast",
                    "0.2"
                ),
                new(
                    "Promotions__Monitor__MinimumElapsed",
                    "share",
                    Text(Usual.MinimumElapsed),
                    "of the window, before a pace says anything",
                    "0.1"
                ),
                new(
                    "Promotions__Monitor__MinimumExpected",
                    "units",
                    Text(Usual.MinimumExpected),
                    "that must have been expected before a pace says anything",
                    "30"
                ),
                new(
                    "Promotions__Monitor__NoSalesExpected",
                    "units",
                    Text(Usual.NoSalesExpected),
                    "that must have been expected before no sale at all is reported",
                    "12"
                ),
                new(
                    "Promotions__Monitor__PriceTolerance",
                    "share of the price",
                    Text(Usual.PriceTolerance),
                    "how far a price that is shown may differ",
                    "0.01"
                ),
                new(
                    "Promotions__Monitor__PriceMaxAge",
                    "time span",
                    Text(Usual.PriceMaxAge),
                    "how old an observed price may be",
                    "01:00:00"
                ),
                new(
                    "Promotions__Monitor__PriceGrace",
                    "time span",
                    Text(Usual.PriceGrace),
                    "how long a channel has to show a price",
                    "00:05:00"
                ),
                new("Promotions__Monitor__DriftUnits", "units", Text(Usual.DriftUnits), "that a count may differ from the ledger", "6"),
                new(
                    "Promotions__Monitor__DriftShare",
                    "share of the ledger",
                    Text(Usual.DriftShare),
                    "the same as a share; the larger of the two holds",
                    "0.2"
                ),
                new(
                    "Promotions__Monitor__DonorCover",
                    "factor",
                    Text(Usual.DonorCover),
                    "what a region that gives stock away keeps of its own need",
                    "1.5"
                ),
                new(
                    "Promotions__Monitor__DeepenStep",
                    "percentage points",
                    Text(Usual.DeepenStep),
                    "by which a discount is deepened at a time, within the margin floor",
                    "4"
                ),
            ]
        );

    public static SettingGroup Actions { get; } =
        new(
            "What the monitor may do",
            "`Show`: only shown. `Approve`: it happens when an operator has approved it. `Execute`: it happens without a person.",
            [
                Action(nameof(ActionPolicy.RestorePrice), Policy.RestorePrice, "correct a wrong price that is shown"),
                Action(nameof(ActionPolicy.ThrottleChannel), Policy.ThrottleChannel, "slow a channel down where a region sells too fast"),
                Action(nameof(ActionPolicy.EndPromotion), Policy.EndPromotion, "end the promotion early"),
                Action(nameof(ActionPolicy.MoveStock), Policy.MoveStock, "move stock between regions"),
                Action(nameof(ActionPolicy.DeepenDiscount), Policy.DeepenDiscount, "deepen the discount where a region sells too slowly"),
                Action(nameof(ActionPolicy.Recount), Policy.Recount, "have a shelf counted again"),
            ]
        );

    private static SettingDescription Action(string name, ActionAuthority usual, string meaning) =>
        new($"Promotions__Actions__{name}", PromotionDescriptions.Names<ActionAuthority>(), usual.ToString(), meaning, "Approve");
}
