using Azure;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stockgate.Platform.Ingest.Archive;
using Stockgate.Platform.Ingest.Quarantine;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform;

/// <summary>
/// Creates missing tables and containers in the background. An app that needs storage to start would be restarted in a loop; this one
/// answers 503 and continues when storage is available.
/// </summary>
public sealed class StoragePreparation(
    StateTables tables,
    QuarantineStore quarantine,
    LargeEvents largeEvents,
    DeliveryArchive archive,
    PromotionStore promotions,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<StoragePreparation> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when all tables and containers exist.</summary>
    public Task Done => done.Task;

    public bool IsDone => done.Task.IsCompletedSuccessfully;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var said = false; ; said = true)
        {
            try
            {
                await tables.PrepareAsync(stoppingToken);
                await quarantine.PrepareAsync(stoppingToken);
                await largeEvents.PrepareAsync(stoppingToken);
                await archive.PrepareAsync(stoppingToken);
                await promotions.PrepareAsync(stoppingToken);
                done.SetResult();
                if (said)
                    logger.LogInformation("Storage is available.");
                return;
            }
            catch (Exception unreachable) when (unreachable is AggregateException or RequestFailedException)
            {
                if (!said)
                    logger.LogError(
                        "Storage is not available: {Reason} Check that it is running and that the setting Storage is right. Requests are answered 503 until it is available.",
                        (unreachable.InnerException ?? unreachable).Message.Split('\n')[0].Trim()
                    );
                await Task.Delay(Pause, time, stoppingToken);
            }
            catch (InvalidOperationException setting)
            {
                // A setting contradicts the tables, so no function may run.
                logger.LogCritical("{Reason}", setting.Message);
                done.SetException(setting);
                lifetime.StopApplication();
                return;
            }
        }
    }
}
