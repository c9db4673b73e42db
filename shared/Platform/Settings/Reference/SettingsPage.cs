using System.Text;

namespace Stockgate.Platform.Settings.Reference;

/// <summary>Writes docs/settings.md.</summary>
internal static class SettingsPage
{
    public static string Write()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Settings

            *"What can be set, in which unit, and what holds if I leave it out?"*

            <!-- Generated from shared/Platform/Settings/Reference. Change it there, then run
                 STOCKGATE_WRITE_SETTINGS=1 dotnet test tests/Functions.Tests --filter SettingsReferenceTests -->

            Settings are environment variables, or `Values` in `local.settings.json`. `__` separates the parts of a name. The app reads all
            of them before it starts: with a mistake (a value that can't be used, a name that it does not know) it lists every mistake at
            once, with the nearest known name, and does not start. Times are `hours:minutes:seconds`, with days before a dot:
            `1.12:00:00`. Lists in one value are separated by commas.

            Parts in capitals stand for something:
            """
        );
        page.Append("\n\n");
        foreach (var (placeholder, meaning, _) in SettingsReference.Placeholders)
            page.Append($"- `{placeholder}`: {meaning}\n");
        foreach (var group in SettingsReference.Groups)
        {
            page.Append($"\n## {group.Title}\n\n");
            if (group.Words.Length > 0)
                page.Append($"{group.Words}\n\n");
            page.Append("| setting | values | default | |\n|---|---|---|---|\n");
            foreach (var setting in group.Settings)
                page.Append($"| `{setting.Name}` | {setting.Values} | {Shown(setting.Default)} | {setting.Meaning} |\n");
        }
        return page.ToString();
    }

    private static string Shown(string text) => text is "" or "required" || text.StartsWith('(') ? text : $"`{text}`";
}
