using Microsoft.Extensions.Configuration;

namespace Stockgate.Platform.Settings.Reference;

/// <summary>Settings that are written down, for readers to show their defaults with.</summary>
internal static class SettingsExamples
{
    public static IConfiguration None { get; } = Of();

    public static IConfiguration Of(params IEnumerable<(string Key, string Value)> settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static s => new KeyValuePair<string, string?>(s.Key, s.Value)))
            .Build();
}
