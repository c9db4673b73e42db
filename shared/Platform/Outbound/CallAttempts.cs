using System.Collections.Concurrent;
using Stockgate.Platform.Outbound.Sent;

namespace Stockgate.Platform.Outbound;

/// <summary>The attempts of one call, and whether one of them may have been taken without our hearing of it.</summary>
internal sealed class CallAttempts(TimeProvider time)
{
    private readonly ConcurrentQueue<SendAttempt> ended = new();
    private int doubtful;

    public bool Doubtful => Volatile.Read(ref doubtful) > 0;

    public IReadOnlyList<SendAttempt> All => [.. ended.OrderBy(static a => a.At)];

    /// <summary>
    /// Runs an attempt. It counts as doubtful until its result shows that the channel did not accept it, because an attempt that is cut
    /// off has no result.
    /// </summary>
    public async ValueTask<Attempt> RunAsync(Func<CancellationToken, ValueTask<Attempt>> attempt, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref doubtful);
        var (at, started) = (time.GetUtcNow(), time.GetTimestamp());
        var (status, detail) = ((int?)null, "did not answer in time");
        try
        {
            var result = await attempt(cancellationToken);
            (status, detail) = (result.Status, result.Detail);
            if (!result.Reached || result.Status is 429 || result is { Status: >= 400 and < 500, Transient: false })
                Interlocked.Decrement(ref doubtful);
            return result;
        }
        finally
        {
            ended.Enqueue(new SendAttempt(at, status, detail, time.GetElapsedTime(started)));
        }
    }
}
