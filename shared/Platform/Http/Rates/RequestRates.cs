using System.Threading.RateLimiting;

namespace Stockgate.Platform.Http.Rates;

/// <summary>
/// Counts the requests of each caller: a bucket of so many, that is filled again evenly within a minute. Per instance on purpose: a count
/// that all instances share would cost each request a call. A bucket that is full again is forgotten.
/// </summary>
/// <param name="policy">The name of the limit, as callers are told.</param>
public sealed class RequestRates(string policy) : IAsyncDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // A changed limit begins anew.
    private readonly PartitionedRateLimiter<(string Caller, int PerMinute)> buckets = PartitionedRateLimiter.Create<
        (string Caller, int PerMinute),
        (string, int)
    >(static of => RateLimitPartition.GetTokenBucketLimiter(of, static bucket => OptionsOf(bucket.Item2)));

    /// <summary>Counts a request.</summary>
    public RateStanding Take(string caller, int perMinute)
    {
        using var lease = buckets.AttemptAcquire((caller, perMinute));
        if (!lease.IsAcquired)
            return new(policy, perMinute, 0, lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Minute);
        var left = buckets.GetStatistics((caller, perMinute))?.CurrentAvailablePermits ?? 0;
        return new(policy, perMinute, (int)Math.Clamp(left, 0, perMinute), null);
    }

    public ValueTask DisposeAsync() => buckets.DisposeAsync();

    private static TokenBucketRateLimiterOptions OptionsOf(int perMinute) =>
        new()
        {
            TokenLimit = perMinute,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = Minute / perMinute,
            QueueLimit = 0,
        };
}
