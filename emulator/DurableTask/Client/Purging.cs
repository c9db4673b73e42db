namespace Microsoft.DurableTask.Client;

/// <summary>Which finished orchestrations to delete. Every condition that is given must hold.</summary>
/// <param name="CreatedFrom">Scheduled then or later; null for any time.</param>
/// <param name="CreatedTo">Scheduled then or earlier; null for any time.</param>
/// <param name="Statuses">In one of these statuses; null or none for every finished one.</param>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = default,
    DateTimeOffset? CreatedTo = default,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null)
{
    /// <summary>How long to go on; what is left then stays. Null for as long as it takes.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>How an orchestration is deleted.</summary>
/// <param name="Recursive">Whether its sub-orchestrations are deleted too.</param>
public record PurgeInstanceOptions(bool Recursive = false);

/// <summary>What was deleted.</summary>
public class PurgeResult
{
    /// <summary>A result that does not say whether anything is left.</summary>
    /// <param name="count">How many orchestrations were deleted. Zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public PurgeResult(int count)
        : this(count, null)
    {
    }

    /// <summary>A result.</summary>
    /// <param name="count">How many orchestrations were deleted. Zero or more.</param>
    /// <param name="isComplete">False when some that match are left; null when that is not known.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public PurgeResult(int count, bool? isComplete)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        PurgedInstanceCount = count;
        IsComplete = isComplete;
    }

    /// <summary>How many orchestrations were deleted. Zero or more.</summary>
    public int PurgedInstanceCount { get; }

    /// <summary>False when some that match are left; null when that is not known.</summary>
    public bool? IsComplete { get; }
}
