using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Stockgate.Demo;
using Stockgate.Demo.Local;
using Stockgate.Local.Run;
using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests;

/// <summary>
/// An Azurite and the app, both processes of their own, with a folder for the app's files. Everything is gone when it is disposed.
/// </summary>
public sealed class RunningApp : IAsyncLifetime, IAsyncDisposable
{
    // Work that was in flight at a kill stays invisible for a minute; the rest is for busy machines.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Who reads.</summary>
    public const string Reader = "Reader";

    /// <summary>A till.</summary>
    public const string Till = "Till";

    /// <summary>Sets channels up.</summary>
    public const string Admin = "Admin";

    private static readonly Dictionary<string, string> Always = new()
    {
        [Reader] = "operator",
        [Till] = "sales-channel",
        [Admin] = "admin",
    };

    // The keys that tests create are on record too, and are no part of what a test looks at.
    private const string NotOfKeys = "PartitionKey lt 'key ' or PartitionKey ge 'key!'";

    private readonly HttpClient http = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("stockgate-e2e-");
    private AzuriteProcess? azurite;
    private LocalApp? app;
    private Partner? partner;
    private ClientKeys? keys;

    public AzuriteProcess Azurite => azurite!;

    public LocalApp App => app!;

    public Partner Partner => partner!;

    public ClientKeys Keys => keys!;

    public AppSettings Settings { get; private set; } = null!;

    public string Folder => folder.FullName;

    public Reconciliation Books { get; private set; } = null!;

    /// <summary>The connection string that the app gets; Azurite's own where it is not set.</summary>
    public Func<AzuriteProcess, string> Storage { get; init; } = static azurite => azurite.ConnectionString;

    /// <summary>Changes the app's settings before it starts.</summary>
    public Action<AppSettings>? Configure { get; init; }

    public static async Task<RunningApp> StartAsync(Func<AzuriteProcess, string>? storage = null)
    {
        var running = storage is null ? new RunningApp() : new RunningApp { Storage = storage };
        try
        {
            await running.InitializeAsync();
            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    public async Task InitializeAsync()
    {
        azurite = await AzuriteProcess.StartAsync(SharedData.RepositoryRoot);
        Settings = AppSettings.For(Path.Combine(Folder, "state"), Ports.Free(), Storage(azurite));
        Settings.Environment["People__Ada__Roles"] = "data-steward";
        Configure?.Invoke(Settings);
        var starting = Stopwatch.GetTimestamp();
        app = await LocalApp.StartAsync(Settings);
        Pace.Started(Stopwatch.GetElapsedTime(starting));
        partner = new Partner(app.BaseAddress, Settings);
        keys = new ClientKeys(app);
        Books = new Reconciliation(azurite.ConnectionString);
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        partner?.Dispose();
        keys?.Dispose();
        http.Dispose();
        if (app is not null)
            await app.DisposeAsync();
        if (azurite is not null)
            await azurite.DisposeAsync();
        if (Environment.GetEnvironmentVariable("STOCKGATE_KEEP_LOGS") != "1")
            folder.Delete(recursive: true);
    }

    /// <summary>Waits until every accepted event is in the tables.</summary>
    public Task ProjectedAsync(TimeSpan? patience = null) =>
        UntilAsync(async () => (await App.BacklogAsync()).Waiting == 0, "every message is projected", patience);

    /// <summary>Looks again and again until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, string what, TimeSpan? patience = null)
    {
        for (var started = Stopwatch.GetTimestamp(); !await isSo(); await Task.Delay(25))
            if (Stopwatch.GetElapsedTime(started) > Pace.Of(patience ?? Patience))
                Assert.Fail($"After {Pace.Of(patience ?? Patience).TotalSeconds:0} s it is still not so that {what}.");
    }

    /// <summary>GET as an operator.</summary>
    /// <param name="path">Below <c>api/v1/</c>, percent-encoded.</param>
    public Task<HttpResponseMessage> GetAsync(string path) => CallAsync(HttpMethod.Get, path, Reader);

    /// <summary>A request of a person of the settings, or of one of those that every app has; null: without a key.</summary>
    public async Task<HttpResponseMessage> CallAsync(
        HttpMethod method,
        string path,
        string? by,
        ReadOnlyMemory<byte> body = default,
        string? reason = null
    ) => await CallWithKeyAsync(method, path, by is null ? null : await KeyOfAsync(by), body, reason);

    /// <summary>The key of a person of the settings, or of one of those that every app has.</summary>
    public Task<string> KeyOfAsync(string name) => Keys.OfAsync(name, Always.GetValueOrDefault(name) ?? Settings.People[name]);

    public async Task<HttpResponseMessage> CallWithKeyAsync(
        HttpMethod method,
        string path,
        string? key,
        ReadOnlyMemory<byte> body = default,
        string? reason = null
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(App.BaseAddress, $"api/v1/{path}"));
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (reason is not null)
            request.Headers.Add("X-Reason", reason);
        if (method == HttpMethod.Post || method == HttpMethod.Put)
            request.Content = new ReadOnlyMemoryContent(body);
        return await http.SendAsync(request);
    }

    /// <summary>The JSON of a GET that is answered 200.</summary>
    public async Task<JsonElement> ReadAsync(string path)
    {
        using var response = await GetAsync(path);
        Assert.True(
            response.IsSuccessStatusCode,
            $"GET {path} is answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}"
        );
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>What the orchestration of an instance did, to be kept for the tests that replay it.</summary>
    public async Task<string> HistoryAsync(string instance)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri(App.BaseAddress, $"runtime/webhooks/durabletask/instances/{instance}/history")
        );
        request.Headers.Add("x-functions-key", App.MasterKey);
        using var response = await http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Rows of every table and blobs of the quarantine, when nothing waits in the queue.</summary>
    public async Task<string> FootprintAsync()
    {
        await ProjectedAsync();
        var service = new TableServiceClient(Azurite.ConnectionString);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var table in new[] { "Orders", "Stock", "Catalog", "ChannelIds", "Quarantine", "Decisions", "Exceptions" })
        {
            counts[table] = 0;
            await foreach (var _ in service.GetTableClient(table).QueryAsync<TableEntity>(NotOfKeys, select: ["RowKey"]))
                counts[table]++;
        }
        counts["blobs"] = 0;
        await foreach (var _ in new BlobContainerClient(Azurite.ConnectionString, "quarantine").GetBlobsAsync())
            counts["blobs"]++;
        return string.Join(", ", counts.Select(c => $"{c.Key} {c.Value}"));
    }
}

/// <summary>The tests that share one app; each has SKUs, orders and ids of its own.</summary>
[CollectionDefinition(Name)]
public sealed class SharedApp : ICollectionFixture<RunningApp>
{
    public const string Name = "shared app";
}
