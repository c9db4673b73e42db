using System.Buffers.Binary;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>What a receiver settles by. It carries the message's number, so that no table from tokens to messages is needed.</summary>
internal static class LockToken
{
    public static Guid Create(ulong number, long sequence)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], sequence);
        return new Guid(bytes);
    }

    public static long SequenceOf(Guid token)
    {
        Span<byte> bytes = stackalloc byte[16];
        token.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
    }
}
