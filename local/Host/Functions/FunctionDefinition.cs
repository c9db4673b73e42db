using System.Text.Json.Nodes;
using Stockgate.Local.Host.Protocol;

namespace Stockgate.Local.Host.Functions;

/// <summary>A function as the worker describes it.</summary>
internal sealed class FunctionDefinition
{
    public FunctionDefinition(RpcFunctionMetadata metadata)
    {
        Metadata = metadata;
        Bindings = [.. metadata.RawBindings.Select(raw => new FunctionBinding((JsonObject)JsonNode.Parse(raw)!))];
        Trigger = Bindings.FirstOrDefault(binding => binding.Type.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
        DurableClients = [.. Bindings.Where(binding => binding.Is("durableClient"))];
    }

    public RpcFunctionMetadata Metadata { get; }

    public string Id => Metadata.FunctionId;

    public string Name => Metadata.Name;

    public IReadOnlyList<FunctionBinding> Bindings { get; }

    public FunctionBinding? Trigger { get; }

    public IReadOnlyList<FunctionBinding> DurableClients { get; }

    /// <summary>Why this function does not run; null when it does.</summary>
    public string? Fault { get; set; }

    public bool Disabled { get; init; }

    public bool Runs => Fault is null && !Disabled;
}

/// <summary>One binding of a function: the JSON that the worker sends.</summary>
internal sealed class FunctionBinding(JsonObject json)
{
    private readonly Dictionary<string, JsonNode?> members = json.ToDictionary(m => m.Key, m => m.Value, StringComparer.OrdinalIgnoreCase);

    public string Type { get; } =
        json.FirstOrDefault(m => m.Key.Equals("type", StringComparison.OrdinalIgnoreCase)).Value?.ToString() ?? "";

    public string Name => this["name"] ?? "";

    public string Json => json.ToJsonString();

    public string? this[string name] => members.GetValueOrDefault(name)?.ToString();

    public bool Is(string type) => Type.Equals(type, StringComparison.OrdinalIgnoreCase);

    public bool Flag(string name, bool fallback = false) => bool.TryParse(this[name], out var flag) ? flag : fallback;

    /// <summary>A flag among the binding's own properties; the SDK writes them in differing case.</summary>
    public bool Property(string name) =>
        members.GetValueOrDefault("properties") is JsonObject properties
        && properties.Any(property =>
            property.Key.Equals(name, StringComparison.OrdinalIgnoreCase) && bool.TryParse(property.Value?.ToString(), out var set) && set
        );

    public IReadOnlyList<string> List(string name) =>
        members.GetValueOrDefault(name) is JsonArray array ? [.. array.Select(item => item!.ToString())] : [];
}
