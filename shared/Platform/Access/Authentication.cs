using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Access;

namespace Stockgate.Platform.Access;

/// <summary>What a request's credential says.</summary>
/// <param name="Caller">Null without a credential that is right.</param>
/// <param name="Id">Of the credential; no secret. The sessions of a key are that key. Empty without one that is right.</param>
/// <param name="IsWrong">There is a key, and it opens nothing.</param>
/// <param name="ByCookie">A browser sent it by itself, whoever made it send the request.</param>
public sealed record Credential(Caller? Caller, string Id = "", bool IsWrong = false, bool ByCookie = false)
{
    internal static Credential None { get; } = new(null as Caller);
}

/// <summary>
/// Who sends a request. A key in <c>Authorization: Bearer</c> or <c>X-Api-Key</c> counts first, then the platform's own sign-in, then the
/// cookie of a browser that signed in with a key.
/// </summary>
public sealed class Authentication(AccessSettings settings, ApiKeyStore keys, SessionStore sessions)
{
    /// <summary>The cookie of a session.</summary>
    public const string Cookie = "stockgate-session";

    private const string Bearer = "Bearer ",
        ApiKeyHeader = "X-Api-Key",
        PrincipalHeader = "X-MS-CLIENT-PRINCIPAL",
        AdminCredential = "admin key";

    public async Task<Credential> OfAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var principal = PrincipalIn(request);
        if (KeyIn(request) is { } key)
        {
            if (settings.AdminOf(key) is { } admin)
                return new(admin, AdminCredential);
            if (AccessToken.Read(AccessToken.KeyPrefix, key) is { } token)
                return await keys.OpenAsync(token, cancellationToken) is { } found ? OfKey(found, false) : new(null, IsWrong: true);
            // Behind the platform's own sign-in the header may carry the identity provider's token, which the platform has checked.
            if (principal is null)
                return new(null, IsWrong: true);
        }
        // Without a token it is the platform's cookie that signs in, which a browser sends by itself.
        if (principal is not null)
            return new(principal, $"person {principal.Name}", ByCookie: string.IsNullOrEmpty(request.Headers.Authorization));
        return
            AccessToken.Read(AccessToken.SessionPrefix, request.Cookies[Cookie]) is { } session
            && await sessions.FindAsync(session, cancellationToken) is { } opened
            ? OfKey(opened, byCookie: true)
            : Credential.None;
    }

    private static Credential OfKey(ApiKey key, bool byCookie) => new(key.Caller, $"key {key.Id}", ByCookie: byCookie);

    // A caller could write this header as well: it is believed only where the platform removes what callers write.
    private Caller? PrincipalIn(HttpRequest request) =>
        settings.PlatformSignsIn && request.Headers[PrincipalHeader] is [{ Length: > 0 } principal]
            ? ClientPrincipal.Read(principal)
            : null;

    private static string? KeyIn(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return authorization[Bearer.Length..].Trim();
        return request.Headers[ApiKeyHeader].ToString() is { Length: > 0 } key ? key.Trim() : null;
    }
}
