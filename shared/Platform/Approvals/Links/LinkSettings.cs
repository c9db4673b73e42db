using Microsoft.Extensions.Configuration;
using Stockgate.Platform.Mail;

namespace Stockgate.Platform.Approvals.Links;

/// <summary>
/// Settings of links: <c>PublicUrl</c>, the app's address as its users see it (https, or http on this machine).
/// <c>Approvals__ClientAddressHeader</c> names the header in which a trusted proxy reports the client's address (<c>X-Forwarded-For</c>
/// behind Azure's front end); without it the connection's address counts.
/// </summary>
public sealed class LinkSettings
{
    private const string Path = "/api/v1/approvals/";

    /// <exception cref="InvalidOperationException">A setting is invalid; the message names it.</exception>
    public LinkSettings(IConfiguration configuration)
    {
        ClientAddressHeader = configuration["Approvals:ClientAddressHeader"] is { Length: > 0 } header ? header : null;
        if (ClientAddressHeader is { } name && !name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new InvalidOperationException("The setting Approvals__ClientAddressHeader is not a header name such as X-Forwarded-For.");
        if (configuration["PublicUrl"] is not { Length: > 0 } text)
            return;
        PublicUrl =
            Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url is { UserInfo: "", Query: "", Fragment: "" }
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && MailSettings.IsLoopback(url.Host)))
                ? url
                : throw new InvalidOperationException(
                    "The setting PublicUrl must be an https address such as https://stock.example.com (http on this machine only), without a query or fragment."
                );
    }

    /// <summary>Null if not set; then approvals can't be mailed.</summary>
    public Uri? PublicUrl { get; }

    public string? ClientAddressHeader { get; }

    /// <summary>Whether links use https, so that cookies can be Secure.</summary>
    internal bool Secure => PublicUrl?.Scheme != Uri.UriSchemeHttp;

    /// <exception cref="InvalidOperationException"><see cref="PublicUrl"/> is not set.</exception>
    internal Uri UrlOf(LinkToken token) =>
        new(
            (
                PublicUrl
                ?? throw new InvalidOperationException("The setting PublicUrl (the app's address for links in mails) is required.")
            ).AbsoluteUri.TrimEnd('/')
                + Path
                + token.Secret
        );
}
