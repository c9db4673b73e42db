using Microsoft.Extensions.Configuration;

namespace Stockgate.Platform.Settings.Reference;

/// <summary>Default settings, the source of the documented defaults.</summary>
internal static class SettingsExamples
{
    public static IConfiguration None { get; } = Of();

    public static IConfiguration Of(params IEnumerable<(string Key, string Value)> settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static s => new KeyValuePair<string, string?>(s.Key, s.Value)))
            .Build();
}
