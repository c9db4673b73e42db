using System.Buffers.Binary;
using System.Text;

namespace Stockgate.Emulator.ServiceBus.Storage;

/// <summary>Reads what <see cref="ContentWriter"/> wrote.</summary>
internal ref struct ContentReader(ReadOnlySpan<byte> content)
{
    private readonly ReadOnlySpan<byte> _content = content;

    public int Position { get; private set; }

    public readonly bool AtEnd => Position == _content.Length;

    public byte Byte() => Bytes(1)[0];

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    public int Length()
    {
        uint value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = Byte();
            value |= (uint)(part & 0x7F) << shift;
            if (part < 0x80) return (int)value;
        }
    }

    public string String() => Encoding.UTF8.GetString(Bytes(Length()));

    public ReadOnlySpan<byte> Bytes(int count)
    {
        var bytes = _content.Slice(Position, count);
        Position += count;
        return bytes;
    }
}
