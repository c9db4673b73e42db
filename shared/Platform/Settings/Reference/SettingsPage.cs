using System.Text;

namespace Stockgate.Platform.Settings.Reference;

/// <summary>Writes docs/settings.md.</summary>
internal static class SettingsPage
{
    /// <summary>Parts of a name that the operator chooses, and what they stand for.</summary>
    public static IReadOnlyList<(string Placeholder, string Meaning)> Placeholders { get; } =
    [
        ("NAME", "a name of yours: of a channel, a person, a location, a supplier"),
        ("N", "a number, counted from 0"),
        ("SKU", "an item"),
        ("CURRENCY", "an ISO 4217 code"),
        ("LOCATION", "a location"),
        ("CHANNEL", "a channel that posts events"),
        ("ID", "Shopify's id of a location"),
    ];

    public static string Write(IReadOnlyCollection<SettingSection> sections)
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Settings

            *"What can be set, in which unit, and what holds if I leave it out?"*

            <!-- Generated from the options classes (their [Setting] attributes). Change them there, then run
                 STOCKGATE_WRITE_SETTINGS=1 dotnet test tests/Functions.Tests --filter SettingsReferenceTests -->

            Settings are environment variables, or `Values` in `local.settings.json`. `__` separates the parts of a name. The app reads all
            of them before it starts: with a mistake (a value that can't be used, a name that it does not know) it lists every mistake at
            once, with the nearest known name, and does not start. Times are `hours:minutes:seconds`, with days before a dot:
            `1.12:00:00`. Lists in one value are separated by commas.

            Parts in capitals stand for something:
            """
        );
        page.Append("\n\n");
        foreach (var (placeholder, meaning) in Placeholders)
            page.Append($"- `{placeholder}`: {meaning}\n");
        foreach (var group in SettingGroup.All)
        {
            page.Append($"\n## {group.Title}\n\n");
            if (group.Words.Length > 0)
                page.Append($"{group.Words}\n\n");
            page.Append("| setting | values | default | |\n|---|---|---|---|\n");
            foreach (var setting in Rows(group, sections))
                page.Append($"| `{setting.Name}` | {setting.Values} | {Shown(setting.Default)} | {setting.Meaning} |\n");
        }
        return page.ToString();
    }

    /// <summary>The rows under a heading.</summary>
    internal static IEnumerable<SettingRow> Rows(SettingGroup group, IReadOnlyCollection<SettingSection> sections) =>
        (group == SettingGroup.All[0] ? SettingGroup.Connections : []).Concat(
            group.Classes.SelectMany(type => SettingRow.Of(sections.Single(section => section.Type == type)))
        );

    private static string Shown(string text) => text is "" or "required" || text.StartsWith('(') ? text : $"`{text}`";
}
