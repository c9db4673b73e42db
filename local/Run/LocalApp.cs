using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Stockgate.Local.Run;

/// <summary>
/// The app on this machine: Service Bus and the Functions host as processes of their own on 127.0.0.1, the app as the worker of the host.
/// </summary>
public sealed class LocalApp : IAsyncDisposable
{
    private const string Broker = "servicebus",
        Host = "app",
        ServiceBus = "ServiceBus";
    private const int Tries = 3;

    private readonly LocalAppSettings settings;
    private readonly HttpClient http = new();
    private int brokerPort,
        adminPort;
    private LocalProcess? broker,
        host;

    private LocalApp(LocalAppSettings settings)
    {
        this.settings = settings;
        AdminKey = Run.AdminKey.For(settings);
        BaseAddress = new Uri($"http://127.0.0.1:{settings.Port}/");
        ChoosePorts();
    }

    public Uri BaseAddress { get; }

    /// <summary>For a client of one's own beside the app's.</summary>
    public string ServiceBusConnection =>
        $"Endpoint=sb://127.0.0.1:{brokerPort};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;";

    public string LogFile => host!.LogFile;

    /// <summary>The key of the app's API that creates other keys.</summary>
    public string AdminKey { get; }

    /// <summary>The host's key for functions that leave that to the host.</summary>
    public string HostKey => Key("default");

    public string MasterKey => Key("master");

    /// <summary>Starts broker and host, and returns when the app answers.</summary>
    /// <exception cref="LocalSetupException">A port is taken, something was not built, or a process ended at its start.</exception>
    public static async Task<LocalApp> StartAsync(LocalAppSettings settings, CancellationToken cancellationToken = default)
    {
        Ports.RequireFree(settings.Port);
        Directory.CreateDirectory(settings.StateFolder);
        var app = new LocalApp(settings);
        try
        {
            if (!settings.Environment.ContainsKey(ServiceBus))
                await app.StartFirstBrokerAsync(cancellationToken);
            await app.StartHostAsync(cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends when one of the processes has ended, with its name.</summary>
    public Task<string> Ended => EndedAsync();

    /// <summary>SIGKILL to broker, host and worker at the same time.</summary>
    public async Task KillAsync() => await Task.WhenAll(KillHostAsync(), broker is null ? Task.CompletedTask : KillBrokerAsync());

    /// <summary>Starts what was killed, on the same files and ports.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        if (broker is { HasEnded: true })
            await StartBrokerAsync(cancellationToken);
        if (host!.HasEnded)
            await StartHostAsync(cancellationToken);
    }

    /// <summary>SIGKILL to the host; its worker goes with it.</summary>
    public Task KillHostAsync() => host!.KillAsync();

    public Task KillBrokerAsync() => broker!.KillAsync();

    /// <summary>SIGKILL to the worker alone; the host starts another.</summary>
    public void KillWorker()
    {
        foreach (var worker in LocalProcess.ChildrenOf(host!.Id))
            System.Diagnostics.Process.GetProcessById(worker).Kill();
    }

    /// <summary>Messages that are not projected yet, and dead letters.</summary>
    public async Task<(long Waiting, long DeadLettered)> BacklogAsync(CancellationToken cancellationToken = default)
    {
        var counts = await http.GetFromJsonAsync<JsonElement>(new Uri($"http://127.0.0.1:{adminPort}/entities"), cancellationToken);
        return (
            counts.EnumerateArray().Sum(static c => c.GetProperty("waiting").GetInt64()),
            counts.EnumerateArray().Sum(static c => c.GetProperty("deadLettered").GetInt64())
        );
    }

    /// <summary>Memory of host and worker together, MiB; null if the system doesn't say or they are away.</summary>
    public double? Memory() => host?.Memory();

    /// <summary>Asks host and broker to end and waits for them; ends them by force where they do not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (host is not null)
            await host.DisposeAsync();
        if (broker is not null)
            await broker.DisposeAsync();
        http.Dispose();
    }

    private async Task<string> EndedAsync()
    {
        var first = await Task.WhenAny(
            new[] { broker, host }
                .OfType<LocalProcess>()
                .Select(static process => process.Ended.ContinueWith(_ => process.Name, TaskScheduler.Default))
        );
        return await first;
    }

    private string Key(string name)
    {
        using var keys = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(settings.StateFolder, "keys.json")));
        return keys.RootElement.GetProperty(name).GetString()!;
    }

    private void ChoosePorts() => (brokerPort, adminPort) = (settings.BrokerPort == 0 ? Ports.Free() : settings.BrokerPort, Ports.Free());

    // Another process may take a free port between its choice and the broker's bind.
    private async Task StartFirstBrokerAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await StartBrokerAsync(cancellationToken);
                return;
            }
            catch (LocalSetupException) when (attempt < Tries)
            {
                ChoosePorts();
            }
        }
    }

    private async Task StartBrokerAsync(CancellationToken cancellationToken)
    {
        if (broker is not null)
            await broker.DisposeAsync();
        string[] arguments =
        [
            LocalAppSettings.BuildOf("local/ServiceBus", "Stockgate.Local.ServiceBus.dll"),
            "--port",
            Text(brokerPort),
            "--admin-port",
            Text(adminPort),
            "--data",
            Path.Combine(settings.StateFolder, "servicebus.db"),
            "--entities",
            Path.Combine(Repository.Root(), "infra-bicep", "servicebus-config.json"),
        ];
        broker = await LocalProcess.StartAsync(Broker, "dotnet", arguments, settings.StateFolder, output: settings.Output);
        await Readiness.UntilAsync(
            broker,
            async cancellation =>
            {
                using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{adminPort}/health"), cancellation);
                return response.IsSuccessStatusCode;
            },
            cancellationToken
        );
    }

    private async Task StartHostAsync(CancellationToken cancellationToken)
    {
        if (host is not null)
            await host.DisposeAsync();
        string[] arguments =
        [
            LocalAppSettings.BuildOf("local/Host", "Stockgate.Local.Host.dll"),
            "--app",
            Path.GetDirectoryName(LocalAppSettings.BuildOf(settings.App, "functions.metadata"))!,
            "--port",
            Text(settings.Port),
            "--state",
            settings.StateFolder,
        ];
        var environment = new Dictionary<string, string>(settings.Environment, StringComparer.Ordinal);
        environment.TryAdd(ServiceBus, ServiceBusConnection);
        environment[Run.AdminKey.Setting] = AdminKey;
        if (Environment.GetEnvironmentVariable(SecretsKey.Setting) is null)
            environment.TryAdd(SecretsKey.Setting, SecretsKey.Of(settings.StateFolder));
        host = await LocalProcess.StartAsync(Host, "dotnet", arguments, settings.StateFolder, environment, settings.Output);
        await Readiness.UntilAsync(host, IsRunningAsync, cancellationToken);
        if (settings.ReadyPath is { } path)
            await Readiness.UntilAsync(host, cancellation => IsReadyAsync(path, cancellation), cancellationToken);
    }

    private async Task<bool> IsReadyAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(BaseAddress, path), cancellationToken);
        return response.StatusCode != HttpStatusCode.ServiceUnavailable;
    }

    private async Task<bool> IsRunningAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(settings.StateFolder, "keys.json")))
            return false;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(BaseAddress, "admin/host/status"));
        request.Headers.Add("x-functions-key", MasterKey);
        using var response = await http.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode
            && (await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("state").GetString() == "Running";
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
