using Azure.Messaging.ServiceBus;
using Stockgate.Local.Run;
using Stockgate.Local.ServiceBus;

namespace Stockgate.Local.Tests.Host;

/// <summary>Azurite, a broker and a host on the test app, shared by the tests of the collection.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("stockgate-host-").FullName;
    private AzuriteProcess? azurite;
    private BrokerServer? broker;
    private HostProcess? host;

    internal HostProcess Host => host!;

    internal HttpClient Client => Host.Client;

    internal ServiceBusClient Bus { get; private set; } = null!;

    internal Dictionary<string, string> Settings { get; private set; } = [];

    public async Task InitializeAsync()
    {
        azurite = await AzuriteProcess.StartAsync(Repository.Root());
        broker = await BrokerServer.StartAsync(
            new BrokerOptions
            {
                DataFile = Path.Combine(folder, "bus.db"),
                EntityFile = Path.Combine(HostProcess.App, "servicebus-config.json"),
            }
        );
        Bus = new ServiceBusClient(broker.ConnectionString);
        Settings = new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["Bus"] = broker.ConnectionString,
            ["JOURNAL"] = Path.Combine(folder, "journal"),
            ["TimerSchedule"] = "*/1 * * * * *",
            ["AzureWebJobs.Switched.Disabled"] = "1",
        };
        host = await HostProcess.StartAsync(HostProcess.App, Path.Combine(folder, "state"), Settings);
    }

    /// <summary>Settings for a second host, which keeps out of the first one's way.</summary>
    internal Dictionary<string, string> SettingsOfAnother(string journal) =>
        new(Settings)
        {
            ["JOURNAL"] = journal,
            ["AzureFunctionsJobHost__extensions__durableTask__hubName"] = "Other",
            ["AzureWebJobs.OnSingle.Disabled"] = "1",
            ["AzureWebJobs.OnBatch.Disabled"] = "1",
            ["AzureWebJobs.OnSettled.Disabled"] = "1",
            ["AzureWebJobs.OnSessionSingle.Disabled"] = "1",
            ["AzureWebJobs.OnSessionBatch.Disabled"] = "1",
            ["AzureWebJobs.OnNews.Disabled"] = "1",
        };

    /// <summary>What a function of the app wrote.</summary>
    internal string[] Journal(string name) => ReadJournal(Settings["JOURNAL"], name);

    internal static string[] ReadJournal(string folder, string name) =>
        Path.Combine(folder, name) is var file && File.Exists(file) ? File.ReadAllLines(file) : [];

    public async Task DisposeAsync()
    {
        if (host is not null)
            await host.DisposeAsync();
        if (broker is not null)
            await broker.DisposeAsync();
        if (azurite is not null)
            await azurite.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

[CollectionDefinition(Name)]
public sealed class HostCollection : ICollectionFixture<HostFixture>
{
    public const string Name = "Local host";
}
