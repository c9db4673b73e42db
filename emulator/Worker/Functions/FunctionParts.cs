using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Stockgate.Emulator.Worker.Functions;

/// <summary>A binding as the host lists it.</summary>
internal sealed class ListedBinding(string name, string type, BindingDirection direction) : BindingMetadata
{
    public override string Name => name;

    public override string Type => type;

    public override BindingDirection Direction => direction;
}

/// <summary>A discovered function's definition.</summary>
internal sealed class DiscoveredDefinition(string name, MethodInfo method, string triggerParameter, string triggerType) : FunctionDefinition
{
    public override string Name => name;

    public override string Id { get; } = $"{method.DeclaringType!.FullName}.{method.Name}";

    public override string EntryPoint => Id;

    public override string PathToAssembly => method.Module.Assembly.Location;

    public override ImmutableArray<FunctionParameter> Parameters { get; } =
        [.. method.GetParameters().Select(p => new FunctionParameter(p.Name!, p.ParameterType))];

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
        ImmutableDictionary<string, BindingMetadata>.Empty.Add(triggerParameter, new ListedBinding(triggerParameter, triggerType, BindingDirection.In));

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings => ImmutableDictionary<string, BindingMetadata>.Empty;
}

/// <summary>Objects by type.</summary>
internal sealed class InvocationFeatures : IInvocationFeatures
{
    private readonly Dictionary<Type, object> features = [];

    public void Set<T>(T instance) => features[typeof(T)] = instance!;

    public T? Get<T>() => features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => features.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Named trigger data.</summary>
internal sealed class TriggerData(IReadOnlyDictionary<string, object?> data) : BindingContext
{
    public static readonly TriggerData None = new(ImmutableDictionary<string, object?>.Empty);

    public override IReadOnlyDictionary<string, object?> BindingData => data;
}

/// <summary>The try's number.</summary>
internal sealed class Try(int count, int max) : RetryContext
{
    public static readonly Try First = new(0, 0);

    public override int RetryCount => count;

    public override int MaxRetryCount => max;
}

/// <summary>The W3C trace context of the current activity.</summary>
internal sealed class CurrentTrace(string? parent, string? state) : TraceContext
{
    public override string TraceParent => parent ?? string.Empty;

    public override string TraceState => state ?? string.Empty;
}
