using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Domain;

/// <summary>Reads an id from a JSON text, holding it to its rule, and writes it as one.</summary>
public sealed class TextIdConverter<T> : JsonConverter<T>
    where T : struct, ITextId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException("must be a text");
        return T.Mistake(reader.GetString(), out var id) is { } mistake ? throw new JsonException(mistake) : id;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
