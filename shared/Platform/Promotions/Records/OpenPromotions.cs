using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Platform.Promotions.Records;

/// <summary>
/// Where and when every promotion applies that is not over. Read once for all that look within a second: five hundred promotions that
/// start together would otherwise read each other's records five hundred times.
/// </summary>
public sealed class OpenPromotions(PromotionStore store, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private sealed record Snapshot(DateTimeOffset At, IReadOnlyDictionary<PromotionId, int> Terms, List<OtherPromotion> All)
    {
        // A snapshot without the one that asks is older than its registration, or its edit: of two that meet, the later one would not see
        // the earlier.
        public bool Serves(PromotionId own, int terms, DateTimeOffset now) =>
            now - At < MaxAge && Terms.TryGetValue(own, out var known) && known >= terms;
    }

    private readonly SemaphoreSlim reading = new(1, 1);
    private volatile Snapshot last = new(DateTimeOffset.MinValue, new Dictionary<PromotionId, int>(), []);

    public void Dispose() => reading.Dispose();

    /// <summary>All but the one that asks, and those that have ended.</summary>
    /// <param name="own">The one that asks.</param>
    /// <param name="terms">The number of its terms: what is handed out was read after these were stored.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<List<OtherPromotion>> OthersAsync(PromotionId own, int terms, CancellationToken cancellationToken)
    {
        if (!last.Serves(own, terms, time.GetUtcNow()))
        {
            await reading.WaitAsync(cancellationToken);
            try
            {
                if (!last.Serves(own, terms, time.GetUtcNow()))
                    last = await ReadAsync(cancellationToken);
            }
            finally
            {
                reading.Release();
            }
        }
        return [.. last.All.Where(other => other.Scope.Id != own)];
    }

    private async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var records = await store.ListAsync(onlyOpen: true, cancellationToken);
        var others = new List<OtherPromotion>();
        foreach (var record in records)
            if (record.State != PromotionState.Ended)
                others.Add(
                    new OtherPromotion(
                        GateEvaluation.ScopeOf(record.Id, await store.TermsAsync(record.Id, record.Terms, cancellationToken)),
                        record.State switch
                        {
                            PromotionState.Draft => OtherPromotionState.Draft,
                            PromotionState.Gating or PromotionState.AwaitingApproval => OtherPromotionState.Submitted,
                            PromotionState.Scheduled or PromotionState.Preparing => OtherPromotionState.Approved,
                            _ => OtherPromotionState.Live,
                        },
                        now
                    )
                );
        return new Snapshot(now, records.ToDictionary(static r => r.Id, static r => r.Terms), others);
    }
}
