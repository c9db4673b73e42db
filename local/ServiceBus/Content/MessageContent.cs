namespace Stockgate.Local.ServiceBus.Content;

/// <summary>What the broker itself needs to know of an encoded message.</summary>
internal readonly record struct MessageContent(string? MessageId, string? SessionId, TimeSpan TimeToLive, long ScheduledForTicks)
{
    private const int MessageIdField = 0,
        ExpiryField = 8,
        CreationField = 9,
        SessionField = 10,
        TtlField = 2;

    public static MessageContent Read(ReadOnlySpan<byte> content)
    {
        var layout = new MessageLayout(content);
        var ttl = ReadTtl(layout.Header);
        string? id = null,
            session = null;
        long? expiry = null,
            creation = null;
        if (!layout.Properties.IsEmpty)
        {
            var reader = new AmqpReader(layout.Properties);
            var fields = reader.Enter();
            for (var field = 0; field < fields; field++)
            {
                switch (field)
                {
                    case MessageIdField:
                        id = reader.Text();
                        break;
                    case ExpiryField:
                        expiry = reader.Milliseconds();
                        break;
                    case CreationField:
                        creation = reader.Milliseconds();
                        break;
                    case SessionField:
                        session = reader.Text();
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }
        // The header holds 49 days at most; a longer life is the difference of these two.
        if (expiry is { } end && creation is { } start)
            ttl = end - start;
        var life =
            ttl is > 0 && ttl < TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMillisecond
                ? new TimeSpan(ttl.Value * TimeSpan.TicksPerMillisecond)
                : TimeSpan.MaxValue;
        return new MessageContent(id, session, life, ReadScheduledTime(layout.Annotations));
    }

    public static string? ReadSessionId(byte[] content) => Read(content).SessionId;

    public static TimeSpan ReadTimeToLive(byte[] content) => Read(content).TimeToLive;

    private static long? ReadTtl(ReadOnlySpan<byte> header)
    {
        if (header.IsEmpty)
            return null;
        var reader = new AmqpReader(header);
        var fields = reader.Enter();
        for (var field = 0; field < Math.Min(fields, TtlField); field++)
            reader.Skip();
        return fields > TtlField ? reader.Milliseconds() : null;
    }

    private static long ReadScheduledTime(ReadOnlySpan<byte> annotations)
    {
        if (annotations.IsEmpty)
            return 0;
        var reader = new AmqpReader(annotations);
        var values = reader.Enter();
        for (var i = 0; i < values; i += 2)
        {
            if (reader.Text() != Annotation.ScheduledEnqueueTime)
                reader.Skip();
            else if (reader.Milliseconds() is { } time)
                return DateTimeOffset.FromUnixTimeMilliseconds(time).UtcTicks;
        }
        return 0;
    }
}
