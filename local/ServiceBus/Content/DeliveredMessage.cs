using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Content;

/// <summary>
/// A message on its way to a receiver: header and annotations are the broker's, what the sender wrote follows as it was stored.
/// </summary>
internal static class DeliveredMessage
{
    private const byte List = 0xd0,
        Map = 0xd1;
    private const int OwnParts = 512;

    /// <param name="counted">The header's delivery count leaves the current delivery out; one that is only looked at has none.</param>
    public static ArraySegment<byte>[] Encode(in StoredDelivery delivery, bool counted)
    {
        var content = delivery.Content;
        var layout = new MessageLayout(content);
        var life = Life(delivery);
        if (life is { } cut && cut < MessageContent.Read(content).TimeToLive)
        {
            content = Cut(content, delivery.EnqueuedAt, cut);
            layout = new MessageLayout(content);
        }
        var changed = delivery.Changes is { } changes ? PropertyChanges.Merge(layout.ApplicationProperties, changes) : [];
        var front = new byte[
            OwnParts
                + 3 * (delivery.DeadLetterSource?.Length ?? 0)
                + layout.Header.Length
                + layout.Annotations.Length
                + (changed.Length > 0 ? layout.ApplicationPropertiesStart - layout.BareStart + changed.Length : 0)
        ];
        var writer = new AmqpWriter(front);
        WriteHeader(ref writer, layout.Header, life, (uint)Math.Max(0, counted ? delivery.Deliveries - 1 : delivery.Deliveries));
        WriteAnnotations(ref writer, layout.Annotations, delivery);
        var rest = layout.BareStart;
        if (changed.Length > 0)
        {
            writer.Raw(content.AsSpan(layout.BareStart..layout.ApplicationPropertiesStart));
            writer.Section(0x74);
            writer.Raw(changed);
            rest = layout.BodyStart;
        }
        return [new ArraySegment<byte>(front, 0, writer.Length), new ArraySegment<byte>(content, rest, content.Length - rest)];
    }

    // Clients go by these two times when both are there, rather than by the header.
    private static byte[] Cut(byte[] content, long enqueuedAt, TimeSpan life) =>
        PropertiesSection.Change(
            content,
            properties =>
            {
                if (properties.CreationTime is null || properties.AbsoluteExpiryTime is null)
                    return;
                properties.CreationTime = new DateTime(enqueuedAt, DateTimeKind.Utc);
                properties.AbsoluteExpiryTime = properties.CreationTime + life;
            }
        );

    private static TimeSpan? Life(in StoredDelivery delivery) =>
        delivery.ExpiresAt == 0 ? null : new TimeSpan(delivery.ExpiresAt - delivery.EnqueuedAt);

    private static void WriteHeader(ref AmqpWriter writer, ReadOnlySpan<byte> sent, TimeSpan? life, uint deliveries)
    {
        writer.Section(0x70);
        var start = writer.Begin(List);
        var reader = new AmqpReader(sent);
        var fields = sent.IsEmpty ? 0 : reader.Enter();
        // Durable and priority stay the sender's; then time to live, first acquirer, delivery count.
        for (var field = 0; field < 2; field++)
        {
            if (field < fields)
                writer.Raw(reader.Value());
            else
                writer.Null();
        }
        if (life is { } known)
            writer.UInt((uint)Math.Min(uint.MaxValue, known.TotalMilliseconds));
        else if (fields > 2)
            writer.Raw(reader.Value());
        else
            writer.Null();
        writer.Null();
        writer.UInt(deliveries);
        writer.End(start, 5);
    }

    private static void WriteAnnotations(ref AmqpWriter writer, ReadOnlySpan<byte> sent, in StoredDelivery delivery)
    {
        writer.Section(0x72);
        var start = writer.Begin(Map);
        var count = CopySent(ref writer, sent);
        writer.Symbol(Annotation.SequenceNumber);
        writer.Long(delivery.SequenceNumber);
        writer.Symbol(Annotation.EnqueueSequenceNumber);
        writer.Long(delivery.SequenceNumber);
        writer.Symbol(Annotation.EnqueuedTime);
        writer.Timestamp(delivery.EnqueuedAt);
        writer.Symbol(Annotation.MessageState);
        writer.Int((int)delivery.State);
        count += 8;
        if (delivery.LockedUntil != 0)
        {
            writer.Symbol(Annotation.LockedUntil);
            writer.Timestamp(delivery.LockedUntil);
            count += 2;
        }
        if (delivery.DeadLetterSource is { } source)
        {
            writer.Symbol(Annotation.DeadLetterSource);
            writer.Text(source);
            count += 2;
        }
        writer.End(start, count);
    }

    private static int CopySent(ref AmqpWriter writer, ReadOnlySpan<byte> sent)
    {
        if (sent.IsEmpty)
            return 0;
        var reader = new AmqpReader(sent);
        var values = reader.Enter();
        var copied = 0;
        for (var i = 0; i < values; i += 2)
        {
            var key = reader.Value();
            var value = reader.Value();
            if (Annotation.IsBrokers(new AmqpReader(key).Text()))
                continue;
            writer.Raw(key);
            writer.Raw(value);
            copied += 2;
        }
        return copied;
    }
}
