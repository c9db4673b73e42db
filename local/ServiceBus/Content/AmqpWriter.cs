using System.Buffers.Binary;
using System.Text;

namespace Stockgate.Local.ServiceBus.Content;

/// <summary>Writes the few kinds of AMQP values that the broker adds to a message.</summary>
internal ref struct AmqpWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    public int Length { get; private set; }

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void Section(byte code)
    {
        Byte(0x00);
        Byte(0x53);
        Byte(code);
    }

    public void Null() => Byte(0x40);

    public void UInt(uint value)
    {
        Byte(0x70);
        BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), value);
    }

    public void Int(int value)
    {
        Byte(0x71);
        BinaryPrimitives.WriteInt32BigEndian(Reserve(4), value);
    }

    public void Long(long value)
    {
        Byte(0x81);
        BinaryPrimitives.WriteInt64BigEndian(Reserve(8), value);
    }

    public void Timestamp(long ticks)
    {
        Byte(0x83);
        BinaryPrimitives.WriteInt64BigEndian(Reserve(8), new DateTimeOffset(ticks, TimeSpan.Zero).ToUnixTimeMilliseconds());
    }

    public void Symbol(string value)
    {
        Byte(0xa3);
        Byte((byte)value.Length);
        Encoding.ASCII.GetBytes(value, Reserve(value.Length));
    }

    public void Text(string value)
    {
        Byte(0xb1);
        var length = Encoding.UTF8.GetByteCount(value);
        BinaryPrimitives.WriteInt32BigEndian(Reserve(4), length);
        Encoding.UTF8.GetBytes(value, Reserve(length));
    }

    /// <summary>Begins a list (0xd0) or map (0xd1) whose size and count <see cref="End"/> fills in.</summary>
    public int Begin(byte code)
    {
        Byte(code);
        Reserve(8);
        return Length;
    }

    public readonly void End(int start, int count)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer[(start - 8)..], Length - start + 4);
        BinaryPrimitives.WriteInt32BigEndian(_buffer[(start - 4)..], count);
    }

    private Span<byte> Reserve(int count)
    {
        Length += count;
        return _buffer.Slice(Length - count, count);
    }
}
