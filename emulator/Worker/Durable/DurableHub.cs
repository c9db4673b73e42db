using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stockgate.Emulator.DurableTask.Client;
using Stockgate.Emulator.DurableTask.Engine;
using Stockgate.Emulator.Worker.Functions;
using Stockgate.Emulator.Worker.Hosting;

namespace Stockgate.Emulator.Worker.Durable;

/// <summary>
/// The app's task hub. Its clients can be used before any service starts and until the last has stopped; orchestrators and activities run from when
/// the app has started.
/// </summary>
internal sealed class DurableHub(
    DurableFunctions functions, DurableSettings settings, string stateFolder, IServiceProvider services, InvocationPipeline pipeline, IHostApplicationLifetime lifetime,
    IOptions<DurableTaskClientOptions> clientOptions, IOptions<HostOptions> hostOptions, ILogger<DurableHub> logger) : IHostedLifecycleService, IDurableTaskClientProvider, IAsyncDisposable
{
    private readonly Lock gate = new();
    private HubClient? client;
    private Task? closing;

    /// <exception cref="InvalidOperationException">The host has not begun to start.</exception>
    public HubClient Client => client ?? throw new InvalidOperationException("The task hub is not open yet: its client can be used once the host starts.");

    DurableTaskClient IDurableTaskClientProvider.GetClient(string? name) => string.IsNullOrEmpty(name) || name.Equals(functions.HubName, StringComparison.OrdinalIgnoreCase)
        ? Client
        : throw new ArgumentException($"There is no task hub '{name}'. The app's own is '{functions.HubName}'; leave the name out for it.", nameof(name));

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var hub = TaskHub.OpenWaiting(Options(), functions.Register(pipeline, services.GetRequiredService<TimeProvider>()), services);
        client = new HubClient(hub);
        // An activity may call its own app, so HTTP has to answer first.
        lifetime.ApplicationStarted.Register(hub.Begin);
        _ = WatchAsync(hub);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Closes the hub: whoever was running when the shutdown began, and every other service, has ended by then.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => CloseAsync(cancellationToken);

    public async ValueTask DisposeAsync() => await CloseAsync(CancellationToken.None);

    private Task CloseAsync(CancellationToken hurry)
    {
        lock (gate) return closing ??= client?.Hub.CloseAsync(hurry).AsTask() ?? Task.CompletedTask;
    }

    private async Task WatchAsync(TaskHub hub)
    {
        await hub.Writer.Ended;
        if (hub.Writer.Fault is not { } fault) return;
        // Nothing durable goes on from here; silence would look like orchestrations that take long.
        logger.LogCritical(fault, "The task hub of {Path} ended; the app stops so that it is seen", hub.Options.Path);
        lifetime.StopApplication();
    }

    private HubOptions Options()
    {
        var options = new HubOptions(Path.Combine(stateFolder, $"durabletask-{functions.HubName}.db"))
        {
            Patience = hostOptions.Value.ShutdownTimeout,
            DefaultVersion = clientOptions.Value.DefaultVersion is { Length: > 0 } version ? version : settings.DefaultVersion,
            Converter = clientOptions.Value.DataConverter,
        };
        if (settings.MaxConcurrentActivities is { } activities) options = options with { MaxConcurrentActivities = activities };
        return settings.MaxConcurrentOrchestrators is { } orchestrators ? options with { MaxConcurrentOrchestrators = orchestrators } : options;
    }
}
