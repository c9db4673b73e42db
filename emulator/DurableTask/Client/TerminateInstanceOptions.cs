namespace Microsoft.DurableTask.Client;

/// <summary>How an orchestration is ended.</summary>
/// <param name="Output">What becomes its output; null for none.</param>
/// <param name="Recursive">Whether its sub-orchestrations are ended too.</param>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
