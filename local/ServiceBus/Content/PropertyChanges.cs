using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;

namespace Stockgate.Local.ServiceBus.Content;

/// <summary>Application properties that receivers changed as they settled a message: an encoded AMQP map, laid over the sender's.</summary>
internal static class PropertyChanges
{
    public const string DeadLetterReason = "DeadLetterReason";
    public const string DeadLetterErrorDescription = "DeadLetterErrorDescription";

    public static byte[]? Of(IEnumerable<KeyValuePair<string, object?>> changes)
    {
        var map = new AmqpMap();
        foreach (var (name, value) in changes)
            map[new MapKey(name)] = value;
        return map.Count == 0 ? null : Encode(map);
    }

    public static byte[] OfDeadLetter(string reason, string description) =>
        Of([
            KeyValuePair.Create<string, object?>(DeadLetterReason, reason),
            KeyValuePair.Create<string, object?>(DeadLetterErrorDescription, description),
        ])!;

    /// <summary>Two sets of changes as one; the later wins.</summary>
    public static byte[]? Combine(byte[]? earlier, byte[]? later)
    {
        if (earlier is null || later is null)
            return later ?? earlier;
        return Merge(earlier, later);
    }

    /// <summary>An encoded map with another laid over it.</summary>
    public static byte[] Merge(ReadOnlySpan<byte> under, byte[] over)
    {
        var map = under.IsEmpty ? new AmqpMap() : Decode(under.ToArray());
        foreach (var (name, value) in Decode(over))
            map[name] = value;
        return Encode(map);
    }

    private static AmqpMap Decode(byte[] encoded) => AmqpCodec.DecodeMap(new ByteBuffer(encoded, 0, encoded.Length));

    private static byte[] Encode(AmqpMap map)
    {
        var buffer = new ByteBuffer(AmqpCodec.GetMapEncodeSize(map), autoGrow: true);
        AmqpCodec.EncodeMap(map, buffer);
        return buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();
    }
}
