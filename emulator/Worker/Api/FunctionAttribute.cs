namespace Microsoft.Azure.Functions.Worker;

/// <summary>Names a method as a function. Names are unique in an app, ignoring case.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute : Attribute
{
    public FunctionAttribute(string name) => Name = name;

    public string Name { get; }
}
