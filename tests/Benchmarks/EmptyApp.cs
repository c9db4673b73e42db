using Stockgate.Local.Run;

namespace Stockgate.Benchmarks;

/// <summary>
/// The tests' own small app on the same host: an empty HTTP function and plain orchestrations, with nothing of the product in them.
/// </summary>
internal static class EmptyApp
{
    private static readonly string[] Listeners =
    [
        "OnSingle",
        "OnBatch",
        "OnSettled",
        "OnSessionSingle",
        "OnSessionBatch",
        "OnNews",
        "Tick",
        "AtStart",
    ];

    public static LocalAppSettings Settings(string state, AzuriteProcess azurite)
    {
        var settings = new LocalAppSettings
        {
            StateFolder = state,
            Port = Ports.Free(),
            App = "tests/Local.Tests.App",
        };
        settings.Environment["AzureWebJobsStorage"] = azurite.ConnectionString;
        settings.Environment["JOURNAL"] = Path.Combine(state, "journal");
        settings.Environment["TimerSchedule"] = "0 0 0 1 1 *";
        settings.Environment["AzureFunctionsJobHost__extensions__durableTask__hubName"] = "Benchmarks";
        foreach (var listener in Listeners)
            settings.Environment[$"AzureWebJobs.{listener}.Disabled"] = "1";
        return settings;
    }
}
