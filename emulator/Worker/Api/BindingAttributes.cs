namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Marks a parameter or property that the host binds.</summary>
public abstract class BindingAttribute : Attribute
{
    public BindingAttribute() { }
}

/// <summary>Marks the one parameter whose event starts the function.</summary>
public abstract class TriggerBindingAttribute : BindingAttribute
{
    public TriggerBindingAttribute() { }
}

/// <summary>Marks a parameter that the host reads from elsewhere.</summary>
public abstract class InputBindingAttribute : BindingAttribute
{
    public InputBindingAttribute() { }
}

/// <summary>Marks a result that the host writes elsewhere.</summary>
public abstract class OutputBindingAttribute : BindingAttribute
{
    public OutputBindingAttribute() { }
}

/// <summary>One message at a time, or many.</summary>
public enum Cardinality { Many, One }

/// <summary>A trigger that takes one message or a batch.</summary>
public interface ISupportCardinality
{
    Cardinality Cardinality { get; set; }
}
