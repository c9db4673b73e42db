namespace Microsoft.DurableTask.Client;

/// <summary>Which orchestrations to list. Every condition that is given must hold.</summary>
/// <param name="CreatedFrom">Scheduled then or later; null for any time.</param>
/// <param name="CreatedTo">Scheduled then or earlier; null for any time.</param>
/// <param name="Statuses">In one of these statuses; null or none for any.</param>
/// <param name="TaskHubNames">In one of these task hubs; null for the client's own.</param>
/// <param name="InstanceIdPrefix">With an id that begins like this; null for any.</param>
/// <param name="PageSize">How many are fetched at a time. More than zero.</param>
/// <param name="FetchInputsAndOutputs">Whether inputs, outputs and custom statuses come along.</param>
/// <param name="ContinuationToken">Where to go on, as a page said it; null begins at the beginning.</param>
public record OrchestrationQuery(
    DateTimeOffset? CreatedFrom = default,
    DateTimeOffset? CreatedTo = default,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null,
    IEnumerable<string>? TaskHubNames = null,
    string? InstanceIdPrefix = null,
    int PageSize = OrchestrationQuery.DefaultPageSize,
    bool FetchInputsAndOutputs = false,
    string? ContinuationToken = null)
{
    /// <summary>How many are fetched at a time unless the query says otherwise.</summary>
    public const int DefaultPageSize = 100;
}
