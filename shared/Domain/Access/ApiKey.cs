using System.Text.Json.Serialization;

namespace Stockgate.Domain.Access;

/// <summary>Whether a key opens anything.</summary>
[JsonConverter(typeof(NamedEnumConverter<KeyState>))]
public enum KeyState
{
    /// <summary>It does.</summary>
    Active,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Somebody took it back.</summary>
    Revoked,
}

/// <summary>The key of a person or client, without its secret.</summary>
/// <param name="Id">The part of the key that is no secret.</param>
/// <param name="Name">Whose it is; kept with what they decide.</param>
/// <param name="Roles">What it may be used for.</param>
/// <param name="Channels">Of a partner: whose records it reads.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="CreatedBy">By whom.</param>
/// <param name="ExpiresAt">From then on it opens nothing.</param>
/// <param name="RevokedAt">Null while it was not.</param>
/// <param name="RevokedBy">By whom.</param>
public sealed record ApiKey(
    string Id,
    string Name,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Channels,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt = null,
    string? RevokedBy = null
)
{
    public KeyState StateAt(DateTimeOffset now)
    {
        if (RevokedAt is not null)
            return KeyState.Revoked;
        return now < ExpiresAt ? KeyState.Active : KeyState.Expired;
    }

    /// <summary>Who sends a request with it.</summary>
    [JsonIgnore]
    public Caller Caller => Caller.Of(Name, Roles, Channels);
}
