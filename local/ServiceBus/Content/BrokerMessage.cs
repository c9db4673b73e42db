using System.Security.Cryptography;
using System.Text;

namespace Stockgate.Local.ServiceBus.Content;

/// <summary>A message as a sender encoded it, read on the sender's thread so that the one writer has only to store it.</summary>
internal sealed class BrokerMessage
{
    /// <summary>The standard tier's limit for a message, and for the messages of one transfer together.</summary>
    public const int MaxSizeInBytes = 256 * 1024;

    private BrokerMessage(byte[] content, in MessageContent read)
    {
        Content = content;
        MessageId = read.MessageId!;
        SessionId = read.SessionId;
        TimeToLive = read.TimeToLive;
        ScheduledForTicks = read.ScheduledForTicks;
    }

    public byte[] Content { get; }

    public string MessageId { get; }

    public string? SessionId { get; }

    public TimeSpan TimeToLive { get; }

    /// <summary>In UTC; 0 when it is for now.</summary>
    public long ScheduledForTicks { get; }

    /// <exception cref="InvalidOperationException">The bytes are no AMQP message.</exception>
    public static BrokerMessage From(byte[] content)
    {
        var read = MessageContent.Read(content);
        if (read.MessageId is not null)
            return new BrokerMessage(content, read);
        var id = Guid.NewGuid().ToString("N");
        return new BrokerMessage(PropertiesSection.Change(content, properties => properties.MessageId = id), read with { MessageId = id });
    }

    /// <summary>
    /// 128 bits that stand for the id in the duplicate history. A cryptographic hash, because senders choose ids: two different ids
    /// that could be made to meet would let one partner suppress another's message.
    /// </summary>
    public UInt128 IdHash()
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(MessageId), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
