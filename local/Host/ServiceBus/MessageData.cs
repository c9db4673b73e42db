using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using Google.Protobuf;
using Stockgate.Local.Host.Protocol;

namespace Stockgate.Local.Host.ServiceBus;

/// <summary>Messages as a worker gets them: the raw AMQP message behind its lock token, and the trigger's metadata.</summary>
internal static class MessageData
{
    private static readonly (string Name, Func<ServiceBusReceivedMessage, object?> Value)[] Metadata =
    [
        ("DeliveryCount", m => m.DeliveryCount),
        ("DeadLetterSource", m => m.DeadLetterSource),
        ("LockToken", m => m.LockToken),
        ("ExpiresAtUtc", m => m.ExpiresAt.UtcDateTime),
        ("ExpiresAt", m => m.ExpiresAt),
        ("EnqueuedTimeUtc", m => m.EnqueuedTime.UtcDateTime),
        ("EnqueuedTime", m => m.EnqueuedTime),
        ("MessageId", m => m.MessageId),
        ("ContentType", m => m.ContentType),
        ("ReplyTo", m => m.ReplyTo),
        ("SequenceNumber", m => m.SequenceNumber),
        ("To", m => m.To),
        ("Subject", m => m.Subject),
        ("CorrelationId", m => m.CorrelationId),
        ("ApplicationProperties", m => m.ApplicationProperties),
        ("UserProperties", m => m.ApplicationProperties),
        ("SessionId", m => m.SessionId),
        ("ReplyToSessionId", m => m.ReplyToSessionId),
        ("PartitionKey", m => m.PartitionKey),
    ];

    /// <param name="raw">The function takes the messages themselves; otherwise it takes their bodies.</param>
    public static TypedData Of(IReadOnlyList<ServiceBusReceivedMessage> messages, bool batch, bool raw)
    {
        if (!raw)
            return Body(messages, batch);
        if (!batch)
            return new TypedData { ModelBindingData = Of(messages[0]) };
        var collection = new CollectionModelBindingData();
        foreach (var message in messages)
            collection.ModelBindingData.Add(Of(message));
        return new TypedData { CollectionModelBindingData = collection };
    }

    public static void Describe(
        InvocationRequest request,
        IReadOnlyList<ServiceBusReceivedMessage> messages,
        bool batch,
        DateTimeOffset? sessionLockedUntil
    )
    {
        foreach (var (name, value) in Metadata)
        {
            if (batch)
                request.TriggerMetadata[name + "Array"] = new TypedData { Json = JsonSerializer.Serialize(messages.Select(value)) };
            else if (value(messages[0]) is { } single)
                request.TriggerMetadata[name] = Single(single);
        }
        if (sessionLockedUntil is not { } until)
            return;
        var session = new JsonObject { ["SessionLockedUntil"] = until };
        request.TriggerMetadata["SessionActions"] = new TypedData { Json = session.ToJsonString() };
    }

    // Numbers are JSON too: a worker refuses them in any other form.
    private static TypedData Single(object value) =>
        value is string text ? new TypedData { String = text } : new TypedData { Json = JsonSerializer.Serialize(value) };

    private static TypedData Body(IReadOnlyList<ServiceBusReceivedMessage> messages, bool batch)
    {
        if (batch)
            return new TypedData { Json = JsonSerializer.Serialize(messages.Select(message => message.Body.ToString())) };
        return new TypedData { String = messages[0].Body.ToString() };
    }

    private static ModelBindingData Of(ServiceBusReceivedMessage message)
    {
        var body = message.GetRawAmqpMessage().ToBytes().ToMemory();
        var content = new byte[16 + body.Length];
        _ = Guid.Parse(message.LockToken).TryWriteBytes(content);
        body.CopyTo(content.AsMemory(16));
        return new ModelBindingData
        {
            Version = "1.0",
            Source = "AzureServiceBusReceivedMessage",
            ContentType = "application/octet-stream",
            Content = UnsafeByteOperations.UnsafeWrap(content),
        };
    }
}
