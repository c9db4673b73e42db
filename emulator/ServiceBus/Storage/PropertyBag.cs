using System.Runtime.Serialization;

namespace Stockgate.Emulator.ServiceBus.Storage;

/// <summary>Application properties in bytes: the AMQP primitive types, each back as the type it went in as.</summary>
internal static class PropertyBag
{
    private enum Kind : byte
    {
        Null, String, True, False, SByte, Byte, Int16, UInt16, Int32, UInt32, Int64, UInt64, Single, Double, Decimal, Char, Guid, DateTime,
        DateTimeOffset, TimeSpan, Uri, Bytes
    }

    public static byte[] Encode(IDictionary<string, object> properties)
    {
        var writer = ContentWriter.Rent();
        Write(writer, properties);
        return writer.ToArray();
    }

    public static void Write(ContentWriter writer, IDictionary<string, object> properties)
    {
        writer.Length(properties.Count);
        foreach (var (name, value) in properties)
        {
            writer.String(name);
            WriteValue(writer, name, value);
        }
    }

    public static Dictionary<string, object> Read(ref ContentReader reader)
    {
        var count = reader.Length();
        var properties = new Dictionary<string, object>(count);
        for (var i = 0; i < count; i++) properties[reader.String()] = ReadValue(ref reader)!;
        return properties;
    }

    /// <summary>The properties with later changes laid over them.</summary>
    public static Dictionary<string, object> Merge(Dictionary<string, object>? properties, byte[] changes)
    {
        var reader = new ContentReader(changes);
        var changed = Read(ref reader);
        if (properties is null) return changed;
        foreach (var (name, value) in changed) properties[name] = value;
        return properties;
    }

    /// <summary>Two sets of changes as one; the later wins.</summary>
    public static byte[]? Combine(byte[]? earlier, byte[]? later)
    {
        if (earlier is null || later is null) return later ?? earlier;
        var reader = new ContentReader(earlier);
        return Encode(Merge(Read(ref reader), later));
    }

    private static void WriteValue(ContentWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null: Tag(Kind.Null); break;
            case string text: Tag(Kind.String); writer.String(text); break;
            case bool flag: Tag(flag ? Kind.True : Kind.False); break;
            case sbyte number: Number(Kind.SByte, number); break;
            case byte number: Number(Kind.Byte, number); break;
            case short number: Number(Kind.Int16, number); break;
            case ushort number: Number(Kind.UInt16, number); break;
            case int number: Number(Kind.Int32, number); break;
            case uint number: Number(Kind.UInt32, number); break;
            case long number: Number(Kind.Int64, number); break;
            case ulong number: Number(Kind.UInt64, unchecked((long)number)); break;
            case float number: Number(Kind.Single, BitConverter.SingleToInt32Bits(number)); break;
            case double number: Number(Kind.Double, BitConverter.DoubleToInt64Bits(number)); break;
            case char letter: Number(Kind.Char, letter); break;
            case DateTime time: Number(Kind.DateTime, time.ToUniversalTime().Ticks); break;
            case DateTimeOffset time: Number(Kind.DateTimeOffset, time.UtcTicks); break;
            case TimeSpan span: Number(Kind.TimeSpan, span.Ticks); break;
            case Uri uri: Tag(Kind.Uri); writer.String(uri.OriginalString); break;
            case byte[] bytes: Tag(Kind.Bytes); writer.Length(bytes.Length); writer.Bytes(bytes); break;
            case Guid guid: Tag(Kind.Guid); writer.Bytes(guid.ToByteArray()); break;
            case decimal number:
                Tag(Kind.Decimal);
                foreach (var part in decimal.GetBits(number)) writer.Int64(part);
                break;
            default:
                throw new SerializationException(
                    $"Serialization operation failed due to unsupported type {value.GetType().FullName} of the application property '{name}'.");
        }

        void Tag(Kind kind) => writer.Byte((byte)kind);

        void Number(Kind kind, long number)
        {
            Tag(kind);
            writer.Int64(number);
        }
    }

    private static object? ReadValue(ref ContentReader reader) => (Kind)reader.Byte() switch
    {
        Kind.Null => null,
        Kind.String => reader.String(),
        Kind.True => true,
        Kind.False => false,
        Kind.SByte => (sbyte)reader.Int64(),
        Kind.Byte => (byte)reader.Int64(),
        Kind.Int16 => (short)reader.Int64(),
        Kind.UInt16 => (ushort)reader.Int64(),
        Kind.Int32 => (int)reader.Int64(),
        Kind.UInt32 => (uint)reader.Int64(),
        Kind.Int64 => reader.Int64(),
        Kind.UInt64 => unchecked((ulong)reader.Int64()),
        Kind.Single => BitConverter.Int32BitsToSingle((int)reader.Int64()),
        Kind.Double => BitConverter.Int64BitsToDouble(reader.Int64()),
        Kind.Char => (char)reader.Int64(),
        Kind.DateTime => new DateTime(reader.Int64(), DateTimeKind.Utc),
        Kind.DateTimeOffset => new DateTimeOffset(reader.Int64(), TimeSpan.Zero),
        Kind.TimeSpan => new TimeSpan(reader.Int64()),
        Kind.Uri => new Uri(reader.String(), UriKind.RelativeOrAbsolute),
        Kind.Bytes => reader.Bytes(reader.Length()).ToArray(),
        Kind.Guid => new Guid(reader.Bytes(16)),
        Kind.Decimal => new decimal([(int)reader.Int64(), (int)reader.Int64(), (int)reader.Int64(), (int)reader.Int64()]),
        var kind => throw new InvalidDataException($"Unknown kind {kind} of an application property in the broker's file.")
    };
}
