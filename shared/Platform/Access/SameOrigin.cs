using Microsoft.AspNetCore.Http;
using Stockgate.Platform.Approvals.Links;
using Stockgate.Platform.Mail;

namespace Stockgate.Platform.Access;

/// <summary>
/// Whether a page of this app sent a request. The app's own address is the setting <c>PublicUrl</c>; without it the host that the browser
/// asked, which the Functions host passes on in <c>X-Forwarded-Host</c>.
/// </summary>
public sealed class SameOrigin(LinkSettings settings)
{
    /// <summary>A browser names the origin with every POST, PUT and DELETE; a page of another site can't name ours.</summary>
    public bool Sent(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
        && (
            settings.PublicUrl is { } own
                ? origin.GetLeftPart(UriPartial.Authority) == own.GetLeftPart(UriPartial.Authority)
                : string.Equals(origin.Authority, HostOf(request), StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Whether the browser is on this machine, where there is no https.</summary>
    internal bool IsLoopback(HttpRequest request) =>
        MailOptions.IsLoopback(settings.PublicUrl?.Host ?? new HostString(HostOf(request)).Host);

    private static string HostOf(HttpRequest request) =>
        request.Headers["X-Forwarded-Host"].ToString() is { Length: > 0 } host ? host : request.Host.Value ?? "";
}
