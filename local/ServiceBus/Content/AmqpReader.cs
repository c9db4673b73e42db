using System.Buffers.Binary;
using System.Text;

namespace Stockgate.Local.ServiceBus.Content;

/// <summary>Walks over AMQP 1.0 encoded values without making objects of what is only passed by.</summary>
internal ref struct AmqpReader(ReadOnlySpan<byte> bytes, int position = 0)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; set; } = position;

    public readonly bool AtEnd => Position >= _bytes.Length;

    /// <summary>The descriptor of a described value; the reader stands before the value afterwards.</summary>
    public ulong Descriptor()
    {
        if (Byte() != 0)
            throw Malformed("a section does not begin with a descriptor");
        return Byte() switch
        {
            0x44 => 0,
            0x53 => Byte(),
            0x80 => BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
            _ => throw Malformed("a section has a descriptor that is not a number"),
        };
    }

    /// <summary>Enters a list or a map and answers how many values follow.</summary>
    public int Enter()
    {
        switch (Byte())
        {
            case 0x40 or 0x45:
                return 0;
            case 0xc0 or 0xc1:
                Take(1);
                return Byte();
            case 0xd0 or 0xd1:
                Take(4);
                return BinaryPrimitives.ReadInt32BigEndian(Take(4));
            default:
                throw Malformed("a list or map was expected");
        }
    }

    /// <summary>Passes one value and answers its bytes.</summary>
    public ReadOnlySpan<byte> Value()
    {
        var start = Position;
        Skip();
        return _bytes[start..Position];
    }

    public void Skip()
    {
        var code = Byte();
        // A described value: descriptor, then value. In a loop, since a sender could nest as many as its message has bytes.
        for (; code == 0; code = Byte())
            Pass(Byte());
        Pass(code);
    }

    private void Pass(byte code) =>
        Take(
            (code >> 4) switch
            {
                0x4 => 0,
                0x5 => 1,
                0x6 => 2,
                0x7 => 4,
                0x8 => 8,
                0x9 => 16,
                0xa or 0xc or 0xe => Byte(),
                0xb or 0xd or 0xf => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
                _ => throw Malformed($"0x{code:x2} is not a type of AMQP"),
            }
        );

    /// <summary>The bytes of a binary value.</summary>
    public ReadOnlySpan<byte> Binary() =>
        Byte() switch
        {
            0xa0 => Take(Byte()),
            0xb0 => Take(BinaryPrimitives.ReadInt32BigEndian(Take(4))),
            _ => throw Malformed("a binary value was expected"),
        };

    /// <summary>A string or symbol, or another id written out; null for null.</summary>
    public string? Text()
    {
        var code = Byte();
        return code switch
        {
            0x40 => null,
            0xa1 or 0xa3 => Encoding.UTF8.GetString(Take(Byte())),
            0xb1 or 0xb3 => Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadInt32BigEndian(Take(4)))),
            0xa0 => Convert.ToHexString(Take(Byte())),
            0x98 => new Guid(Take(16), bigEndian: true).ToString(),
            0x44 => "0",
            0x53 => Byte().ToString(),
            0x80 => BinaryPrimitives.ReadUInt64BigEndian(Take(8)).ToString(),
            _ => throw Malformed("a string was expected"),
        };
    }

    /// <summary>A timestamp or unsigned number of milliseconds; null for null.</summary>
    public long? Milliseconds()
    {
        var code = Byte();
        return code switch
        {
            0x40 => null,
            0x43 => 0,
            0x52 => Byte(),
            0x70 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            0x83 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
            _ => throw Malformed("a time was expected"),
        };
    }

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)(_bytes.Length - Position))
            throw Malformed("it ends in the middle of a value");
        Position += count;
        return _bytes.Slice(Position - count, count);
    }

    private static InvalidOperationException Malformed(string what) => new($"The message is not well-formed AMQP: {what}.");
}
