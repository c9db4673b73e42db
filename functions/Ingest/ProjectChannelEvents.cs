using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Platform.Messaging;

namespace Stockgate.Functions.Ingest;

/// <summary>
/// Applies queued events to the tables, a bucket at a time. The host runs one session at a time for each function that takes batches;
/// four functions on the same queue are four buckets side by side on one instance (docs/adr/0017).
/// </summary>
public sealed class ProjectChannelEvents(ChannelEventBatch batch)
{
    [Function("ProjectChannelEvents1")]
    public Task Run1(
        [ServiceBusTrigger(EventQueue.Name, Connection = "ServiceBus", IsSessionsEnabled = true, IsBatched = true)]
            ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    ) => batch.RunAsync(messages, actions, client, cancellationToken);

    [Function("ProjectChannelEvents2")]
    public Task Run2(
        [ServiceBusTrigger(EventQueue.Name, Connection = "ServiceBus", IsSessionsEnabled = true, IsBatched = true)]
            ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    ) => batch.RunAsync(messages, actions, client, cancellationToken);

    [Function("ProjectChannelEvents3")]
    public Task Run3(
        [ServiceBusTrigger(EventQueue.Name, Connection = "ServiceBus", IsSessionsEnabled = true, IsBatched = true)]
            ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    ) => batch.RunAsync(messages, actions, client, cancellationToken);

    [Function("ProjectChannelEvents4")]
    public Task Run4(
        [ServiceBusTrigger(EventQueue.Name, Connection = "ServiceBus", IsSessionsEnabled = true, IsBatched = true)]
            ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    ) => batch.RunAsync(messages, actions, client, cancellationToken);
}
