using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Stockgate.Domain;

/// <summary>A field that a type doesn't have.</summary>
/// <param name="Path">From the document's root.</param>
/// <param name="Name">As it is written.</param>
/// <param name="Known">The names there are in its place.</param>
public sealed record UnknownMember(string Path, string Name, IReadOnlyCollection<string> Known);

/// <summary>
/// Finds unknown fields. Ignoring a misspelt field could, for example, drop a promotion's floor price: requests of people are held to the
/// fields there are. The events of partners may have more than we know, and their receipt names what was passed over.
/// </summary>
public static class UnknownField
{
    private const int ShownCharacters = 60;

    /// <summary>The first field of the document that the type does not have, with the nearest one that it has; null if none.</summary>
    /// <exception cref="JsonException">The document is not JSON.</exception>
    public static Rejection? In(ReadOnlyMemory<byte> json, JsonTypeInfo type) =>
        All(json, type, most: 1) is [var first]
            ? new Rejection(first.Path, $"is not known; {NearestName.Hint(first.Name, first.Known)}")
            : null;

    /// <summary>Fields of the document that the type does not have, in its order; at most so many.</summary>
    /// <exception cref="JsonException">The document is not JSON.</exception>
    public static IReadOnlyList<UnknownMember> All(ReadOnlyMemory<byte> json, JsonTypeInfo type, int most)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Limits.JsonDepth });
        try
        {
            return [.. In(document.RootElement, type, string.Empty).Take(most)];
        }
        // A name with half a surrogate pair is found only when it is read.
        catch (InvalidOperationException broken)
        {
            throw new JsonException(broken.Message, broken);
        }
    }

    private static IEnumerable<UnknownMember> In(JsonElement element, JsonTypeInfo type, string path) =>
        (element.ValueKind, type.Kind) switch
        {
            (JsonValueKind.Object, JsonTypeInfoKind.Object) => InObject(element, type, path),
            (JsonValueKind.Object, JsonTypeInfoKind.Dictionary) => element
                .EnumerateObject()
                .SelectMany(member => In(member.Value, Of(type, type.ElementType!), Join(path, member.Name))),
            (JsonValueKind.Array, JsonTypeInfoKind.Enumerable) => element
                .EnumerateArray()
                .SelectMany((item, i) => In(item, Of(type, type.ElementType!), $"{path}[{i}]")),
            _ => [],
        };

    private static IEnumerable<UnknownMember> InObject(JsonElement element, JsonTypeInfo type, string path)
    {
        var discriminator = type.PolymorphismOptions?.TypeDiscriminatorPropertyName;
        if (discriminator is not null)
        {
            var kind =
                element.TryGetProperty(discriminator, out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
            var derived = type.PolymorphismOptions!.DerivedTypes.FirstOrDefault(d => d.TypeDiscriminator as string == kind).DerivedType;
            // The deserializer's error names the known kinds.
            if (derived is null)
                yield break;
            type = Of(type, derived);
        }
        var comparison = type.Options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        foreach (var member in element.EnumerateObject().Where(member => member.Name != discriminator))
        {
            var property = type.Properties.FirstOrDefault(p => p.Set is not null && string.Equals(p.Name, member.Name, comparison));
            if (property is null)
                yield return Unknown(member.Name, type, path);
            else
                foreach (var inner in In(member.Value, Of(type, property.PropertyType), Join(path, member.Name)))
                    yield return inner;
        }
    }

    private static UnknownMember Unknown(string name, JsonTypeInfo type, string path) =>
        new(
            Join(path, Clip.To(name, ShownCharacters)),
            name,
            [.. type.Properties.Where(static p => p.Set is not null).Select(static p => p.Name)]
        );

    private static JsonTypeInfo Of(JsonTypeInfo around, Type type) => around.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
