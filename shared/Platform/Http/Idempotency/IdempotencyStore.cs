using Azure;
using Azure.Data.Tables;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Http.Idempotency;

/// <summary>What a key stands for.</summary>
/// <param name="Version">Of the row: whoever has it carries the request out.</param>
/// <param name="Answer">Of the request that was sent under the key before; null where this one is to be carried out.</param>
public sealed record IdempotencyClaim(IdempotentRequest Request, ETag Version, KeptAnswer? Answer = null);

/// <summary>
/// Stores which requests were sent under which key, and their answers: a partition per credential, a row per address and key. A row is
/// added before its request is carried out, and has the answer before that is sent.
/// </summary>
public sealed class IdempotencyStore(StateTables tables, TimeProvider time)
{
    /// <summary>How long a key stands for its request.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>
    /// After it a request that has no answer counts as lost in a crash. Azure's front end cuts a request after 230 seconds, so none that
    /// somebody waits for is still being carried out then.
    /// </summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private const int Deleters = 16;

    /// <summary>Takes the key for this request, or finds the answer.</summary>
    /// <exception cref="ProblemException">Another request has the key, or the same one is in flight.</exception>
    public async Task<IdempotencyClaim> ClaimAsync(IdempotentRequest request, CancellationToken cancellationToken)
    {
        var owner = Guid.NewGuid();
        while (true)
        {
            // Of requests that come together one adds the row; the others find it.
            if (await TryWriteAsync(request, owner, null) is { } first)
                return first;
            var found = await tables.Idempotency.GetEntityIfExistsAsync<TableEntity>(
                request.Partition,
                request.Row,
                cancellationToken: cancellationToken
            );
            // Its request was refused or failed in between, and gave it back.
            if (!found.HasValue)
                continue;
            var row = new IdempotencyRow(found.Value!);
            // The client of the table repeats a write whose answer was lost, and then finds its own.
            if (row.Owner == owner)
                return new(request, found.Value!.ETag);
            if (!row.IsOver(time.GetUtcNow()))
            {
                if (row.Digest != request.Digest)
                    throw IdempotencyProblems.Reused();
                if (row.Answer is { } answer)
                    return answer.Body is null ? throw IdempotencyProblems.NotKept(answer) : new(request, found.Value!.ETag, answer);
                if (row.IsLeased(time.GetUtcNow()))
                    throw IdempotencyProblems.InFlight();
            }
            // Of two that take over a row that is over, or was left in a crash, the version lets one through; the other looks again.
            if (await TryWriteAsync(request, owner, found.Value!.ETag) is { } next)
                return next;
        }
    }

    /// <summary>Keeps the answer. Whoever took longer than <see cref="Lease"/>, and was taken over, leaves the other's row as it is.</summary>
    public async Task KeepAsync(IdempotencyClaim claim, KeptAnswer answer, CancellationToken cancellationToken)
    {
        var row = IdempotencyRow.Answered(claim.Request, time.GetUtcNow() + Lifetime, answer);
        try
        {
            await tables.Idempotency.UpdateEntityAsync(row, claim.Version, TableUpdateMode.Replace, cancellationToken);
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 412) { }
    }

    /// <summary>Gives the key back: the request was refused or failed, and the next one under this key runs anew.</summary>
    public async Task ReleaseAsync(IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            await tables.Idempotency.DeleteEntityAsync(claim.Request.Partition, claim.Request.Row, claim.Version, cancellationToken);
        }
        // By its version: a row that another request took over meanwhile stays.
        catch (RequestFailedException lost) when (lost.Status is 404 or 412) { }
    }

    /// <summary>Deletes what is over. The table has a day's requests, or two's: it is read as a whole.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var deleted = 0;
        var over = tables.Idempotency.QueryAsync<TableEntity>(
            IdempotencyRow.FilterOver(time.GetUtcNow()),
            select: ["PartitionKey", "RowKey"],
            cancellationToken: cancellationToken
        );
        await Parallel.ForEachAsync(
            over,
            new ParallelOptions { MaxDegreeOfParallelism = Deleters, CancellationToken = cancellationToken },
            async (row, cancellation) =>
            {
                await ReleaseAsync(new(new(row.PartitionKey, row.RowKey, ""), row.ETag), cancellation);
                Interlocked.Increment(ref deleted);
            }
        );
        return deleted;
    }

    // Not given up with the request: a row that nobody knows to be its own would keep the key until its lease is over.
    private async Task<IdempotencyClaim?> TryWriteAsync(IdempotentRequest request, Guid owner, ETag? over)
    {
        var now = time.GetUtcNow();
        var row = IdempotencyRow.InFlight(request, owner, now + Lifetime, now + Lease);
        try
        {
            var written = over is { } version
                ? await tables.Idempotency.UpdateEntityAsync(row, version, TableUpdateMode.Replace)
                : await tables.Idempotency.AddEntityAsync(row);
            return new(request, written.Headers.ETag!.Value);
        }
        catch (RequestFailedException lost) when (lost.Status is 404 or 409 or 412)
        {
            return null;
        }
    }
}
