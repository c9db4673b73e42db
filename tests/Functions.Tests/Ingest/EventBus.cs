using Azure.Messaging.ServiceBus;
using Stockgate.Platform.Messaging;

namespace Stockgate.Functions.Tests.Ingest;

/// <summary>Keeps the messages of the queue of events, in order and each id once, until a test takes them.</summary>
internal sealed class EventBus : ServiceBusClient
{
    private readonly Lock gate = new();
    private readonly List<ServiceBusMessage> waiting = [];

    public override ServiceBusSender CreateSender(string queueOrTopicName) => new Sender(queueOrTopicName == EventQueue.Name ? this : null);

    public IReadOnlyList<ServiceBusReceivedMessage> Take()
    {
        lock (gate)
        {
            var taken = waiting.DistinctBy(static m => m.MessageId).ToList();
            waiting.Clear();
            return
            [
                .. taken.Select(static m =>
                    ServiceBusModelFactory.ServiceBusReceivedMessage(
                        m.Body,
                        m.MessageId,
                        sessionId: m.SessionId,
                        subject: m.Subject,
                        contentType: m.ContentType,
                        properties: m.ApplicationProperties,
                        deliveryCount: 1
                    )
                ),
            ];
        }
    }

    private void Add(IEnumerable<ServiceBusMessage> messages)
    {
        lock (gate)
            waiting.AddRange(messages);
    }

    private sealed class Sender(EventBus? bus) : ServiceBusSender
    {
        private readonly Dictionary<ServiceBusMessageBatch, List<ServiceBusMessage>> batches = new(ReferenceEqualityComparer.Instance);

        public override Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
        {
            bus?.Add([message]);
            return Task.CompletedTask;
        }

        public override ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CancellationToken cancellationToken = default)
        {
            List<ServiceBusMessage> messages = [];
            var batch = ServiceBusModelFactory.ServiceBusMessageBatch(262_144, messages);
            batches[batch] = messages;
            return ValueTask.FromResult(batch);
        }

        public override Task SendMessagesAsync(ServiceBusMessageBatch messageBatch, CancellationToken cancellationToken = default)
        {
            bus?.Add(batches[messageBatch]);
            return Task.CompletedTask;
        }

        public override Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
        {
            bus?.Add(messages);
            return Task.CompletedTask;
        }
    }
}
