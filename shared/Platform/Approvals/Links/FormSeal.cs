using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Stockgate.Platform.Approvals.Links;

/// <summary>
/// Binds a form to the page that it was on: an HMAC under the link's token over the case's revision, the time and a random value that
/// only a cookie of this browser carries (SameSite=Strict, HttpOnly). Another site can't send the cookie, another browser does not have
/// it, and the server keeps nothing. See docs/adr/0010.
/// </summary>
internal sealed class FormSeal(LinkSettings settings, TimeProvider time)
{
    /// <summary>How long a page's form is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    // Tolerates small clock differences between instances.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private const int NonceCharacters = 22,
        NonceBytes = 16;

    /// <summary>A digest of the revision, safe in a form field.</summary>
    public static string MarkOf(string revision) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(revision)).AsSpan(0, 16));

    /// <summary>Sets the browser's random cookie if missing, and creates the form's seal.</summary>
    public string Seal(HttpContext http, LinkToken token, string mark)
    {
        if (NonceIn(http, token) is not { } nonce)
        {
            nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes));
            http.Response.Cookies.Append(
                NameOf(token),
                nonce,
                new CookieOptions
                {
                    HttpOnly = true,
                    Secure = settings.Secure,
                    SameSite = SameSiteMode.Strict,
                    Path = "/api/v1/approvals",
                    MaxAge = Lifetime,
                }
            );
        }
        var at = time.GetUtcNow().ToUnixTimeSeconds();
        return $"{at.ToString(CultureInfo.InvariantCulture)}.{MacOf(token, mark, at, nonce)}";
    }

    /// <summary>Whether this browser received the form for this revision within its lifetime.</summary>
    public bool Holds(HttpContext http, LinkToken token, string mark, string seal)
    {
        // Browsers send Sec-Fetch-Site; older ones omit it.
        if (http.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
            return false;
        var dot = seal.IndexOf('.', StringComparison.Ordinal);
        if (
            NonceIn(http, token) is not { } nonce
            || dot is < 1 or > 12
            || !long.TryParse(seal.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        )
            return false;
        var age = time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(at);
        return age <= Lifetime
            && age >= -Skew
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(MacOf(token, mark, at, nonce)),
                Encoding.UTF8.GetBytes(seal[(dot + 1)..])
            );
    }

    private static string MacOf(LinkToken token, string mark, long at, string nonce) =>
        Base64Url.EncodeToString(
            token.Sign(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"form|{at}|{nonce}|{mark}")))
        );

    private static string? NonceIn(HttpContext http, LinkToken token) =>
        http.Request.Cookies[NameOf(token)] is { Length: NonceCharacters } nonce && Base64Url.IsValid(nonce) ? nonce : null;

    // One cookie per link, so that two open cases don't interfere.
    private static string NameOf(LinkToken token) => "approval-" + token;
}
