using System.Buffers.Binary;
using System.Text;

namespace Stockgate.Emulator.ServiceBus.Storage;

/// <summary>Writes into a buffer that its thread uses again, so that a message costs one allocation: its final bytes.</summary>
internal sealed class ContentWriter
{
    private const int KeepUpTo = 1 << 20;

    [ThreadStatic]
    private static ContentWriter? _ofThisThread;

    private byte[] _buffer = new byte[4096];
    private int _length;

    public static ContentWriter Rent()
    {
        var writer = _ofThisThread ??= new ContentWriter();
        writer._length = 0;
        return writer;
    }

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);

    public void Length(int value)
    {
        for (var rest = (uint)value; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                Byte((byte)rest);
                return;
            }
            Byte((byte)(rest | 0x80));
        }
    }

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Reserve(value.Length));

    public void String(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Length(length);
        Encoding.UTF8.GetBytes(value, Reserve(length));
    }

    public void Field(byte tag, string? value)
    {
        if (value is null) return;
        Byte(tag);
        String(value);
    }

    public byte[] ToArray()
    {
        var bytes = _buffer.AsSpan(0, _length).ToArray();
        if (_buffer.Length > KeepUpTo) _buffer = new byte[4096];
        return bytes;
    }

    private Span<byte> Reserve(int count)
    {
        if (_length + count > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        _length += count;
        return _buffer.AsSpan(_length - count, count);
    }
}
