using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;

namespace Stockgate.Emulator.Tables.Entities;

/// <summary>Property values from OData JSON.</summary>
internal static class EdmReader
{
    public static long Int64(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetInt64() : long.Parse(reader.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public static double Double(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : double.Parse(reader.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Any of the spellings that writers used, not only the one with dashes.</summary>
    public static Guid Guid(ref Utf8JsonReader reader) => reader.TryGetGuid(out var value) ? value : global::System.Guid.Parse(reader.GetString()!);

    public static DateTimeOffset Time(ref Utf8JsonReader reader) => reader.TryGetDateTimeOffset(out var value)
        ? value
        : DateTimeOffset.Parse(reader.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Reads one entity as a dictionary; the reader stands on its start and is left on its end.</summary>
    public static TableEntity Read(ref Utf8JsonReader reader, PropertyNames names)
    {
        var entity = new TableEntity();
        var properties = entity.Properties;
        string? typed = null, type = null;
        names.Restart();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = names.Read(ref reader);
            reader.Read();
            if (name == TableEntity.EtagKey) properties[name] = reader.GetString()!;
            else if (name == "Timestamp") properties[name] = Time(ref reader);
            else if (name.EndsWith(EdmWriter.TypeSuffix, StringComparison.Ordinal)) (typed, type) = (name, reader.GetString());
            else if (name.StartsWith("odata.", StringComparison.Ordinal)) reader.Skip();
            // The annotation stands before its value.
            else properties[name] = Value(ref reader, typed is not null && Annotates(typed, name) ? type : null)!;
        }

        return entity;
    }

    private static bool Annotates(string annotation, string name) =>
        annotation.Length == name.Length + EdmWriter.TypeSuffix.Length && annotation.StartsWith(name, StringComparison.Ordinal);

    private static object? Value(ref Utf8JsonReader reader, string? type) => (reader.TokenType, type) switch
    {
        (JsonTokenType.Null, _) => null,
        (_, "Edm.Int64") => Int64(ref reader),
        (_, "Edm.DateTime") => Time(ref reader),
        (_, "Edm.Double") => Double(ref reader),
        (_, "Edm.Guid") => Guid(ref reader),
        (_, "Edm.Binary") => reader.GetBytesFromBase64(),
        (JsonTokenType.String, _) => reader.GetString(),
        (JsonTokenType.True, _) => true,
        (JsonTokenType.False, _) => false,
        (JsonTokenType.Number, _) => reader.TryGetInt32(out var number) ? (object)number : reader.GetDouble(),
        var (token, _) => throw new JsonException($"The Table service sent a {token} where a property's value stands."),
    };
}
