using System.Collections.Concurrent;

namespace Stockgate.Platform.Access;

/// <summary>What was found of late, kept for a fixed time. What was not found is not kept: a new key opens at once, everywhere.</summary>
internal sealed class RecentRows<T>(TimeSpan age, TimeProvider time)
    where T : class
{
    // Far more than keys in use at once; the bound is for memory alone.
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, T Value)> rows = new(StringComparer.Ordinal);

    public async Task<T?> FindAsync(string key, Func<Task<T?>> read)
    {
        var now = time.GetUtcNow();
        if (rows.TryGetValue(key, out var there) && now - there.At < age)
            return there.Value;
        var found = await read();
        if (found is null)
        {
            rows.TryRemove(key, out _);
            return null;
        }
        if (rows.Count >= Most)
            rows.Clear();
        // The time before the read: what changes while it is read is not in it.
        rows[key] = (now, found);
        return found;
    }

    public void Forget(string key) => rows.TryRemove(key, out _);
}
