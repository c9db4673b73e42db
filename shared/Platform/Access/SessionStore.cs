using Azure.Data.Tables;
using Stockgate.Domain.Access;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Access;

/// <summary>Stores sessions of browsers: a partition per key, a row per session by the digest of its token.</summary>
public sealed class SessionStore(StateTables tables, ApiKeyStore keys, TimeProvider time)
{
    /// <summary>From sign-in to the next one.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private const string ExpiresAt = "ExpiresAt";

    private readonly RecentRows<TableEntity> recent = new(ApiKeyStore.RememberedFor, time);

    /// <summary>Opens a session of a key, and deletes those of the same key whose time is over.</summary>
    internal async Task<AccessToken> OpenAsync(ApiKey key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var partition = PartitionOf(key.Id);
        await foreach (
            var old in tables.ApiKeys.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {partition} and ExpiresAt lt {now}"),
                cancellationToken: cancellationToken
            )
        )
            await tables.ApiKeys.DeleteEntityAsync(partition, old.RowKey, cancellationToken: cancellationToken);
        var token = AccessToken.New(AccessToken.SessionPrefix, key.Id);
        await tables.ApiKeys.AddEntityAsync(new TableEntity(partition, token.Digest) { [ExpiresAt] = now + Lifetime }, cancellationToken);
        return token;
    }

    /// <returns>The key of a session that still runs and whose key still opens something; else null.</returns>
    internal async Task<ApiKey?> FindAsync(AccessToken token, CancellationToken cancellationToken)
    {
        var digest = token.Digest;
        var session = await recent.FindAsync(
            digest,
            async () =>
            {
                var row = await tables.ApiKeys.GetEntityIfExistsAsync<TableEntity>(
                    PartitionOf(token.Id),
                    digest,
                    cancellationToken: cancellationToken
                );
                return row.HasValue ? row.Value : null;
            }
        );
        return session?.GetDateTimeOffset(ExpiresAt) > time.GetUtcNow() ? await keys.ActiveAsync(token.Id, cancellationToken) : null;
    }

    internal async Task CloseAsync(AccessToken token, CancellationToken cancellationToken)
    {
        await tables.ApiKeys.DeleteEntityAsync(PartitionOf(token.Id), token.Digest, cancellationToken: cancellationToken);
        recent.Forget(token.Digest);
    }

    private static string PartitionOf(string key) => RowKeys.Of("session", key);
}
