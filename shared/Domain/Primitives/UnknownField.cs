using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Stockgate.Domain;

/// <summary>
/// Finds unknown fields in a request. Ignoring a misspelt field could, for example, drop a promotion's floor price: requests of people are
/// held to the fields there are, other than the events of partners, who may send more than we know.
/// </summary>
public static class UnknownField
{
    private const int ShownCharacters = 60;

    /// <summary>The first field of the document that the type does not have, with the nearest one that it has; null if none.</summary>
    /// <exception cref="JsonException">The document is not JSON.</exception>
    public static Rejection? In(ReadOnlyMemory<byte> json, JsonTypeInfo type)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Limits.JsonDepth });
        return In(document.RootElement, type, string.Empty);
    }

    private static Rejection? In(JsonElement element, JsonTypeInfo type, string path) =>
        (element.ValueKind, type.Kind) switch
        {
            (JsonValueKind.Object, JsonTypeInfoKind.Object) => InObject(element, type, path),
            (JsonValueKind.Object, JsonTypeInfoKind.Dictionary) => element
                .EnumerateObject()
                .Select(member => In(member.Value, Of(type, type.ElementType!), Join(path, member.Name)))
                .FirstOrDefault(static r => r is not null),
            (JsonValueKind.Array, JsonTypeInfoKind.Enumerable) => element
                .EnumerateArray()
                .Select((item, i) => In(item, Of(type, type.ElementType!), $"{path}[{i}]"))
                .FirstOrDefault(static r => r is not null),
            _ => null,
        };

    private static Rejection? InObject(JsonElement element, JsonTypeInfo type, string path)
    {
        var discriminator = type.PolymorphismOptions?.TypeDiscriminatorPropertyName;
        if (discriminator is not null)
        {
            var kind =
                element.TryGetProperty(discriminator, out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
            var derived = type.PolymorphismOptions!.DerivedTypes.FirstOrDefault(d => d.TypeDiscriminator as string == kind).DerivedType;
            // The deserializer's error names the known kinds.
            if (derived is null)
                return null;
            type = Of(type, derived);
        }
        var comparison = type.Options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        foreach (var member in element.EnumerateObject())
        {
            if (member.Name == discriminator)
                continue;
            if (
                type.Properties.FirstOrDefault(p => p.Set is not null && string.Equals(p.Name, member.Name, comparison)) is not { } property
            )
                return Unknown(member.Name, type, path);
            if (In(member.Value, Of(type, property.PropertyType), Join(path, member.Name)) is { } inner)
                return inner;
        }
        return null;
    }

    private static Rejection Unknown(string name, JsonTypeInfo type, string path)
    {
        var shown = Clip.To(name, ShownCharacters);
        return new Rejection(
            Join(path, shown),
            $"is not known; {NearestName.Hint(name, [.. type.Properties.Where(static p => p.Set is not null).Select(static p => p.Name)])}"
        );
    }

    private static JsonTypeInfo Of(JsonTypeInfo around, Type type) => around.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
