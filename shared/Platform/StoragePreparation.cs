using Azure;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stockgate.Platform.Ingest;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Promotions;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform;

/// <summary>
/// Makes the tables and containers that are missing. In the background: an app that could not start without storage would answer nothing
/// and be restarted again and again; this one answers 503 and goes on when storage is back.
/// </summary>
public sealed class StoragePreparation(
    StateTables tables,
    QuarantineStore quarantine,
    LargeEvents largeEvents,
    PromotionStore promotions,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<StoragePreparation> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when everything is there.</summary>
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
                await promotions.PrepareAsync(stoppingToken);
                done.SetResult();
                if (said)
                    logger.LogInformation("Storage is there.");
                return;
            }
            catch (Exception unreachable) when (unreachable is AggregateException or RequestFailedException)
            {
                if (!said)
                    logger.LogError(
                        "Storage can't be used: {Reason} Is it running, and does the setting Storage fit it? Requests are answered 503 until it is there.",
                        (unreachable.InnerException ?? unreachable).Message.Split('\n')[0].Trim()
                    );
                await Task.Delay(Pause, time, stoppingToken);
            }
            catch (InvalidOperationException setting)
            {
                // A setting that does not fit these tables: nothing may run on them.
                logger.LogCritical("{Reason}", setting.Message);
                done.SetException(setting);
                lifetime.StopApplication();
                return;
            }
        }
    }
}
