using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stockgate.Emulator.Tests.ServiceBus;
using Stockgate.Emulator.Worker.Functions;

namespace Stockgate.Emulator.Tests.Worker;

/// <summary>A host that runs the given classes' functions, with files and a port of its own.</summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    public const string Connection = "ServiceBus";

    private readonly IHost _host;
    private readonly TemporaryFolder? _ownFolder;

    private WorkerHost(IHost host, TemporaryFolder folder, bool ownsFolder, Log log)
    {
        (_host, Folder, Log, _ownFolder) = (host, folder, log, ownsFolder ? folder : null);
        Http = new HttpClient { BaseAddress = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    public HttpClient Http { get; }

    public TemporaryFolder Folder { get; }

    public Log Log { get; }

    public Probe Probe => _host.Services.GetRequiredService<Probe>();

    public string MasterKey => Key("master");

    public string DefaultKey => Key("default");

    public static string KeysFile(TemporaryFolder folder) => Path.Combine(folder.Path, "state", "keys.json");

    public static Task<WorkerHost> StartAsync(params Type[] functions) => StartAsync(functions, configure: null);

    public static async Task<WorkerHost> StartAsync(Type[] functions, Action<FunctionsApplicationBuilder>? configure, TemporaryFolder? folder = null, params string[] args)
    {
        var (log, files) = (new Log(), folder ?? new TemporaryFolder());
        var host = Build(functions, files, builder =>
        {
            builder.Logging.ClearProviders().AddProvider(log);
            configure?.Invoke(builder);
        }, args);
        await host.StartAsync();
        return new WorkerHost(host, files, ownsFolder: folder is null, log);
    }

    public static IHost Build(Type[] functions, TemporaryFolder folder, Action<FunctionsApplicationBuilder>? configure = null, params string[] args)
    {
        string[] own = ["--urls", "http://127.0.0.1:0", $"--LocalStateFolder={Path.Combine(folder.Path, "state")}", $"--{Connection}={folder.ConnectionString}"];
        var builder = FunctionsApplication.CreateBuilder(
            [.. own, .. args], new FunctionSource(typeof(WorkerHost).Assembly) { Types = functions, HostFolder = folder.Path, SettingsFolder = folder.Path });
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddSingleton<Probe>();
        configure?.Invoke(builder);
        return builder.Build();
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _ownFolder?.Dispose();
    }

    private string Key(string name)
    {
        using var keys = JsonDocument.Parse(File.ReadAllBytes(KeysFile(Folder)));
        return keys.RootElement.GetProperty(name).GetString()!;
    }
}
