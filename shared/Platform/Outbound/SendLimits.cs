namespace Stockgate.Platform.Outbound;

/// <summary>Retry and circuit-breaker limits, the same for every channel except for the timeout of an attempt.</summary>
public sealed record SendLimits
{
    /// <summary>Calls to one channel at a time, from one instance.</summary>
    public int AtOnce { get; init; } = 16;

    /// <summary>Calls that wait their turn; one more is not made at all.</summary>
    public int Waiting { get; init; } = 2_000;

    /// <summary>Tries after the first, 1 or more.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Before the first retry; twice as long before each further one, with jitter.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest Retry-After that is honoured; with a longer one the call is not retried.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>All attempts of a call together, as a multiple of the channel's own timeout.</summary>
    public double TotalTimeouts { get; init; } = 4;

    /// <summary>
    /// Attempts within <see cref="BreakerWindow"/> of which half have to fail before the channel is left alone, 2 or more.
    /// </summary>
    public int BreakerAttempts { get; init; } = 8;

    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it is left alone before one call tries again.</summary>
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(15);
}
