namespace Stockgate.Platform.Approvals.Links;

/// <summary>Makes links from the settings.</summary>
public sealed class LinkSettings(LinkOptions options)
{
    private const string Path = "/api/v1/approvals/";

    /// <summary>Null if not set; then approvals can't be mailed.</summary>
    public Uri? PublicUrl { get; } = options.PublicUrl is { } url ? new Uri(url) : null;

    public string? ClientAddressHeader => options.Approvals.ClientAddressHeader;

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
