namespace Microsoft.DurableTask;

/// <summary>How an orchestrator calls a sub-orchestration.</summary>
public record SubOrchestrationOptions : TaskOptions
{
    /// <summary>Options with retries and an instance id; null means no retries, and an id that is made up.</summary>
    public SubOrchestrationOptions(TaskRetryOptions? retry = null, string? instanceId = null)
        : base(retry) => InstanceId = instanceId;

    /// <summary>
    /// Other options with an instance id. When <paramref name="instanceId"/> is null and the other options have an id of their own, that one is kept.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public SubOrchestrationOptions(TaskOptions options, string? instanceId = null)
        : base(options) => InstanceId = instanceId ?? (options as SubOrchestrationOptions)?.InstanceId;

    /// <summary>A copy of other options.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public SubOrchestrationOptions(SubOrchestrationOptions options)
        : base(options) => InstanceId = options.InstanceId;

    /// <summary>The id of the sub-orchestration; null lets one be made up that is the same in every replay.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Which version of the orchestrator to call; the same value as <see cref="TaskOptions.Version"/>.</summary>
    public new TaskVersion? Version
    {
        get => base.Version;
        init => base.Version = value;
    }
}
