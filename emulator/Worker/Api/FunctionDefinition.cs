using System.Collections.Immutable;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Where a binding's data flows.</summary>
public enum BindingDirection { In, Out }

/// <summary>A function as the host knows it.</summary>
public abstract class FunctionDefinition
{
    protected FunctionDefinition() { }

    public abstract ImmutableArray<FunctionParameter> Parameters { get; }

    public abstract string PathToAssembly { get; }

    public abstract string EntryPoint { get; }

    public abstract string Id { get; }

    public abstract string Name { get; }

    public abstract IImmutableDictionary<string, BindingMetadata> InputBindings { get; }

    public abstract IImmutableDictionary<string, BindingMetadata> OutputBindings { get; }
}

/// <summary>A parameter of a function's method.</summary>
public class FunctionParameter
{
    public FunctionParameter(string name, Type type) : this(name, type, ImmutableDictionary<string, object>.Empty) { }

    public FunctionParameter(string name, Type type, IReadOnlyDictionary<string, object> properties) => (Name, Type, Properties) = (name, type, properties);

    public string Name { get; }

    public Type Type { get; }

    public IReadOnlyDictionary<string, object> Properties { get; }
}

/// <summary>A binding's name, kind and direction.</summary>
public abstract class BindingMetadata
{
    protected BindingMetadata() { }

    public abstract string Name { get; }

    public abstract string Type { get; }

    public abstract BindingDirection Direction { get; }
}
