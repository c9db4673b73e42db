using System.ComponentModel;

namespace Azure.Messaging.ServiceBus;

/// <summary>Makes models that only the broker makes otherwise; for tests of code that receives.</summary>
public static class ServiceBusModelFactory
{
    /// <summary>A received message.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static ServiceBusReceivedMessage ServiceBusReceivedMessage(BinaryData? body, string? messageId, string? partitionKey,
        string? viaPartitionKey, string? sessionId, string? replyToSessionId, TimeSpan timeToLive, string? correlationId, string? subject,
        string? to, string? contentType, string? replyTo, DateTimeOffset scheduledEnqueueTime, IDictionary<string, object>? properties,
        Guid lockTokenGuid, int deliveryCount, DateTimeOffset lockedUntil, long sequenceNumber, string? deadLetterSource,
        long enqueuedSequenceNumber, DateTimeOffset enqueuedTime) =>
        ServiceBusReceivedMessage(body, messageId, partitionKey, viaPartitionKey, sessionId, replyToSessionId, timeToLive, correlationId,
            subject, to, contentType, replyTo, scheduledEnqueueTime, properties, lockTokenGuid, deliveryCount, lockedUntil, sequenceNumber,
            deadLetterSource, enqueuedSequenceNumber, enqueuedTime, ServiceBusMessageState.Active);

    /// <summary>A received message.</summary>
    public static ServiceBusReceivedMessage ServiceBusReceivedMessage(BinaryData? body = null, string? messageId = null,
        string? partitionKey = null, string? viaPartitionKey = null, string? sessionId = null, string? replyToSessionId = null,
        TimeSpan timeToLive = default, string? correlationId = null, string? subject = null, string? to = null, string? contentType = null,
        string? replyTo = null, DateTimeOffset scheduledEnqueueTime = default, IDictionary<string, object>? properties = null,
        Guid lockTokenGuid = default, int deliveryCount = 0, DateTimeOffset lockedUntil = default, long sequenceNumber = -1,
        string? deadLetterSource = null, long enqueuedSequenceNumber = 0, DateTimeOffset enqueuedTime = default,
        ServiceBusMessageState serviceBusMessageState = ServiceBusMessageState.Active)
    {
        // As the real factory: no time to live means the longest one.
        var life = timeToLive == default ? TimeSpan.MaxValue : timeToLive;
        return new ServiceBusReceivedMessage
        {
            Body = body ?? BinaryData.FromBytes(ReadOnlyMemory<byte>.Empty),
            MessageId = messageId!,
            PartitionKey = partitionKey,
            TransactionPartitionKey = viaPartitionKey,
            SessionId = sessionId,
            ReplyToSessionId = replyToSessionId,
            TimeToLive = life,
            SentTimeToLive = life,
            CorrelationId = correlationId,
            Subject = subject,
            To = to,
            ContentType = contentType,
            ReplyTo = replyTo,
            ScheduledEnqueueTime = scheduledEnqueueTime,
            ApplicationProperties = new Dictionary<string, object>(properties ?? new Dictionary<string, object>()),
            LockTokenGuid = lockTokenGuid,
            DeliveryCount = deliveryCount,
            LockedUntil = lockedUntil,
            SequenceNumber = sequenceNumber,
            DeadLetterSource = deadLetterSource,
            EnqueuedSequenceNumber = enqueuedSequenceNumber,
            EnqueuedTime = enqueuedTime,
            State = serviceBusMessageState
        };
    }

    /// <summary>A batch that <paramref name="tryAddCallback"/> decides on and that lists what it took in <paramref name="batchMessageStore"/>.</summary>
    public static ServiceBusMessageBatch ServiceBusMessageBatch(long batchSizeBytes, IList<ServiceBusMessage> batchMessageStore,
        CreateMessageBatchOptions? batchOptions = null, Func<ServiceBusMessage, bool>? tryAddCallback = null) =>
        new(batchSizeBytes, batchMessageStore, batchOptions?.MaxSizeInBytes, tryAddCallback);
}
