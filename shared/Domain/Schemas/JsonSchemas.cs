using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Stockgate.Domain.Schemas;

/// <summary>JSON Schemas (2020-12) of types, from what the serializer knows of them and their XML documentation.</summary>
public static class JsonSchemas
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Told,
    };

    public static JsonObject Of(JsonTypeInfo type) =>
        type.GetJsonSchemaAsNode(Options) as JsonObject ?? throw new ArgumentException($"{type.Type} has no schema.", nameof(type));

    private static JsonNode Told(JsonSchemaExporterContext context, JsonNode node)
    {
        // A type with a converter of its own is just "anything" to the exporter.
        var schema = node as JsonObject ?? Converted(context.TypeInfo.Type) ?? [];
        if (Described(context) is { } words)
            schema.Insert(0, "description", words);
        return schema;
    }

    private static JsonObject? Converted(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var isNullable = plain != type;
        if (plain.GetInterfaces().Any(static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITextId<>)))
            return new JsonObject { ["type"] = Type("string"), ["minLength"] = 1 };
        if (plain == typeof(Currency))
            return new JsonObject { ["type"] = Type("string"), ["pattern"] = "^[A-Z]{3}$" };
        return plain == typeof(Quantity)
            ? new JsonObject
            {
                ["type"] = isNullable ? new JsonArray("number", "string", "null") : new JsonArray("number", "string"),
                ["pattern"] = @"^-?\d*\.?\d+$",
                ["minimum"] = -Limits.Number,
                ["maximum"] = Limits.Number,
            }
            : null;

        JsonNode Type(string name) => isNullable ? new JsonArray(name, "null") : name;
    }

    private static string? Described(JsonSchemaExporterContext context) =>
        context.PropertyInfo is { AttributeProvider: MemberInfo member } ? XmlDocs.SummaryOf(member)
        : context.Path.IsEmpty ? XmlDocs.SummaryOf(context.TypeInfo.Type)
        : null;
}
