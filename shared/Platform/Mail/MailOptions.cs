using System.ComponentModel.DataAnnotations;
using System.Net;
using Stockgate.Domain;
using Stockgate.Platform.Settings;

namespace Stockgate.Platform.Mail;

/// <summary>
/// How mail leaves: by an SMTP server (Azure Communication Services is one) or into a folder of .eml files. Without any setting the app
/// runs without mail.
/// </summary>
public sealed class MailOptions : IValidatableObject
{
    private const int ImplicitTlsPort = 465;

    /// <summary>The sender's address; null if mail is not set up.</summary>
    [Setting("mail address", "who mail is from; required with the others")]
    public string? From { get; set; }

    [Setting("text", "the name beside it")]
    public string FromName
    {
        get;
        set => field = SafeText.Line(value, 100);
    } = "Stockgate";

    [Setting(
        "host name",
        "an SMTP server (`smtp.azurecomm.net` for Azure Communication Services); STARTTLS is required except to this machine"
    )]
    public string? Host { get; set; }

    [Setting("", "the server's port"), Range(1, IPEndPoint.MaxPort)]
    public int Port { get; set; } = 587;

    /// <summary>Whether the connection is encrypted from its first byte (RFC 8314).</summary>
    [Setting("", "encrypted from the first byte, not by STARTTLS", Default = "true for port 465")]
    public bool? ImplicitTls { get; set; }

    [Setting("text", "with `Mail__Password`, where the server asks for them")]
    public string? User { get; set; }

    [Setting("text", "see `Mail__User`")]
    public string? Password { get; set; }

    [Setting("up to 5 minutes", "for one mail, from the connection to the server's answer")]
    [Range(typeof(TimeSpan), "00:00:00.0000001", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Full path; null if a server is used.</summary>
    [Setting("folder", "instead of a server: mails are written there as `.eml` files")]
    public string? PickupFolder
    {
        get;
        set => field = value is null ? null : Path.GetFullPath(value);
    }

    public bool Configured => Host is not null || PickupFolder is not null;

    /// <summary>Whether the connection has to be encrypted: always, except to this machine.</summary>
    public bool RequiresTls => Host is not null && !IsLoopback(Host);

    public bool TlsFromTheStart => ImplicitTls ?? Port == ImplicitTlsPort;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Configured && (From is not null || User is not null))
            yield return new(
                "Mail is set up in part: add Mail__Host (an SMTP server) or Mail__PickupFolder (a folder for .eml files), "
                    + "or take the other Mail__ settings away."
            );
        if (!Configured)
            yield break;
        if (Host is not null && PickupFolder is not null)
            yield return new("Mail__Host and Mail__PickupFolder are both set; mail goes one way only. Take one of them away.");
        if (MailboxAddress.Mistake(From) is { } mistake)
            yield return new($"{mistake}. It is the address that mail is sent from, such as stockgate@example.com", [nameof(From)]);
        if (User is null != Password is null)
            yield return new("Mail__User and Mail__Password go together: set both, or neither where the server asks for none.");
        if (Host is not null && Uri.CheckHostName(Host) == UriHostNameType.Unknown)
            yield return new("is not a host name or address such as smtp.example.com; the port goes into Mail__Port", [nameof(Host)]);
    }

    /// <summary>Where mail goes, without the password.</summary>
    public override string ToString() => !Configured ? "no mail" : PickupFolder ?? $"{Host}:{Port}";

    internal static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
