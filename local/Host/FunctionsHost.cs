using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stockgate.Local.Host.Durable;
using Stockgate.Local.Host.Functions;
using Stockgate.Local.Host.Http;
using Stockgate.Local.Host.ServiceBus;
using Stockgate.Local.Host.Settings;
using Stockgate.Local.Host.Timers;
using Stockgate.Local.Host.Workers;

namespace Stockgate.Local.Host;

/// <summary>The whole host: two servers (callers, worker), the worker, and what triggers functions.</summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    /// <summary>What the real host takes as a request body, in bytes.</summary>
    private const long MaxBody = 104_857_600;

    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(30);

    private readonly HostArguments arguments;
    private readonly WebApplication front,
        back;

    public FunctionsHost(HostArguments arguments)
    {
        this.arguments = arguments;
        var settings = AppSettings.Read(arguments.App);
        var host = HostJson.Read(arguments.App, settings);
        var keys = KeyFile.Open(Path.Combine(arguments.State, "keys.json"), Console.WriteLine, durable: true);
        front = BuildFront(host, settings, keys);
        back = BuildBack();
        front.Run(new FrontDoor(front.Services).RunAsync);
        Services.GetRequiredService<FunctionCatalog>().OnFound(FoundAsync);
    }

    private IServiceProvider Services => front.Services;

    /// <summary>Runs until <paramref name="stopping"/> is requested; the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken stopping)
    {
        var workers = Services.GetRequiredService<WorkerSupervisor>();
        var log = Services.GetRequiredService<WorkerLog>().Host;
        await back.StartAsync(CancellationToken.None);
        await StartFrontAsync();
        workers.Start(new Uri(back.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()));
        await Task.WhenAny(workers.GaveUp, Task.Delay(Timeout.Infinite, stopping));
        if (workers.GaveUp.IsCompleted)
            log.LogCritical("{Reason}", await workers.GaveUp);
        else
            log.LogInformation("The host is stopping; calls in progress finish first");
        await StopAsync(workers);
        return workers.GaveUp.IsCompleted ? 1 : 0;
    }

    public async ValueTask DisposeAsync()
    {
        await front.DisposeAsync();
        await back.DisposeAsync();
    }

    private async Task StartFrontAsync()
    {
        try
        {
            await front.StartAsync(CancellationToken.None);
        }
        catch (IOException taken)
        {
            throw new HostFault(
                $"Port {arguments.Port} can't be listened on: {taken.GetBaseException().Message}. Choose another with --port.",
                taken
            );
        }
    }

    private async Task StopAsync(WorkerSupervisor workers)
    {
        using var limit = new CancellationTokenSource(Drain);
        var bus = Services.GetRequiredService<ServiceBusListeners>().StopAsync(Drain);
        var timers = Services.GetRequiredService<TimerListeners>().StopAsync();
        await front.StopAsync(limit.Token);
        await Task.WhenAll(bus, timers);
        // After those who use its clients.
        await Services.GetRequiredService<DurableHost>().StopAsync(Drain);
        await workers.StopAsync(TimeSpan.FromSeconds(5));
        await back.StopAsync(limit.Token);
    }

    private async Task FoundAsync(IReadOnlyList<FunctionDefinition> functions)
    {
        Services.GetRequiredService<RouteTable>().Fill(functions);
        Services.GetRequiredService<TimerListeners>().Fill(functions);
        Services.GetRequiredService<ServiceBusListeners>().Fill(functions);
        Services.GetRequiredService<DurableHost>().Start(functions);
        StartTable.Write(functions, Services.GetRequiredService<RouteTable>(), arguments.Port);
        Services.GetRequiredService<TimerListeners>().Start();
        Services.GetRequiredService<ServiceBusListeners>().Start();
        await Task.CompletedTask;
    }

    private WebApplication BuildFront(HostJson host, AppSettings settings, StoredKeys keys)
    {
        var builder = Builder(kestrel => kestrel.Listen(IPAddress.Loopback, arguments.Port), host);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBody);
        builder.Services.AddRouting().AddHttpForwarder();
        builder
            .Services.AddSingleton(arguments)
            .AddSingleton(host)
            .AddSingleton(settings)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new FunctionKeys(keys))
            .AddSingleton<FunctionCatalog>()
            .AddSingleton<WorkerLog>()
            .AddSingleton<WorkerSupervisor>()
            .AddSingleton<FunctionInputs>()
            .AddSingleton<HttpFunctions>()
            .AddSingleton<AdminEndpoints>()
            .AddSingleton<TimerListeners>()
            .AddSingleton<DurableClients>()
            .AddSingleton<DurableInvoker>()
            .AddSingleton<DurableHost>()
            .AddSingleton<ManagementEndpoint>()
            .AddSingleton<HeldMessages>()
            .AddSingleton<ServiceBusListeners>()
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<RouteTable>(provider, host.RoutePrefix));
        return builder.Build();
    }

    // The worker's side is a separate server, which continues after the front stops accepting calls.
    private WebApplication BuildBack()
    {
        var builder = Builder(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2), null);
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        builder
            .Services.AddSingleton(Services.GetRequiredService<WorkerSupervisor>())
            .AddSingleton(Services.GetRequiredService<HeldMessages>());
        var application = builder.Build();
        application.MapGrpcService<FunctionRpcService>();
        application.MapGrpcService<SettlementService>();
        return application;
    }

    private static WebApplicationBuilder Builder(Action<KestrelServerOptions> listen, HostJson? host)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                listen(kestrel);
            });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        HostLogging.Configure(builder.Logging, host);
        return builder;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
