using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Pricing.Facts;
using Stockgate.Platform.Pricing.Signals;
using Stockgate.Platform.Pricing.Writing;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Reverts;

/// <summary>Reverts decisions to the exact previous prices in all markets. Each price's own writer writes it.</summary>
public sealed class PriceReverts(StateTables tables, PriceStore store, PriceQueue queue, TimeProvider time)
{
    private const string Partition = "revert",
        Document = "Document";

    private const int PageSize = 1_000;

    /// <summary>Takes one decision back.</summary>
    /// <returns>The decision, whose <see cref="PriceDecision.From"/> comes back.</returns>
    /// <exception cref="ProblemException">There is no such decision (404), nothing was published (409), or another move stands on it
    /// (409).</exception>
    public async Task<PriceDecisionRecord> OneAsync(string id, string by, string reason, CancellationToken cancellationToken)
    {
        var record =
            await store.FindAsync(id, cancellationToken)
            ?? throw new ProblemException(
                StatusCodes.Status404NotFound,
                "unknown-price-decision",
                "Not found",
                $"Unknown decision '{id}'. GET /api/v1/pricing/decisions lists them.",
                "id"
            );
        if (record.RevertedBy is { } earlier)
            throw Conflict("price-decision-reverted", $"Decision {earlier} has reverted it already.");
        if (record.Revision is null || record.Fate is PriceFate.Refused)
            throw Conflict(
                "price-not-published",
                $"The decision published no price ({EnumWords.Of(record.Fate)}), so there is nothing to revert."
            );
        var state = (await store.OfAsync(record.Decision.Key.Sku, cancellationToken))
            .Select(static s => s.State)
            .FirstOrDefault(s => s?.Key == record.Decision.Key);
        if (state?.Moves is not [.., { } last] || last.Decision != record.Id)
            throw Conflict(
                "price-moved-since",
                state?.Moves is [.., { } later]
                    ? $"The price has changed since, to {later.To} by {later.Decision ?? "another system"}. Revert that change first, or revert all decisions since {record.Decision.At:O}."
                    : "The price is no longer known."
            );
        await queue.RevertAsync([(record.Id, record.Decision.Key.Sku)], null, by, reason, cancellationToken);
        return record;
    }

    /// <summary>Reverts all decisions since a time: each price returns to its value before the first of them.</summary>
    /// <param name="since">Decided then or later.</param>
    /// <param name="category">Null: of every category.</param>
    /// <param name="by">By whom.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the work; what was sent until then is done.</param>
    public async Task<PriceRevert> SinceAsync(
        DateTimeOffset since,
        string? category,
        string by,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var earliest = new Dictionary<PriceKey, PriceDecisionLine>();
        string? after = null;
        do
        {
            var page = await store.ListAsync(
                new PriceDecisionQuery(Category: category, Since: since, After: after, Most: PageSize),
                cancellationToken
            );
            // Newest first, so that the last of each price is its earliest. Already reverted decisions have no effect.
            foreach (var line in page.Decisions)
                if (
                    !line.Reverts
                    && (
                        line.Fate is PriceFate.Published or PriceFate.Confirmed
                        || (line.Fate == PriceFate.Superseded && line.Outcome == PriceOutcome.Publish)
                    )
                )
                    earliest[line.Key] = line;
            after = page.Next;
        } while (after is not null);
        var now = time.GetUtcNow();
        var revert = new PriceRevert
        {
            Id =
                $"rvt-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{since.UtcTicks}\n{category}\n{by}\n{now.UtcTicks}")))[..16]}",
            At = now,
            Since = since,
            Category = category,
            By = by,
            Reason = reason,
            Prices = earliest.Count,
        };
        var row = new TableEntity(Partition, RowKeys.Of(revert.Id));
        LongText.Put(row, Document, JsonSerializer.Serialize(revert, PricingJson.Default.PriceRevert));
        await tables.PriceCategories.AddEntityAsync(row, cancellationToken);
        await queue.RevertAsync(earliest.Values.Select(static line => (line.Id, line.Key.Sku)), revert.Id, by, reason, cancellationToken);
        return revert;
    }

    /// <returns>How far it is; null if there is no such revert.</returns>
    public async Task<PriceRevertProgress?> ProgressAsync(string id, CancellationToken cancellationToken)
    {
        var found = await tables.PriceCategories.GetEntityIfExistsAsync<TableEntity>(
            Partition,
            RowKeys.Of(id),
            cancellationToken: cancellationToken
        );
        if (!found.HasValue)
            return null;
        var (revert, confirmed, failed) = (
            JsonSerializer.Deserialize(LongText.Get(found.Value!, Document), PricingJson.Default.PriceRevert)!,
            0,
            new ConcurrentBag<PriceRevertFailure>()
        );
        await Parallel.ForAsync(
            0,
            tables.Buckets,
            cancellationToken,
            async (bucket, token) =>
            {
                await foreach (
                    var row in tables.Prices.QueryAsync<TableEntity>(
                        RowKeys.Under(new Bucket(bucket).Key, "part", id),
                        cancellationToken: token
                    )
                )
                    switch (row.GetString("Fate"))
                    {
                        case nameof(PriceFate.Confirmed):
                            Interlocked.Increment(ref confirmed);
                            break;
                        case nameof(PriceFate.Published):
                            break;
                        case var other:
                            failed.Add(
                                new PriceRevertFailure(
                                    row.RowKey[(row.RowKey.LastIndexOf('|') + 1)..],
                                    $"{other}{(row.GetString("Detail") is { Length: > 0 } detail ? $": {detail}" : "")}"
                                )
                            );
                            break;
                    }
            }
        );
        return new PriceRevertProgress(
            revert,
            confirmed,
            revert.Prices - confirmed - failed.Count,
            [.. failed.OrderBy(static f => f.Decision, StringComparer.Ordinal)]
        );
    }

    private static ProblemException Conflict(string slug, string detail) =>
        new(StatusCodes.Status409Conflict, slug, "Not revertible", detail, "id");
}
