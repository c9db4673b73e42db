using System.Text.Json.Nodes;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Schemas;

/// <summary>The JSON Schema of each canonical event: of its <c>data</c>. The rules that need more than a shape are checked on acceptance.</summary>
public static class EventSchemas
{
    /// <summary>The schema of a type's data; null if there is no such type.</summary>
    public static JsonObject? Find(string type)
    {
        if (EventTypes.Find(type) is not { } form)
            return null;
        var schema = JsonSchemas.Of(form);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "$id", $"urn:stockgate:schema:{type}");
        schema.Insert(2, "title", type);
        return schema;
    }
}
