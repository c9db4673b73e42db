using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Stockgate.Platform.Messaging;

/// <summary>Connects to the queue at startup. If that fails the app runs and answers 503 until the queue is available.</summary>
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
                "Service Bus is not available: {Reason} Webhooks are answered 503 until it is available.",
                away.Message.Split('\n')[0].Trim()
            );
        }
    }
}
