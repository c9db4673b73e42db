namespace Microsoft.DurableTask;

/// <summary>Names a class that is an orchestrator or an activity.</summary>
/// <param name="name">The name it is called by; null or empty means the name of the class.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DurableTaskAttribute(string? name = null) : Attribute
{
    /// <summary>The name it is called by; <c>default</c> means the name of the class.</summary>
    public TaskName Name { get; } = name;

    /// <summary>The version it is; null or empty means none.</summary>
    public string? Version { get; set; }
}
