using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Stockgate.Emulator.Worker.Hosting;

/// <summary>Replaces <c>%Name%</c> in a trigger's string by the setting of that name.</summary>
internal static partial class SettingNames
{
    /// <exception cref="InvalidOperationException">A setting is missing; the message names it.</exception>
    public static string Resolve(string text, IConfiguration configuration) => Placeholder().Replace(text, match =>
        configuration[match.Groups[1].Value.Replace("__", ConfigurationPath.KeyDelimiter)]
        ?? throw new InvalidOperationException($"the setting '{match.Groups[1].Value}' that %{match.Groups[1].Value}% names is not set (environment or local.settings.json)"));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Placeholder();
}
