using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Platform.Pricing.Signals;

namespace Stockgate.Functions.Pricing;

/// <summary>
/// Decides and publishes prices, a bucket at a time; two functions are two buckets side by side on one instance (docs/adr/0017).
/// </summary>
public sealed class WritePrices(PriceBatch batch)
{
    [Function("WritePrices1")]
    public Task Run1(
        [ServiceBusTrigger(PriceQueue.Name, Connection = "ServiceBus", IsSessionsEnabled = true, IsBatched = true)]
            ServiceBusReceivedMessage[] received,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    ) => batch.RunAsync(received, actions, client, cancellationToken);

    [Function("WritePrices2")]
    public Task Run2(
        [ServiceBusTrigger(PriceQueue.Name, Connection = "ServiceBus", IsSessionsEnabled = true, IsBatched = true)]
            ServiceBusReceivedMessage[] received,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    ) => batch.RunAsync(received, actions, client, cancellationToken);
}
