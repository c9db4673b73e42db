using System.ComponentModel.DataAnnotations;
using Stockgate.Domain;
using Stockgate.Platform.Mail;

namespace Stockgate.Platform.Approvals.Links;

/// <summary>Where mailed links lead to, and who opens them.</summary>
public sealed class LinkOptions : IValidatableObject
{
    [Setting("https address", "the app's address that mailed links lead to; http on one machine only; without it nobody is asked")]
    public string? PublicUrl { get; set; }

    [Setting]
    public LinkClientOptions Approvals { get; set; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        PublicUrl is null || IsAddress(PublicUrl)
            ? []
            :
            [
                new ValidationResult(
                    "must be an https address such as https://stock.example.com (http on this machine only), without a query or fragment",
                    [nameof(PublicUrl)]
                ),
            ];

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url is { UserInfo: "", Query: "", Fragment: "" }
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && MailOptions.IsLoopback(url.Host)));
}

/// <summary>How the address of who opens a link is found.</summary>
public sealed class LinkClientOptions
{
    /// <summary>The header in which a trusted proxy reports the client's address; without it the connection's address counts.</summary>
    [Setting("name of a header", "`X-Forwarded-For` on Azure or behind a proxy: only the address that guesses links is slowed down")]
    [RegularExpression("[A-Za-z0-9-]+", ErrorMessage = "is not a header name such as X-Forwarded-For")]
    public string? ClientAddressHeader { get; set; }
}
