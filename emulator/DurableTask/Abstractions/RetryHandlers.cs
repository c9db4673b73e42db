namespace Microsoft.DurableTask;

/// <summary>Decides after a failure whether to try again: true tries again at once.</summary>
/// <param name="retryContext">The failure and the attempts so far.</param>
public delegate bool RetryHandler(RetryContext retryContext);

/// <summary>Decides after a failure whether to try again. It may await tasks of the orchestration, such as a timer that spaces the attempts, and no others.</summary>
/// <param name="retryContext">The failure and the attempts so far.</param>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);
