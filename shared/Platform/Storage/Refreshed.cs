namespace Stockgate.Platform.Storage;

/// <summary>A value cached for a fixed time; on expiry one reader refreshes it while the others wait.</summary>
public sealed class Refreshed<T>(TimeSpan age, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim reading = new(1, 1);
    private Seen? seen;

    public async Task<T> GetAsync(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        if (Fresh() is { } there)
            return there.Value;
        await reading.WaitAsync(cancellationToken);
        try
        {
            if (Fresh() is { } meanwhile)
                return meanwhile.Value;
            // The time before the read: what changes while it is read is not in it.
            var now = time.GetUtcNow();
            seen = new Seen(now, await read(cancellationToken));
            return seen.Value;
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>The next reader refreshes the value, so that a local change is visible at once.</summary>
    public void Forget() => seen = null;

    public void Dispose() => reading.Dispose();

    private Seen? Fresh() => seen is { } last && time.GetUtcNow() - last.At < age ? last : null;

    // One reference, so that a reader never sees the value of one read with the time of another.
    private sealed record Seen(DateTimeOffset At, T Value);
}
