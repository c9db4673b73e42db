using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Platform.Ingest.Registry;

/// <summary>A JSON document inside another one, kept as its text.</summary>
public sealed class JsonTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind == JsonValueKind.Null ? null : document.RootElement.GetRawText();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteRawValue(value);
}
