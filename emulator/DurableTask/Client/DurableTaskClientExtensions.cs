namespace Microsoft.DurableTask.Client;

/// <summary>Deleting by conditions.</summary>
public static class DurableTaskClientExtensions
{
    /// <summary>Deletes the finished orchestrations that were scheduled in a time and stand in one of the statuses; null leaves a condition out.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is null.</exception>
    public static Task<PurgeResult> PurgeInstancesAsync(this DurableTaskClient client, DateTimeOffset? createdFrom, DateTimeOffset? createdTo,
        IEnumerable<OrchestrationRuntimeStatus>? statuses, PurgeInstanceOptions? options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.PurgeAllInstancesAsync(new PurgeInstancesFilter(createdFrom, createdTo, statuses), options, cancellation);
    }

    /// <summary>Deletes the finished orchestrations that were scheduled in a time and stand in one of the statuses; null leaves a condition out.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is null.</exception>
    public static Task<PurgeResult> PurgeInstancesAsync(this DurableTaskClient client, DateTimeOffset? createdFrom, DateTimeOffset? createdTo,
        IEnumerable<OrchestrationRuntimeStatus>? statuses, CancellationToken cancellation = default) =>
        client.PurgeInstancesAsync(createdFrom, createdTo, statuses, null, cancellation);

    /// <summary>Deletes the finished orchestrations that were scheduled in a time; null leaves a condition out.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is null.</exception>
    public static Task<PurgeResult> PurgeInstancesAsync(this DurableTaskClient client, DateTimeOffset? createdFrom, DateTimeOffset? createdTo,
        PurgeInstanceOptions? options, CancellationToken cancellation = default) =>
        client.PurgeInstancesAsync(createdFrom, createdTo, null, options, cancellation);

    /// <summary>Deletes the finished orchestrations that were scheduled in a time; null leaves a condition out.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is null.</exception>
    public static Task<PurgeResult> PurgeInstancesAsync(this DurableTaskClient client, DateTimeOffset? createdFrom, DateTimeOffset? createdTo,
        CancellationToken cancellation = default) =>
        client.PurgeInstancesAsync(createdFrom, createdTo, null, null, cancellation);
}
