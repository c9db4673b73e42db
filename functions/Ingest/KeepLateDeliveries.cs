using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Platform.Ingest.Archive;
using Stockgate.Platform.Ingest.Projecting;

namespace Stockgate.Functions.Ingest;

/// <summary>Archives deliveries that came while storage was away.</summary>
public sealed class KeepLateDeliveries(DeliveryArchive archive, Projector projector)
{
    [Function("KeepLateDeliveries")]
    public async Task Run(
        [ServiceBusTrigger(LateDeliveries.Name, Connection = "ServiceBus", IsSessionsEnabled = true, IsBatched = true)]
            ServiceBusReceivedMessage[] received,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken
    ) => await Task.WhenAll(received.Select(message => KeepAsync(message, actions, cancellationToken)));

    // One that fails is not completed, and comes again; archived twice it is read once.
    private async Task KeepAsync(ServiceBusReceivedMessage message, ServiceBusMessageActions actions, CancellationToken cancellationToken)
    {
        var (delivery, body) = await LateDeliveries.ReadAsync(message, cancellationToken);
        await projector.WithPatienceAsync(
            async cancellation =>
            {
                await archive.StoreAsync(delivery, body!.Value, cancellation);
                return delivery;
            },
            cancellationToken
        );
        await actions.CompleteMessageAsync(message, cancellationToken);
    }
}
