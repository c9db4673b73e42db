namespace Microsoft.DurableTask;

/// <summary>How a new orchestration is started.</summary>
public record StartOrchestrationOptions
{
    /// <summary>Options with an id and a time.</summary>
    /// <param name="InstanceId">The id of the new instance; null lets one be made up.</param>
    /// <param name="StartAt">When it begins; null, or a time that has passed, means at once.</param>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = default)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>A copy of other options.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Tags = options.Tags;
        Version = options.Version;
        DedupeStatuses = options.DedupeStatuses;
    }

    /// <summary>The id of the new instance; null lets one be made up.</summary>
    public string? InstanceId { get; init; }

    /// <summary>When it begins; null, or a time that has passed, means at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Words that are recorded with the instance. Empty by default.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Which version of the orchestrator to start; null means the client's default version.</summary>
    public TaskVersion? Version { get; init; }

    /// <summary>
    /// The names of the statuses in which an existing instance of the same id keeps its place and the new one is refused.
    /// Null leaves it to the client: an instance that has not finished keeps its place.
    /// </summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
