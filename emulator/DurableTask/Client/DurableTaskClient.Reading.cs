namespace Microsoft.DurableTask.Client;

public abstract partial class DurableTaskClient
{
    /// <summary>Waits until an orchestration has begun, without inputs and outputs.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public virtual Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return WaitForInstanceStartAsync(instanceId, false, cancellation);
    }

    /// <summary>Waits until an orchestration has begun: until it is no longer pending.</summary>
    /// <exception cref="InvalidOperationException">There is no such orchestration.</exception>
    public abstract Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

    /// <summary>Waits until an orchestration has ended, without inputs and outputs.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public virtual Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return WaitForInstanceCompletionAsync(instanceId, false, cancellation);
    }

    /// <summary>Waits until an orchestration has ended, in whatever way. Without a limit of its own: the token ends the wait.</summary>
    /// <exception cref="InvalidOperationException">There is no such orchestration.</exception>
    public abstract Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

    /// <summary>An orchestration without inputs and outputs; null when there is none of this id.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public virtual Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, CancellationToken cancellation) => GetInstanceAsync(instanceId, false, cancellation);

    /// <summary>An orchestration; null when there is none of this id.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public virtual Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);
    }

    /// <summary>The same as <see cref="GetInstanceAsync(string, CancellationToken)"/>.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public virtual Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return GetInstancesAsync(instanceId, false, cancellation);
    }

    /// <summary>The same as <see cref="GetInstanceAsync(string, bool, CancellationToken)"/>.</summary>
    public abstract Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

    /// <summary>The orchestrations that a query finds; null finds all.</summary>
    public abstract AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null);

    /// <summary>A page of ids of orchestrations that have ended.</summary>
    /// <param name="runtimeStatus">In one of these statuses; null for any.</param>
    /// <param name="completedTimeFrom">Ended then or later; null for any time.</param>
    /// <param name="completedTimeTo">Ended then or earlier; null for any time.</param>
    /// <param name="pageSize">How many ids at most. More than zero.</param>
    /// <param name="lastInstanceKey">Where to go on, as the page before said it; null begins at the beginning.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is zero or less.</exception>
    /// <exception cref="NotSupportedException">The client cannot do it.</exception>
    public virtual Task<Page<string>> ListInstanceIdsAsync(IEnumerable<OrchestrationRuntimeStatus>? runtimeStatus = null, DateTimeOffset? completedTimeFrom = default,
        DateTimeOffset? completedTimeTo = default, int pageSize = OrchestrationQuery.DefaultPageSize, string? lastInstanceKey = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pageSize);
        throw NotSupported("listing instance ids");
    }
}
