namespace Microsoft.DurableTask.Client;

public abstract partial class DurableTaskClient
{
    /// <summary>Ends an orchestration without an output.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public virtual Task TerminateInstanceAsync(string instanceId, CancellationToken cancellation) =>
        TerminateInstanceAsync(instanceId, (TerminateInstanceOptions?)null, cancellation);

    /// <summary>Ends an orchestration with an output.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public virtual Task TerminateInstanceAsync(string instanceId, object? output, CancellationToken cancellation = default) =>
        TerminateInstanceAsync(instanceId, output is null ? null : new TerminateInstanceOptions(output), cancellation);

    /// <summary>Ends an orchestration by options. Activities that are under way go on; their results are dropped.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    /// <exception cref="NotSupportedException">The client cannot do it.</exception>
    public virtual Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        throw NotSupported("terminating orchestrations");
    }

    /// <summary>Pauses an orchestration.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public virtual Task SuspendInstanceAsync(string instanceId, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return SuspendInstanceAsync(instanceId, null, cancellation);
    }

    /// <summary>Pauses an orchestration: what reaches it is kept until it is resumed.</summary>
    public abstract Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default);

    /// <summary>Lets a paused orchestration go on.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public virtual Task ResumeInstanceAsync(string instanceId, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return ResumeInstanceAsync(instanceId, null, cancellation);
    }

    /// <summary>Lets a paused orchestration go on.</summary>
    public abstract Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default);

    /// <summary>Deletes a finished orchestration.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public virtual Task<PurgeResult> PurgeInstanceAsync(string instanceId, CancellationToken cancellation) => PurgeInstanceAsync(instanceId, null, cancellation);

    /// <summary>Deletes a finished orchestration by options; one that has not finished is left alone.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    /// <exception cref="NotSupportedException">The client cannot do it.</exception>
    public virtual Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        throw NotSupported("purging orchestrations");
    }

    /// <summary>Deletes the finished orchestrations that a filter finds.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is null.</exception>
    public virtual Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellation) => PurgeAllInstancesAsync(filter, null, cancellation);

    /// <summary>Deletes the finished orchestrations that a filter finds, by options.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is null.</exception>
    /// <exception cref="NotSupportedException">The client cannot do it.</exception>
    public virtual Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        throw NotSupported("purging orchestrations");
    }

    /// <summary>Starts an orchestration again with its own input.</summary>
    /// <param name="instanceId">The orchestration.</param>
    /// <param name="restartWithNewInstanceId">Whether the new one gets an id that is made up; otherwise it takes the place of the old one, which must have finished.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>The id of the new instance.</returns>
    /// <exception cref="ArgumentException">The id is empty, or there is no such orchestration.</exception>
    /// <exception cref="InvalidOperationException">The orchestration has not finished and its place is asked for.</exception>
    /// <exception cref="NotSupportedException">The client cannot do it.</exception>
    public virtual Task<string> RestartAsync(string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        throw NotSupported("restarting orchestrations");
    }

    /// <summary>Takes a failed orchestration back to before its failure and lets it go on from there.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    /// <exception cref="NotSupportedException">The client cannot do it.</exception>
    public virtual Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        throw NotSupported("rewinding orchestrations");
    }
}
