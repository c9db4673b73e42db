using Stockgate.Domain.Access;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Access;

/// <summary>Creates and revokes API keys. Each change is on the key's own decision chain, without the secret.</summary>
public sealed class KeyDesk(ApiKeyStore store, DecisionLog decisions, TimeProvider time)
{
    /// <summary>Creates a key that <see cref="KeyRequest.Check"/> has accepted.</summary>
    /// <returns>The key, and its text with the secret, which is nowhere else.</returns>
    public async Task<(ApiKey Key, AccessToken Token)> CreateAsync(KeyRequest asked, string by, CancellationToken cancellationToken)
    {
        var (now, token) = (time.GetUtcNow(), AccessToken.New(AccessToken.KeyPrefix));
        var key = new ApiKey(
            token.Id,
            asked.Name!,
            [.. asked.Roles!.Distinct(StringComparer.Ordinal)],
            [.. (asked.Channels ?? []).Distinct(StringComparer.Ordinal)],
            now,
            by,
            asked.ExpiresAt ?? now + KeyRequest.UsualLife
        );
        // On the chain first: a key that opens something is always accounted for.
        await decisions.AppendAsync(
            Record(
                key,
                "created",
                by,
                now,
                $"POST /api/v1/keys/{key.Id}/revoke",
                new DecisionInput("name", key.Name, by, null),
                new DecisionInput("roles", string.Join(", ", key.Roles), by, null),
                new DecisionInput("channels", string.Join(", ", key.Channels), by, null),
                new DecisionInput("expiresAt", $"{key.ExpiresAt:u}", by, null)
            ),
            cancellationToken
        );
        await store.AddAsync(key, token, cancellationToken);
        return (key, token);
    }

    /// <summary>Revokes a key; what was revoked stays revoked by whoever did it first.</summary>
    /// <returns>Null if there is no such key.</returns>
    public async Task<ApiKey?> RevokeAsync(string id, string by, CancellationToken cancellationToken)
    {
        // The key first: after a crash between the two it is out of use, and a repetition of the request records it.
        if (!AccessToken.IsId(id) || await store.RevokeAsync(id, by, cancellationToken) is not { } key)
            return null;
        await decisions.AppendOnceAsync(
            Record(key, "revoked", key.RevokedBy!, key.RevokedAt!.Value, null, new DecisionInput("name", key.Name, by, null)),
            "revoked",
            cancellationToken
        );
        return key;
    }

    private static DecisionRecord Record(
        ApiKey key,
        string decision,
        string by,
        DateTimeOffset at,
        string? takeBack,
        params IReadOnlyList<DecisionInput> inputs
    ) =>
        new()
        {
            Subject = $"key {key.Id}",
            DecidedAt = at,
            Decision = decision,
            DecidedBy = by,
            TakeBack = takeBack,
            Inputs = inputs,
        };
}
