namespace Microsoft.DurableTask;

/// <summary>The name of an orchestrator or an activity. Two names that differ only in case are the same name.</summary>
public readonly struct TaskName : IEquatable<TaskName>
{
    private readonly string? _name;

    /// <summary>A name; null gives the same as <c>default</c>, whose <see cref="Name"/> is empty.</summary>
    public TaskName(string? name) => _name = name;

    /// <summary>The name as it was written; empty for <c>default</c>, never null.</summary>
    public string Name => _name ?? "";

    /// <summary>Always empty: which version of a task is meant is said by a <see cref="TaskVersion"/>.</summary>
    public string Version => "";

    /// <summary>The plain name; empty for <c>default</c>.</summary>
    public static implicit operator string(TaskName value) => value.Name;

    /// <summary>The name; <c>default</c> for null.</summary>
    public static implicit operator TaskName(string? value) => value is null ? default : new(value);

    /// <summary>Equal, ignoring case.</summary>
    public static bool operator ==(TaskName a, TaskName b) => a.Equals(b);

    /// <summary>Not equal, ignoring case.</summary>
    public static bool operator !=(TaskName a, TaskName b) => !a.Equals(b);

    /// <inheritdoc/>
    public bool Equals(TaskName other) => string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TaskName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    /// <summary>The plain name.</summary>
    public override string ToString() => Name;
}
