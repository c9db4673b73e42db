using System.Security.Cryptography;
using System.Text;
using Azure.Messaging.ServiceBus;

namespace Stockgate.Emulator.ServiceBus.Storage;

/// <summary>A message as it goes to the broker: encoded on the sender's thread, so that the one writer has nothing left to do but store it.</summary>
internal sealed class OutgoingMessage
{
    /// <summary>The standard tier's limit for a message, and for the messages of one call together.</summary>
    public const long MaxSizeInBytes = 256 * 1024;

    private OutgoingMessage(byte[] content, string messageId, ServiceBusMessage message)
    {
        Content = content;
        MessageId = messageId;
        SessionId = message.SessionId;
        TimeToLive = message.TimeToLive;
        ScheduledFor = message.ScheduledEnqueueTime;
    }

    public byte[] Content { get; }

    public string MessageId { get; }

    public string? SessionId { get; }

    public TimeSpan TimeToLive { get; }

    public DateTimeOffset ScheduledFor { get; }

    public int Size => Content.Length;

    public static OutgoingMessage From(ServiceBusMessage message)
    {
        var id = message.MessageId ?? Guid.NewGuid().ToString("N");
        return new OutgoingMessage(StoredContent.Encode(message, id), id, message);
    }

    /// <summary>
    /// 128 bits that stand for the id in the duplicate history. A cryptographic hash, because senders choose ids: two different ids
    /// that could be made to meet would let one partner suppress another's message.
    /// </summary>
    public UInt128 IdHash()
    {
        Span<byte> id = stackalloc byte[3 * 128];
        var length = Encoding.UTF8.GetBytes(MessageId, id);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(id[..length], hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
