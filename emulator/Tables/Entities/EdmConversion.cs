using System.Text.Json;

namespace Stockgate.Emulator.Tables.Entities;

/// <summary>Reads a value of the property's own type; annotations are not needed, because the property says what it is.</summary>
internal delegate TValue ReadEdm<out TValue>(ref Utf8JsonReader reader);

/// <summary>How values of one .NET type are written and read.</summary>
internal abstract class EdmConversion
{
    private static readonly Dictionary<Type, EdmConversion> Known = new EdmConversion[]
    {
        Reference<string>(EdmWriter.Write, static (ref Utf8JsonReader reader) => reader.GetString()!),
        Reference<byte[]>(
            static (writer, name, value) => EdmWriter.Write(writer, name, value.AsSpan()),
            static (ref Utf8JsonReader reader) => reader.GetBytesFromBase64()),
        Reference<BinaryData>(
            static (writer, name, value) => EdmWriter.Write(writer, name, value.ToMemory().Span),
            static (ref Utf8JsonReader reader) => new BinaryData(reader.GetBytesFromBase64())),
    }.Concat(Values<bool>(EdmWriter.Write, static (ref Utf8JsonReader reader) => reader.GetBoolean()))
        .Concat(Values<int>(EdmWriter.Write, static (ref Utf8JsonReader reader) => reader.GetInt32()))
        .Concat(Values<long>(EdmWriter.Write, EdmReader.Int64))
        .Concat(Values<double>(EdmWriter.Write, EdmReader.Double))
        .Concat(Values<Guid>(EdmWriter.Write, EdmReader.Guid))
        .Concat(Values<DateTimeOffset>(EdmWriter.Write, EdmReader.Time))
        .Concat(Values<DateTime>(EdmWriter.Write, static (ref Utf8JsonReader reader) => EdmReader.Time(ref reader).UtcDateTime))
        .ToDictionary(conversion => conversion.Type);

    protected abstract Type Type { get; }

    /// <summary>The conversion of a type, or null where the service has none for it.</summary>
    public static EdmConversion? Of(Type type)
    {
        if (Known.TryGetValue(type, out var known)) return known;
        var underlying = Nullable.GetUnderlyingType(type);
        if (!(underlying ?? type).IsEnum) return null;
        var conversion = underlying is null ? typeof(EnumConversion<>) : typeof(NullableEnumConversion<>);
        return (EdmConversion)Activator.CreateInstance(conversion.MakeGenericType(underlying ?? type))!;
    }

    private static EdmConversion<T> Reference<T>(Action<Utf8JsonWriter, PropertyName, T> write, ReadEdm<T> read) where T : class =>
        new((writer, name, value) =>
        {
            if (value is not null) write(writer, name, value);
        }, read);

    private static EdmConversion[] Values<T>(Action<Utf8JsonWriter, PropertyName, T> write, ReadEdm<T> read) where T : struct =>
    [
        new EdmConversion<T>(write, read),
        new EdmConversion<T?>((writer, name, value) =>
        {
            if (value is { } some) write(writer, name, some);
        }, (ref Utf8JsonReader reader) => read(ref reader)),
    ];
}

/// <inheritdoc />
internal class EdmConversion<TValue>(Action<Utf8JsonWriter, PropertyName, TValue> write, ReadEdm<TValue> read) : EdmConversion
{
    protected override Type Type => typeof(TValue);

    public void Write(Utf8JsonWriter writer, PropertyName name, TValue value) => write(writer, name, value);

    public TValue Read(ref Utf8JsonReader reader) => read(ref reader);
}

/// <summary>Enums are stored by their names.</summary>
internal sealed class EnumConversion<TEnum>() : EdmConversion<TEnum>(
    static (writer, name, value) => EdmWriter.Write(writer, name, value.ToString()),
    static (ref Utf8JsonReader reader) => Enum.Parse<TEnum>(reader.GetString()!)) where TEnum : struct, Enum;

/// <inheritdoc cref="EnumConversion{TEnum}"/>
internal sealed class NullableEnumConversion<TEnum>() : EdmConversion<TEnum?>(
    static (writer, name, value) =>
    {
        if (value is { } some) EdmWriter.Write(writer, name, some.ToString());
    },
    static (ref Utf8JsonReader reader) => Enum.Parse<TEnum>(reader.GetString()!)) where TEnum : struct, Enum;
