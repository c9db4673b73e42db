using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Stockgate.Domain.Access;
using Stockgate.Pages.Access;
using Stockgate.Platform.Approvals.Links;
using Stockgate.Platform.Http;

namespace Stockgate.Platform.Access;

/// <summary>The page where a person pastes their key, and the session of a browser that it opens.</summary>
public sealed class SignIn(ApiKeyStore keys, SessionStore sessions, KeyGuesses guesses, SameOrigin origin)
{
    private const int FormBytes = 4 * 1024;

    /// <summary>GET: the form. Changes nothing.</summary>
    public static PageAnswer Show(HttpRequest request) => Page(StatusCodes.Status200OK, request.Query["to"], null);

    /// <summary>POST: a right key opens a session, and the browser goes on to where it was.</summary>
    public async Task<IResult> EnterAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // A form of another site would sign this browser in as somebody else.
        if (!origin.Sent(request))
            return Page(StatusCodes.Status403Forbidden, null, "This form came from another site. Paste the key here.");
        var (key, to) = await FormAsync(request, cancellationToken);
        if (!guesses.Allows(request.HttpContext))
            return Page(
                StatusCodes.Status429TooManyRequests,
                to,
                "Too many wrong keys came from your network. Wait a minute, then try again.",
                GuessLimits.Wait
            );
        if (
            AccessToken.Read(AccessToken.KeyPrefix, key) is not { } token
            || await keys.OpenAsync(token, cancellationToken) is not { } found
        )
        {
            guesses.Wrong(request.HttpContext);
            return Page(
                StatusCodes.Status403Forbidden,
                to,
                "This key opens nothing: it is wrong, expired or revoked. Whoever gave it to you can create another one."
            );
        }
        var session = await sessions.OpenAsync(found, cancellationToken);
        request.HttpContext.Response.Cookies.Append(Authentication.Cookie, session.Text, Options(request, SessionStore.Lifetime));
        return SeeOther(request, ReturnPath.Of(to));
    }

    /// <summary>Ends the session of this browser.</summary>
    public async Task<IResult> LeaveAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!origin.Sent(request))
            return Page(StatusCodes.Status403Forbidden, null, "Sign out on a page of this site.");
        if (AccessToken.Read(AccessToken.SessionPrefix, request.Cookies[Authentication.Cookie]) is { } session)
            await sessions.CloseAsync(session, cancellationToken);
        request.HttpContext.Response.Cookies.Delete(Authentication.Cookie, Options(request, null));
        return SeeOther(request, "/api/sign-in");
    }

    private CookieOptions Options(HttpRequest request, TimeSpan? age) =>
        new()
        {
            HttpOnly = true,
            Secure = !origin.IsLoopback(request),
            SameSite = SameSiteMode.Strict,
            Path = "/api",
            MaxAge = age,
        };

    private static PageAnswer Page(int status, string? to, string? mistake, TimeSpan? retryAfter = null) =>
        new(status, SignInForm.Html(ReturnPath.Of(to), mistake), retryAfter);

    private static IResult SeeOther(HttpRequest request, string path)
    {
        request.HttpContext.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static async Task<(string? Key, string? To)> FormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (
            !(request.ContentType ?? "").StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            || request.ContentLength > FormBytes
        )
            return (null, null);
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        if (body.Memory.Length > FormBytes)
            return (null, null);
        var fields = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Memory.Span));
        string? Field(string name) => fields.TryGetValue(name, out var values) && values is [{ } value] ? value.Trim() : null;
        return (Field("key"), Field("to"));
    }
}
