using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Stockgate.Platform.Messaging;

/// <summary>
/// Connects to the queue when the app starts. Where that fails the app runs all the same and answers 503 until the queue is there.
/// </summary>
public sealed class EventQueueConnection(EventQueue queue, ILogger<EventQueueConnection> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await queue.ConnectAsync(stoppingToken);
        }
        catch (Exception away) when (away is ServiceBusException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            logger.LogError(
                "Service Bus can't be used: {Reason} Webhooks are answered 503 until it is there.",
                away.Message.Split('\n')[0].Trim()
            );
        }
    }
}
