namespace Microsoft.DurableTask;

/// <summary>What a retry handler decides from.</summary>
/// <param name="OrchestrationContext">The orchestration that called the task.</param>
/// <param name="LastAttemptNumber">Which attempt failed, counted from 1.</param>
/// <param name="LastFailure">How it failed.</param>
/// <param name="TotalRetryTime">The time since the first attempt began, by the orchestration's clock. Zero or more.</param>
/// <param name="CancellationToken">Cancelled when retrying is to stop.</param>
public record RetryContext(
    TaskOrchestrationContext OrchestrationContext,
    int LastAttemptNumber,
    TaskFailureDetails LastFailure,
    TimeSpan TotalRetryTime,
    CancellationToken CancellationToken);
