using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Stockgate.Platform;
using Stockgate.Platform.Settings;
using Stockgate.Platform.Storage;

namespace Stockgate.Functions.Tests.Settings;

/// <summary>What the app makes of settings.</summary>
internal static class App
{
    public static IConfiguration Configuration(params IEnumerable<(string Key, string? Value)> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create(s.Key, s.Value))).Build();

    public static ServiceProvider Services(IConfiguration configuration) =>
        new ServiceCollection()
            .AddLogging()
            .AddStockgate(configuration)
            // Tables that no test of settings looks at, where no connection is among the settings.
            .AddSingleton(new StateTables(new TableServiceClient("UseDevelopmentStorage=true"), 1))
            .BuildServiceProvider();

    /// <exception cref="OptionsValidationException">A setting that it is made of can't be used.</exception>
    public static T Made<T>(params IEnumerable<(string Key, string? Value)> settings)
        where T : notnull => Services(Configuration(settings)).GetRequiredService<T>();

    public static IReadOnlyList<string> Mistakes(params IEnumerable<(string Key, string? Value)> settings)
    {
        var configuration = Configuration(settings);
        using var services = Services(configuration);
        return SettingsCheck.MistakesIn(services, configuration);
    }
}
