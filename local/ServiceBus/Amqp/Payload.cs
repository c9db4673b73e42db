using Microsoft.Azure.Amqp;

namespace Stockgate.Local.ServiceBus.Amqp;

/// <summary>Encoded messages in and out of the AMQP library.</summary>
internal static class Payload
{
    /// <summary>The bytes of a received message in one piece.</summary>
    public static byte[] Of(AmqpMessage message)
    {
        var buffers = message.RawByteBuffers;
        var bytes = new byte[buffers.Sum(buffer => buffer.Length)];
        var written = 0;
        foreach (var buffer in buffers)
        {
            buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).CopyTo(bytes.AsSpan(written));
            written += buffer.Length;
        }
        return bytes;
    }

    public static AmqpMessage Message(ArraySegment<byte>[] parts) =>
        AmqpMessage.CreateAmqpStreamMessage(new BufferListStream(parts), payloadInitialized: true);

    public static ArraySegment<byte> Join(ArraySegment<byte>[] parts) => new([.. parts[0], .. parts[1]]);
}
