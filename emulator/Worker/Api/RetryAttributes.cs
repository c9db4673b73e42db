namespace Microsoft.Azure.Functions.Worker;

/// <summary>How often a failed invocation is tried again before its failure counts; -1 for without end.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class RetryAttribute : Attribute
{
    public RetryAttribute() { }

    public int MaxRetryCount { get; set; }
}

/// <summary>Tries again after the same pause each time.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FixedDelayRetryAttribute : RetryAttribute
{
    /// <param name="delayInterval">The pause, as hh:mm:ss.</param>
    public FixedDelayRetryAttribute(int maxRetryCount, string delayInterval) => (MaxRetryCount, DelayInterval) = (maxRetryCount, delayInterval);

    public string DelayInterval { get; }
}

/// <summary>Tries again after a pause that doubles from the minimum to the maximum.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExponentialBackoffRetryAttribute : RetryAttribute
{
    /// <param name="minimumInterval">The first pause, as hh:mm:ss.</param>
    /// <param name="maximumInterval">The longest pause, as hh:mm:ss.</param>
    public ExponentialBackoffRetryAttribute(int maxRetryCount, string minimumInterval, string maximumInterval) =>
        (MaxRetryCount, MinimumInterval, MaximumInterval) = (maxRetryCount, minimumInterval, maximumInterval);

    public string MinimumInterval { get; }

    public string MaximumInterval { get; }
}
