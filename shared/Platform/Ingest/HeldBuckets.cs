namespace Stockgate.Platform.Ingest;

/// <summary>
/// The buckets whose rows this process holds in memory: those it works on, and the few that it worked on last. A bucket that is let go is read again when its next messages come.
/// </summary>
internal sealed class HeldBuckets(Func<string, BucketProjection> open)
{
    // Twice the sessions that host.json takes at once: a bucket that comes back soon finds its rows.
    private const int Kept = 16;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Held> held = [];
    private long turn;

    public Lease Take(string bucket)
    {
        lock (gate)
        {
            if (!held.TryGetValue(bucket, out var found)) held[bucket] = found = new Held(open(bucket));
            found.Users++;
            found.LastTurn = ++turn;
            return new Lease(this, found);
        }
    }

    private void Return(Held returned)
    {
        lock (gate)
        {
            returned.Users--;
            while (held.Count > Kept)
            {
                // Only one that nobody works on: its writer would go on with rows that nobody else sees.
                var oldest = held.Where(static h => h.Value.Users == 0).OrderBy(static h => h.Value.LastTurn).Select(static h => h.Key).FirstOrDefault();
                if (oldest is null) return;
                held.Remove(oldest);
            }
        }
    }

    internal sealed class Held(BucketProjection projection)
    {
        public readonly BucketProjection Projection = projection;
        public int Users;
        public long LastTurn;
    }

    /// <summary>A bucket in use, until disposed.</summary>
    internal readonly struct Lease(HeldBuckets owner, Held held) : IDisposable
    {
        public BucketProjection Projection => held.Projection;

        public void Dispose() => owner.Return(held);
    }
}
