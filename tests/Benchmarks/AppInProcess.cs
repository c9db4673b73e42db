using Stockgate.Local.Run;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stockgate.Demo.Local;
using Stockgate.Emulator.ServiceBus.Engine;
using Stockgate.Functions.Ingest;
using Stockgate.Platform;
using Stockgate.Platform.Ingest;

namespace Stockgate.Benchmarks;

/// <summary>The app inside this process, on the files that the child process left.</summary>
internal sealed class AppInProcess : IAsyncDisposable
{
    private readonly IHost host;
    private readonly ServiceBusClient bus;

    private AppInProcess(IHost host, ServiceBusClient bus) => (this.host, this.bus) = (host, bus);

    public static async Task<AppInProcess> StartAsync(AppSettings settings)
    {
        var builder = FunctionsApplication.CreateBuilder(["--port", $"{Ports.Free()}"], typeof(ProjectChannelEvents).Assembly);
        builder.Configuration.AddInMemoryCollection(settings.Environment.Where(static s => !s.Key.EndsWith(".Disabled", StringComparison.Ordinal)).Select(static s => KeyValuePair.Create(s.Key.Replace("__", ":"), (string?)s.Value)));
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddStockgate(builder.Configuration);
        var host = builder.Build();
        await host.StartAsync();
        return new AppInProcess(host, host.Services.GetRequiredService<ServiceBusClient>());
    }

    public async Task<long> BacklogAsync() =>
        (await bus.Broker.Writer.Run(new CountOperation(bus.Broker.Catalog.Queue(EventQueue.Name, SubQueue.None)))).Waiting;

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
