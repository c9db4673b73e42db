namespace Microsoft.DurableTask.Client;

/// <summary>Options of a start that name statuses.</summary>
public static class StartOrchestrationOptionsExtensions
{
    /// <summary>The statuses that <see cref="WithDedupeStatuses"/> takes.</summary>
    public static readonly IReadOnlyList<OrchestrationRuntimeStatus> ValidDedupeStatuses = Array.AsReadOnly(
    [
        OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated,
        OrchestrationRuntimeStatus.Canceled,
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
    ]);

    /// <summary>The same options, by which an existing instance of the same id keeps its place when it stands in one of these statuses.</summary>
    /// <param name="options">The options.</param>
    /// <param name="dedupeStatuses">Some of <see cref="ValidDedupeStatuses"/>; none means that the new instance always takes the place.</param>
    /// <exception cref="ArgumentException">A status is not one of <see cref="ValidDedupeStatuses"/>.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static StartOrchestrationOptions WithDedupeStatuses(this StartOrchestrationOptions options, params OrchestrationRuntimeStatus[] dedupeStatuses)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(dedupeStatuses);
        foreach (var status in dedupeStatuses)
        {
            if (!ValidDedupeStatuses.Contains(status))
                throw new ArgumentException($"The status {status} cannot keep an instance in its place; valid are {string.Join(", ", ValidDedupeStatuses)}.", nameof(dedupeStatuses));
        }
        return options with { DedupeStatuses = [.. dedupeStatuses.Select(status => status.ToString()).Distinct()] };
    }
}
