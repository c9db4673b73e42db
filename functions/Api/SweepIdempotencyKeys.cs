using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Stockgate.Platform.Http.Idempotency;

namespace Stockgate.Functions.Api;

/// <summary>Nightly: deletes idempotency keys that are over, and the answers to their requests.</summary>
public sealed class SweepIdempotencyKeys(IdempotencyStore store, ILogger<SweepIdempotencyKeys> logger)
{
    [Function("SweepIdempotencyKeys")]
    public async Task Run([TimerTrigger("0 50 2 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        logger.LogInformation("Deleted {Deleted} idempotency keys that are over", await store.SweepAsync(cancellationToken));
}
