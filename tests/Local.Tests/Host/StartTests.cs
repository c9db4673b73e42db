using System.Net;
using System.Net.Sockets;
using Stockgate.Local.Run;

namespace Stockgate.Local.Tests.Host;

/// <summary>What keeps a host from starting is said in one line; what does not, does not.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_folder_without_a_worker_is_named()
    {
        using var folder = new Folder();
        File.WriteAllText(Path.Combine(folder.Path, "host.json"), "{}");
        Assert.Contains("worker.config.json is missing", await FailsAsync(folder.Path, folder), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ not json", "is not valid JSON")]
    [InlineData("""{ "functionTimeout": "soon" }""", "functionTimeout is \"soon\"")]
    [InlineData("""{ "extensions": { "serviceBus": { "maxMessageBatchSize": 0 } } }""", "maxMessageBatchSize is 0")]
    public async Task A_bad_host_json_is_named(string json, string expected)
    {
        using var folder = new Folder();
        Assert.Contains(expected, await FailsAsync(HostProcess.AppWith(folder.Path, json), folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        using var folder = new Folder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.Contains($"Port {port} can't be listened on", await FailsAsync(HostProcess.App, folder, port), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_and_broker_that_are_away_keep_nothing_else_from_running()
    {
        using var folder = new Folder();
        var away = Ports.Free();
        var settings = new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] =
                "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;"
                + $"BlobEndpoint=http://127.0.0.1:{away}/a;"
                + $"QueueEndpoint=http://127.0.0.1:{away}/a;TableEndpoint=http://127.0.0.1:{away}/a;",
            ["Bus"] = $"Endpoint=sb://127.0.0.1:{away};SharedAccessKeyName=n;SharedAccessKey=k;UseDevelopmentEmulator=true;",
            ["JOURNAL"] = Path.Combine(folder.Path, "journal"),
            ["TimerSchedule"] = "*/1 * * * * *",
        };
        await using var host = await HostProcess.StartAsync(HostProcess.App, Path.Combine(folder.Path, "state"), settings);
        await Patience.UntilAsync(() => host.Console.Contains("Durable functions do not run yet", StringComparison.Ordinal), "it says so");
        await Patience.UntilAsync(() => host.Console.Contains("receiving from", StringComparison.Ordinal), "it says so of the broker");
        using var response = await host.Client.PostAsync("/api/start/Hello/x", null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    private static async Task<string> FailsAsync(string app, Folder folder, int? port = null)
    {
        await using var host = HostProcess.Launch(
            app,
            port ?? Ports.Free(),
            Path.Combine(folder.Path, "state"),
            new Dictionary<string, string>()
        );
        Assert.Equal(1, await host.EndedAsync());
        return host.Console;
    }
}
