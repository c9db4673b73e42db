using System.Globalization;

namespace Stockgate.Platform.Settings.Reference;

/// <summary>A setting as documented in docs/settings.md.</summary>
/// <param name="Name">As an environment variable. Parts in capitals are <see cref="SettingsReference.Placeholders"/>.</param>
/// <param name="Values">Unit and range.</param>
/// <param name="Default">What holds where it is not set: a value, words in parentheses, nothing; or <c>required</c>.</param>
/// <param name="Meaning">What it does, in a sentence without a full stop.</param>
/// <param name="Example">A value that can be used; empty if another setting of the group excludes it.</param>
/// <param name="CheckedAtStart">False for what the host or a library reads: <see cref="SettingsCheck"/> does not see it.</param>
internal sealed record SettingDescription(
    string Name,
    string Values,
    string Default,
    string Meaning,
    string Example,
    bool CheckedAtStart = true
)
{
    /// <summary>The default as the settings write it.</summary>
    public static string Text(object value) =>
        value switch
        {
            TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
}

/// <summary>Settings of one purpose.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Words">What is to be known of all of them.</param>
/// <param name="Settings">In the order in which they are shown.</param>
internal sealed record SettingGroup(string Title, string Words, IReadOnlyList<SettingDescription> Settings);
