using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Stockgate.Emulator.Worker.Durable;

/// <summary>Which types can be the input of an orchestrator or an activity.</summary>
internal static class InputTypes
{
    /// <summary>False where no serializer could make one: what is meant then is a service, which comes by the constructor.</summary>
    public static bool IsUsable(Type type) =>
        type != typeof(CancellationToken)
        && !type.IsByRefLike && !type.IsPointer
        && !typeof(Delegate).IsAssignableFrom(type)
        && !typeof(Stream).IsAssignableFrom(type)
        && (!type.IsAbstract || typeof(IEnumerable).IsAssignableFrom(type) || typeof(JsonNode).IsAssignableFrom(type)
            || type.IsDefined(typeof(JsonDerivedTypeAttribute), inherit: false) || type.GetCustomAttribute<JsonConverterAttribute>() is not null);
}
