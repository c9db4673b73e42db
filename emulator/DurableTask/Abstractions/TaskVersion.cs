namespace Microsoft.DurableTask;

/// <summary>The version of an orchestrator or an activity. Two versions that differ only in case are the same version.</summary>
public readonly struct TaskVersion : IEquatable<TaskVersion>
{
    /// <summary>No version: the same as <c>default</c> and as the empty string.</summary>
    public static readonly TaskVersion Unversioned = default;

    private readonly string? _version;

    /// <summary>A version; null and the empty string give <see cref="Unversioned"/>.</summary>
    public TaskVersion(string? version) => _version = version;

    /// <summary>The version as it was written; empty when there is none, never null.</summary>
    public string Version => _version ?? "";

    /// <summary>The plain version; empty when there is none.</summary>
    public static implicit operator string(TaskVersion value) => value.Version;

    /// <summary>The version; <see cref="Unversioned"/> for null.</summary>
    public static implicit operator TaskVersion(string? value) => new(value);

    /// <summary>Equal, ignoring case.</summary>
    public static bool operator ==(TaskVersion a, TaskVersion b) => a.Equals(b);

    /// <summary>Not equal, ignoring case.</summary>
    public static bool operator !=(TaskVersion a, TaskVersion b) => !a.Equals(b);

    /// <inheritdoc/>
    public bool Equals(TaskVersion other) => string.Equals(Version, other.Version, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TaskVersion other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Version);

    /// <summary>The plain version.</summary>
    public override string ToString() => Version;
}
