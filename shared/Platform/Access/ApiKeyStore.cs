using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using Stockgate.Domain.Access;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Access;

/// <summary>Stores API keys: one partition, a row per key by its id, with the digest of its secret.</summary>
public sealed class ApiKeyStore(StateTables tables, TimeProvider time)
{
    /// <summary>How long a key that was revoked at another instance may go on.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(30);

    private const string Partition = "key",
        Digest = "Digest",
        Document = "Document";

    private readonly RecentRows<StoredKey> recent = new(RememberedFor, time);

    private sealed record StoredKey(ApiKey Key, string Digest);

    internal Task AddAsync(ApiKey key, AccessToken token, CancellationToken cancellationToken) =>
        tables.ApiKeys.AddEntityAsync(RowOf(key, token.Digest), cancellationToken);

    /// <returns>The key of a token that is right and opens something; else null.</returns>
    internal async Task<ApiKey?> OpenAsync(AccessToken token, CancellationToken cancellationToken) =>
        await RecentAsync(token.Id, cancellationToken) is { } stored && token.Matches(stored.Digest) && IsActive(stored.Key)
            ? stored.Key
            : null;

    /// <returns>The key of a session, while it opens something; else null.</returns>
    internal async Task<ApiKey?> ActiveAsync(string id, CancellationToken cancellationToken) =>
        await RecentAsync(id, cancellationToken) is { } stored && IsActive(stored.Key) ? stored.Key : null;

    /// <summary>Keys by id, with those that open nothing any more; one page.</summary>
    public async Task<(IReadOnlyList<ApiKey> Keys, string? Next)> ListAsync(
        int pageSize,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var pages = tables
            .ApiKeys.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"),
                pageSize,
                cancellationToken: cancellationToken
            )
            .AsPages(after, pageSize);
        await foreach (var page in pages)
            return ([.. page.Values.Select(static row => Read(row).Key)], page.ContinuationToken);
        return ([], null);
    }

    /// <returns>The key, revoked now or before; null if there is none.</returns>
    internal async Task<ApiKey?> RevokeAsync(string id, string by, CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = await tables.ApiKeys.GetEntityIfExistsAsync<TableEntity>(Partition, id, cancellationToken: cancellationToken);
            if (!row.HasValue)
                return null;
            var stored = Read(row.Value!);
            if (stored.Key.RevokedAt is not null)
                return stored.Key;
            var revoked = stored.Key with { RevokedAt = time.GetUtcNow(), RevokedBy = by };
            try
            {
                await tables.ApiKeys.UpdateEntityAsync(
                    RowOf(revoked, stored.Digest),
                    row.Value!.ETag,
                    TableUpdateMode.Replace,
                    cancellationToken
                );
                recent.Forget(id);
                return revoked;
            }
            catch (RequestFailedException changed) when (changed.Status == 412)
            {
                // Somebody else revoked it at this moment; the stored row says who.
            }
        }
    }

    private bool IsActive(ApiKey key) => key.StateAt(time.GetUtcNow()) == KeyState.Active;

    private Task<StoredKey?> RecentAsync(string id, CancellationToken cancellationToken) =>
        recent.FindAsync(
            id,
            async () =>
            {
                var row = await tables.ApiKeys.GetEntityIfExistsAsync<TableEntity>(Partition, id, cancellationToken: cancellationToken);
                return row.HasValue ? Read(row.Value!) : null;
            }
        );

    private static StoredKey Read(TableEntity row) =>
        new(JsonSerializer.Deserialize(LongText.Get(row, Document), AccessJson.Default.ApiKey)!, row.GetString(Digest));

    private static TableEntity RowOf(ApiKey key, string digest)
    {
        var row = new TableEntity(Partition, key.Id) { [Digest] = digest };
        LongText.Put(row, Document, JsonSerializer.Serialize(key, AccessJson.Default.ApiKey));
        return row;
    }
}

/// <summary>Source-generated JSON of stored keys.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiKey))]
internal sealed partial class AccessJson : JsonSerializerContext;
