using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace Stockgate.Local.ServiceBus.Content;

/// <summary>Rewrites the properties section of an encoded message; rare enough to decode it for that.</summary>
internal static class PropertiesSection
{
    public static byte[] Change(byte[] content, Action<Properties> change)
    {
        var layout = new MessageLayout(content);
        using var message = AmqpMessage.CreateAmqpStreamMessage(new BufferListStream([new ArraySegment<byte>(content)]));
        var properties = message.Properties ?? new Properties();
        change(properties);
        var buffer = new ByteBuffer(256, autoGrow: true);
        AmqpCodec.EncodeSerializable(properties, buffer);
        return
        [
            .. content.AsSpan(0, layout.BareStart),
            .. buffer.Buffer.AsSpan(buffer.Offset, buffer.Length),
            .. content.AsSpan(layout.ApplicationPropertiesStart),
        ];
    }
}
