using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Requests;

/// <summary>
/// Finds duplicate requests for promotions: by the caller's idempotency key, and by what the request says. The same request under a second
/// key is the promotion that exists, as long as that is not over; another request under the same key is refused.
/// </summary>
public sealed class PromotionIdempotency(StateTables tables, PromotionStore store)
{
    private const string Partition = "asked",
        Id = "Promotion",
        Said = "Request";

    /// <returns>The id of the promotion that the request makes, or made before.</returns>
    /// <param name="request">What is requested, the person in it.</param>
    /// <param name="key">The caller's idempotency key.</param>
    /// <param name="fresh">The id that a new promotion gets.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ProblemException">The key was sent with another request.</exception>
    public async Task<PromotionId> IdOfAsync(PromotionRequest request, string key, PromotionId fresh, CancellationToken cancellationToken)
    {
        var said = Digest(JsonSerializer.Serialize(request, PromotionsJson.Default.PromotionRequest));
        var (keyRow, requestRow) = (RowKeys.Of("key", Digest($"{request.RequestedBy}\n{key}")), RowKeys.Of("request", said));
        while (true)
        {
            if (await FindAsync(keyRow, cancellationToken) is { } byKey)
                return byKey.GetString(Said) == said
                    ? IdIn(byKey)
                    : throw new ProblemException(
                        StatusCodes.Status422UnprocessableEntity,
                        "key-used",
                        "Idempotency-Key reused",
                        $"This Idempotency-Key was sent with another request, which created promotion {IdIn(byKey)}. Use a new key for this request.",
                        "Idempotency-Key"
                    );
            var before = await FindAsync(requestRow, cancellationToken);
            var id = before is not null && await StandsAsync(IdIn(before), cancellationToken) ? IdIn(before) : fresh;
            // Of two concurrent requests one writes; the other finds its row.
            if (await TryWriteAsync(keyRow, requestRow, before, id, said, cancellationToken))
                return id;
        }
    }

    // A missing record means a crash, or a concurrent creation.
    private async Task<bool> StandsAsync(PromotionId id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is not { } found || !PromotionStore.IsOver(found.Record);

    private static PromotionId IdIn(TableEntity row) => new(row.GetString(Id));

    private async Task<TableEntity?> FindAsync(string rowKey, CancellationToken cancellationToken)
    {
        var row = await tables.Promotions.GetEntityIfExistsAsync<TableEntity>(Partition, rowKey, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    private async Task<bool> TryWriteAsync(
        string keyRow,
        string requestRow,
        TableEntity? before,
        PromotionId id,
        string said,
        CancellationToken cancellationToken
    )
    {
        TableEntity Row(string key) => new(Partition, key) { [Id] = id.Value, [Said] = said };
        List<TableTransactionAction> changes =
        [
            before is null
                ? new(TableTransactionActionType.Add, Row(requestRow))
                : new(TableTransactionActionType.UpdateReplace, Row(requestRow), before.ETag),
            new(TableTransactionActionType.Add, Row(keyRow)),
        ];
        try
        {
            await tables.Promotions.SubmitTransactionAsync(changes, cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException lost) when (lost.Status is 409 or 412)
        {
            return false;
        }
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 20));
}
