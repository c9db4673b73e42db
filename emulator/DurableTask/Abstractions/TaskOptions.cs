namespace Microsoft.DurableTask;

/// <summary>How an orchestrator calls an activity or a sub-orchestration.</summary>
public record TaskOptions
{
    /// <summary>Options with retries; null means no retries.</summary>
    public TaskOptions(TaskRetryOptions? retry)
        : this(retry, null)
    {
    }

    /// <summary>Options with retries and tags; null means none of them.</summary>
    public TaskOptions(TaskRetryOptions? retry = null, IDictionary<string, string>? tags = null)
    {
        Retry = retry;
        Tags = tags;
    }

    /// <summary>A copy of other options.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public TaskOptions(TaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Retry = options.Retry;
        Tags = options.Tags;
        Version = options.Version;
    }

    /// <summary>When to try again after a failure; null means never.</summary>
    public TaskRetryOptions? Retry { get; init; }

    /// <summary>Words that are recorded with the task; null means none.</summary>
    public IDictionary<string, string>? Tags { get; init; }

    /// <summary>Which version of the task to call; null leaves the choice to the caller's defaults.</summary>
    public TaskVersion? Version { get; init; }

    /// <summary>Options that try again by a policy.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="policy"/> is null.</exception>
    public static TaskOptions FromRetryPolicy(RetryPolicy policy) => new(TaskRetryOptions.FromRetryPolicy(policy));

    /// <summary>Options that try again for as long as the handler answers true.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    public static TaskOptions FromRetryHandler(AsyncRetryHandler handler) => new(TaskRetryOptions.FromRetryHandler(handler));

    /// <summary>Options that try again for as long as the handler answers true.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    public static TaskOptions FromRetryHandler(RetryHandler handler) => new(TaskRetryOptions.FromRetryHandler(handler));

    /// <summary>The same options for a sub-orchestration with this instance id.</summary>
    public SubOrchestrationOptions WithInstanceId(string instanceId) => new(this, instanceId);
}
