namespace Stockgate.Platform.Settings.Reference;

/// <summary>
/// Every setting, described. Defaults come from the options themselves; a test compares the names with those that the readers ask for, and
/// docs/settings.md with this.
/// </summary>
internal static class SettingsReference
{
    public static IReadOnlyList<SettingGroup> Groups { get; } =
    [
        ConnectionDescriptions.Group,
        ChannelDescriptions.Ingest,
        ChannelDescriptions.Outbound,
        AccessDescriptions.Group,
        PeopleDescriptions.People,
        PeopleDescriptions.Mail,
        PromotionDescriptions.Policy,
        MonitorDescriptions.Limits,
        MonitorDescriptions.Actions,
        OrderDescriptions.Actions,
        OrderDescriptions.Accuracy,
        ForecastDescriptions.Runs,
        ForecastDescriptions.Follows,
    ];

    /// <summary>Parts of a name that the operator chooses: the placeholder, what it stands for, and one that can be used.</summary>
    public static IReadOnlyList<(string Placeholder, string Meaning, string Example)> Placeholders { get; } =
    [
        ("NAME", "a name of yours: of a channel, a person, a location, a supplier", "shop"),
        ("N", "a number, counted from 0", "0"),
        ("SKU", "an item", "SKU-1"),
        ("CURRENCY", "an ISO 4217 code", "GBP"),
        ("LOCATION", "a location", "store-01"),
        ("CHANNEL", "a channel that posts events", "shop"),
        ("ID", "Shopify's id of a location", "905684977"),
    ];
}
