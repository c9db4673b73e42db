using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stockgate.Emulator.Worker.Functions;

namespace Stockgate.Emulator.Worker.Hosting;

/// <summary>Runs the listeners while the host runs. On shutdown nothing new is taken, and what was taken is finished.</summary>
internal sealed class ListenerHost(TriggerCatalog triggers, InFlight inFlight, IHostApplicationLifetime lifetime, ILogger<ListenerHost> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Messages are taken only when HTTP answers too: a function may call its own app.
        var started = new TaskCompletionSource();
        using (lifetime.ApplicationStarted.Register(started.SetResult)) await started.Task.WaitAsync(stoppingToken);
        // Linked to the host's stopping, which comes before its services stop: draining starts at the first Ctrl+C.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await Task.WhenAll(triggers.Listeners.Select(listener => ListenAsync(listener, stopping.Token)));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await inFlight.DrainAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ListenAsync(IListener listener, CancellationToken stopping)
    {
        try
        {
            await listener.RunAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception fault)
        {
            // A listener handles its function's failures; what arrives here is the host's own fault, and silence would look like an empty queue.
            logger.LogCritical(fault, "A listener ended; the app stops so that it is seen");
            lifetime.StopApplication();
        }
    }
}
