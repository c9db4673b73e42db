namespace Microsoft.DurableTask;

public abstract partial class TaskOrchestrationContext
{
    /// <summary>Completes after a delay from <see cref="CurrentUtcDateTime"/>; a delay of zero or less completes as soon as it can.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The delay leads past the last date there is.</exception>
    /// <exception cref="TaskCanceledException">The token was cancelled first (when awaited).</exception>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken) => CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>Completes at a time in UTC.</summary>
    /// <exception cref="TaskCanceledException">The token was cancelled first (when awaited).</exception>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>Completes with the next event of this name, ignoring case; events that came before are kept for it.</summary>
    /// <exception cref="TaskCanceledException">The token was cancelled first (when awaited).</exception>
    public abstract Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);

    /// <summary>Completes with the next event of this name if it comes in time.</summary>
    /// <param name="eventName">The name, compared ignoring case.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit. An event that is there already is taken even at zero.</param>
    /// <exception cref="TaskCanceledException">The time is over (when awaited). A later event is kept for the next wait.</exception>
    public Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout) => WaitForExternalEvent<T>(eventName, timeout, CancellationToken.None);

    /// <summary>Completes with the next event of this name if it comes in time.</summary>
    /// <param name="eventName">The name, compared ignoring case.</param>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit. An event that is there already is taken even at zero.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TaskCanceledException">The time is over or the token was cancelled (when awaited). A later event is kept for the next wait.</exception>
    public async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (timeout == Timeout.InfiniteTimeSpan) return await WaitForExternalEvent<T>(eventName, cancellationToken);

        using var stopWaiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var stopTimer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var received = WaitForExternalEvent<T>(eventName, stopWaiting.Token);
        try
        {
            if (received.IsCompleted) return await received;
            var timer = CreateTimer(timeout, stopTimer.Token);
            await Task.WhenAny(received, timer);
            // A timer that broke is not a timeout.
            if (timer.IsFaulted && !received.IsCompleted) await timer;
        }
        finally
        {
            // A wait that is given up must not take the event that comes after it.
            if (received.IsCompleted) stopTimer.Cancel();
            else stopWaiting.Cancel();
        }
        return await received;
    }
}
