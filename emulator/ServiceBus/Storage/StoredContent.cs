using Azure.Messaging.ServiceBus;

namespace Stockgate.Emulator.ServiceBus.Storage;

/// <summary>
/// A message in bytes: tagged fields, a zero, then the body to the end. A field that is absent takes no space, and an unknown tag is an error
/// rather than a guess, because the file is read by the build that wrote it or a newer one.
/// </summary>
internal static class StoredContent
{
    private const byte End = 0, MessageId = 1, SessionId = 2, PartitionKey = 3, TransactionPartitionKey = 4, ReplyToSessionId = 5,
        CorrelationId = 6, Subject = 7, To = 8, ContentType = 9, ReplyTo = 10, TimeToLive = 11, ScheduledFor = 12, Properties = 13;

    public static byte[] Encode(ServiceBusMessage message, string messageId)
    {
        var writer = ContentWriter.Rent();
        // The session comes first so that the broker can read it without walking the rest.
        writer.Field(SessionId, message.SessionId);
        writer.Field(MessageId, messageId);
        writer.Field(PartitionKey, message.PartitionKey);
        writer.Field(TransactionPartitionKey, message.TransactionPartitionKey);
        writer.Field(ReplyToSessionId, message.ReplyToSessionId);
        writer.Field(CorrelationId, message.CorrelationId);
        writer.Field(Subject, message.Subject);
        writer.Field(To, message.To);
        writer.Field(ContentType, message.ContentType);
        writer.Field(ReplyTo, message.ReplyTo);
        if (message.TimeToLive != TimeSpan.MaxValue)
        {
            writer.Byte(TimeToLive);
            writer.Int64(message.TimeToLive.Ticks);
        }
        if (message.ScheduledEnqueueTime != default)
        {
            writer.Byte(ScheduledFor);
            writer.Int64(message.ScheduledEnqueueTime.UtcTicks);
        }
        if (message.Properties is { Count: > 0 } properties)
        {
            writer.Byte(Properties);
            PropertyBag.Write(writer, properties);
        }
        writer.Byte(End);
        writer.Bytes(message.Body.ToMemory().Span);
        return writer.ToArray();
    }

    public static ServiceBusReceivedMessage Decode(in Delivery delivery)
    {
        var reader = new ContentReader(delivery.Content);
        var fields = new string?[ReplyTo + 1];
        var life = TimeSpan.MaxValue;
        DateTimeOffset scheduled = default;
        Dictionary<string, object>? properties = null;
        for (var tag = reader.Byte(); tag != End; tag = reader.Byte())
        {
            switch (tag)
            {
                case <= ReplyTo: fields[tag] = reader.String(); break;
                case TimeToLive: life = new TimeSpan(reader.Int64()); break;
                case ScheduledFor: scheduled = new DateTimeOffset(reader.Int64(), TimeSpan.Zero); break;
                case Properties: properties = PropertyBag.Read(ref reader); break;
                default: throw new InvalidDataException($"Message {delivery.SequenceNumber} in the broker's file has an unknown field {tag}.");
            }
        }
        if (delivery.Changes is { } changes) properties = PropertyBag.Merge(properties, changes);

        var message = new ServiceBusReceivedMessage
        {
            Body = BinaryData.FromBytes(delivery.Content.AsMemory(reader.Position)),
            SequenceNumber = delivery.SequenceNumber,
            EnqueuedSequenceNumber = delivery.SequenceNumber,
            DeliveryCount = delivery.Deliveries,
            EnqueuedTime = new DateTimeOffset(delivery.EnqueuedAt, TimeSpan.Zero),
            State = delivery.State,
            LockTokenGuid = delivery.LockToken,
            LockedUntil = new DateTimeOffset(delivery.LockedUntil, TimeSpan.Zero),
            MessageId = fields[MessageId]!,
            SessionId = fields[SessionId],
            PartitionKey = fields[PartitionKey],
            TransactionPartitionKey = fields[TransactionPartitionKey],
            ReplyToSessionId = fields[ReplyToSessionId],
            CorrelationId = fields[CorrelationId],
            Subject = fields[Subject],
            To = fields[To],
            ContentType = fields[ContentType],
            ReplyTo = fields[ReplyTo],
            ScheduledEnqueueTime = scheduled,
            SentTimeToLive = life,
            TimeToLive = delivery.ExpiresAt == 0 ? life : new TimeSpan(delivery.ExpiresAt - delivery.EnqueuedAt)
        };
        if (properties is not null) message.ApplicationProperties = properties;
        return message;
    }

    /// <summary>The session alone: what the broker itself needs of a message it did not just receive from a sender.</summary>
    public static string? ReadSessionId(byte[] content)
    {
        var reader = new ContentReader(content);
        return reader.Byte() == SessionId ? reader.String() : null;
    }

    /// <summary>The life the sender asked for.</summary>
    public static TimeSpan ReadTimeToLive(byte[] content) =>
        Decode(new Delivery { Content = content }).SentTimeToLive;
}
