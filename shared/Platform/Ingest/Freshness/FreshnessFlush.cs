using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Stockgate.Platform.Ingest.Freshness;

/// <summary>Writes what this instance saw of the channels every half a minute, and when it ends.</summary>
public sealed class FreshnessFlush(
    FreshnessMeter meter,
    FreshnessStore store,
    StoragePreparation storage,
    TimeProvider time,
    ILogger<FreshnessFlush> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await storage.Done.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await FlushAsync(stoppingToken);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var taken = meter.TakeChanged();
        try
        {
            await store.WriteAsync(taken, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            meter.GiveBack(taken);
            logger.LogWarning("The freshness of channels could not be written and is tried again: {Reason}", failure.Message);
        }
    }
}
