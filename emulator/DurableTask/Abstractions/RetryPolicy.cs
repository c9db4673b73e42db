namespace Microsoft.DurableTask;

/// <summary>Tries a failed task again after delays that grow by a factor.</summary>
public class RetryPolicy
{
    // An uncapped delay soon passes the last date there is; a century is as good as never and can still be added to a date.
    private static readonly TimeSpan LongestComputedDelay = TimeSpan.FromDays(36_500);

    private readonly Func<TaskFailureDetails, bool>? _handleFailure;

    /// <summary>A policy.</summary>
    /// <param name="maxNumberOfAttempts">How often the task is tried in all, the first attempt included. At least 1.</param>
    /// <param name="firstRetryInterval">The delay before the second attempt. More than zero.</param>
    /// <param name="backoffCoefficient">What each delay is multiplied with to give the next. A finite number of at least 1.</param>
    /// <param name="maxRetryInterval">The longest delay. At least <paramref name="firstRetryInterval"/>; null or <see cref="Timeout.InfiniteTimeSpan"/> means no limit.</param>
    /// <param name="retryTimeout">
    /// How long after the beginning of the first attempt another may begin. At least <paramref name="firstRetryInterval"/>;
    /// null or <see cref="Timeout.InfiniteTimeSpan"/> means no limit.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public RetryPolicy(int maxNumberOfAttempts, TimeSpan firstRetryInterval, double backoffCoefficient = 1, TimeSpan? maxRetryInterval = default, TimeSpan? retryTimeout = default)
    {
        if (maxNumberOfAttempts < 1) throw Outside(nameof(maxNumberOfAttempts), maxNumberOfAttempts, "at least 1");
        if (firstRetryInterval <= TimeSpan.Zero) throw Outside(nameof(firstRetryInterval), firstRetryInterval, "more than zero");
        if (!(backoffCoefficient >= 1) || double.IsInfinity(backoffCoefficient)) throw Outside(nameof(backoffCoefficient), backoffCoefficient, "a finite number of at least 1");
        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = Limit(nameof(maxRetryInterval), maxRetryInterval, firstRetryInterval);
        RetryTimeout = Limit(nameof(retryTimeout), retryTimeout, firstRetryInterval);
    }

    /// <summary>How often the task is tried in all, the first attempt included. At least 1.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>The delay before the second attempt. More than zero.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>What each delay is multiplied with to give the next. At least 1.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>The longest delay; <see cref="Timeout.InfiniteTimeSpan"/> means no limit.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>How long after the beginning of the first attempt another may begin; <see cref="Timeout.InfiniteTimeSpan"/> means no limit.</summary>
    public TimeSpan RetryTimeout { get; }

    /// <summary><see cref="HandleFailure"/> as a question about an exception; null when it is not set.</summary>
    public Func<Exception, bool>? Handle { get; private init; }

    /// <summary>Asked with the failure as an exception whether to try again; null means yes. It may await tasks of the orchestration only.</summary>
    public Func<Exception, Task<bool>>? HandleAsync { get; set; }

    /// <summary>Asked with the failure's details whether to try again. Not set means yes.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public Func<TaskFailureDetails, bool> HandleFailure
    {
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(HandleFailure));
            _handleFailure = value;
            Handle = exception => value(exception is TaskFailedException failed ? failed.FailureDetails : TaskFailureDetails.FromException(exception));
        }
    }

    /// <summary>What <see cref="HandleFailure"/> says; true when it is not set.</summary>
    internal bool ShouldRetry(TaskFailureDetails failure) => _handleFailure?.Invoke(failure) ?? true;

    /// <summary>Whether everything that was set to decide says yes. <see cref="Handle"/> is the same question as <see cref="HandleFailure"/> and is not asked again.</summary>
    internal async ValueTask<bool> Allows(TaskFailedException failure) =>
        ShouldRetry(failure.FailureDetails) && (HandleAsync is not { } handle || await handle(failure));

    /// <summary>
    /// The delay after this many failed attempts; null when the attempts are used up or the next would begin later than <see cref="RetryTimeout"/> allows.
    /// A delay without a limit of its own grows to 36,500 days and no further.
    /// </summary>
    internal TimeSpan? NextDelay(int failedAttempts, TimeSpan elapsedSinceFirstAttempt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failedAttempts, 1);
        if (failedAttempts >= MaxNumberOfAttempts) return null;
        var delay = Delay(failedAttempts);
        return RetryTimeout != Timeout.InfiniteTimeSpan && delay > RetryTimeout - elapsedSinceFirstAttempt ? null : delay;
    }

    private TimeSpan Delay(int failedAttempts)
    {
        var longest = MaxRetryInterval != Timeout.InfiniteTimeSpan ? MaxRetryInterval
            : FirstRetryInterval > LongestComputedDelay ? FirstRetryInterval
            : LongestComputedDelay;
        var ticks = FirstRetryInterval.Ticks * Math.Pow(BackoffCoefficient, failedAttempts - 1);
        return ticks < longest.Ticks ? TimeSpan.FromTicks((long)ticks) : longest;
    }

    private static TimeSpan Limit(string name, TimeSpan? limit, TimeSpan atLeast)
    {
        if (limit is not { } value || value == Timeout.InfiniteTimeSpan) return Timeout.InfiniteTimeSpan;
        return value >= atLeast ? value : throw Outside(name, value, $"at least firstRetryInterval ({atLeast}), or Timeout.InfiniteTimeSpan for no limit");
    }

    private static ArgumentOutOfRangeException Outside(string name, object value, string range) => new(name, value, $"{name} must be {range}.");
}
