using System.Globalization;
using System.Text.Json;

namespace Stockgate.Emulator.Tables.Entities;

/// <summary>
/// Property values as OData JSON ("Payload format for Table service operations"): types that JSON does not tell apart carry an <c>@odata.type</c> beside them.
/// </summary>
internal static class EdmWriter
{
    public const string TypeSuffix = "@odata.type";

    private static readonly JsonEncodedText Binary = JsonEncodedText.Encode("Edm.Binary"), Time = JsonEncodedText.Encode("Edm.DateTime"),
        Floating = JsonEncodedText.Encode("Edm.Double"), Unique = JsonEncodedText.Encode("Edm.Guid"), Long = JsonEncodedText.Encode("Edm.Int64");

    public static void Write(Utf8JsonWriter writer, PropertyName name, string value) => writer.WriteString(name.Value, value);

    public static void Write(Utf8JsonWriter writer, PropertyName name, bool value) => writer.WriteBoolean(name.Value, value);

    public static void Write(Utf8JsonWriter writer, PropertyName name, int value) => writer.WriteNumber(name.Value, value);

    public static void Write(Utf8JsonWriter writer, PropertyName name, ReadOnlySpan<byte> value)
    {
        writer.WriteString(name.Type, Binary);
        writer.WriteBase64String(name.Value, value);
    }

    public static void Write(Utf8JsonWriter writer, PropertyName name, long value)
    {
        writer.WriteString(name.Type, Long);
        Span<char> text = stackalloc char[20];
        value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        writer.WriteString(name.Value, text[..length]);
    }

    public static void Write(Utf8JsonWriter writer, PropertyName name, double value)
    {
        writer.WriteString(name.Type, Floating);
        // JSON has no numbers for these three; the service takes their names.
        if (double.IsFinite(value)) writer.WriteNumber(name.Value, value);
        else writer.WriteString(name.Value, double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
    }

    public static void Write(Utf8JsonWriter writer, PropertyName name, Guid value)
    {
        writer.WriteString(name.Type, Unique);
        writer.WriteString(name.Value, value);
    }

    public static void Write(Utf8JsonWriter writer, PropertyName name, DateTimeOffset value) => Write(writer, name, value.UtcDateTime);

    /// <exception cref="NotSupportedException">The time is not in UTC, so that the instant it means depends on the machine.</exception>
    public static void Write(Utf8JsonWriter writer, PropertyName name, DateTime value)
    {
        if (value.Kind != DateTimeKind.Utc)
            throw new NotSupportedException(
                $"DateTime {value:O} of property '{name}' is {value.Kind}; only UTC is sent. Use DateTimeOffset, ToUniversalTime() or DateTime.SpecifyKind.");
        writer.WriteString(name.Type, Time);
        Span<char> text = stackalloc char[33];
        value.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        writer.WriteString(name.Value, text[..length]);
    }

    /// <summary>A value of a <see cref="Azure.Data.Tables.TableEntity"/>.</summary>
    /// <exception cref="NotSupportedException">The service has no such type.</exception>
    public static void Write(Utf8JsonWriter writer, PropertyName name, object value)
    {
        switch (value)
        {
            case string text: Write(writer, name, text); break;
            case int number: Write(writer, name, number); break;
            case long number: Write(writer, name, number); break;
            case double number: Write(writer, name, number); break;
            case bool flag: Write(writer, name, flag); break;
            case DateTimeOffset time: Write(writer, name, time); break;
            case DateTime time: Write(writer, name, time); break;
            case Guid id: Write(writer, name, id); break;
            case byte[] bytes: Write(writer, name, bytes.AsSpan()); break;
            case BinaryData data: Write(writer, name, data.ToMemory().Span); break;
            case Enum:
                throw new NotSupportedException($"Property '{name}': enum values are only written for classes that implement ITableEntity. Store its name as a string.");
            default:
                throw new NotSupportedException($"Property '{name}': the Table service has no type for {value.GetType()}. Store it as a string, int, long or double.");
        }
    }
}
