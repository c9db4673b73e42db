using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Stockgate.Domain;

namespace Stockgate.Platform.Mail;

/// <summary>
/// How mail leaves: by an SMTP server (<c>Mail__Host</c>, <c>Mail__Port</c> 587, <c>Mail__User</c>, <c>Mail__Password</c>; Azure
/// Communication Services is one) or into a folder of .eml files (<c>Mail__PickupFolder</c>), from <c>Mail__From</c>. Without these
/// settings the app runs without mail.
/// </summary>
public sealed record MailSettings
{
    private const int SubmissionPort = 587,
        ImplicitTlsPort = 465;
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(5);

    private MailSettings() { }

    /// <summary>The sender's address; null if mail is not set up.</summary>
    public string? From { get; private init; }

    /// <summary>The sender's name beside the address: <c>Mail__FromName</c>, Stockgate.</summary>
    public string FromName { get; private init; } = "Stockgate";

    public string? Host { get; private init; }

    public int Port { get; private init; } = SubmissionPort;

    public string? User { get; private init; }

    /// <summary>Full path; null if a server is used.</summary>
    public string? PickupFolder { get; private init; }

    /// <summary>For one mail, from the connection to the server's last word: <c>Mail__Timeout</c>, up to 5 minutes; 00:00:30.</summary>
    public TimeSpan Timeout { get; private init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the connection has to be encrypted: always, except to this machine.</summary>
    public bool RequiresTls => Host is not null && !IsLoopback(Host);

    /// <summary>
    /// Whether the connection is encrypted from its first byte (RFC 8314) and not by STARTTLS: <c>Mail__ImplicitTls</c>, true for port
    /// 465.
    /// </summary>
    public bool TlsFromTheStart { get; private init; }

    public bool Configured => From is not null;

    internal string? Password { get; private init; }

    /// <exception cref="InvalidOperationException">A setting is invalid; the message names it and says what to do.</exception>
    public static MailSettings Read(IConfiguration configuration)
    {
        var mail = configuration.GetSection("Mail");
        string? Text(string name) => mail[name] is { Length: > 0 } text ? text : null;
        var (from, host, folder, user, password) = (Text("From"), Text("Host"), Text("PickupFolder"), Text("User"), Text("Password"));
        if (host is null && folder is null)
            return from is null && user is null
                ? new()
                : throw new InvalidOperationException(
                    "Mail is set up in part: add Mail__Host (an SMTP server) or Mail__PickupFolder (a folder for .eml files), or take the other Mail__ settings away."
                );
        if (host is not null && folder is not null)
            throw new InvalidOperationException(
                "Mail__Host and Mail__PickupFolder are both set; mail goes one way only. Take one of them away."
            );
        if (MailboxAddress.Mistake(from) is { } mistake)
            throw new InvalidOperationException(
                $"The setting Mail__From {mistake}. It is the address that mail is sent from, such as stockgate@example.com."
            );
        if (user is null != password is null)
            throw new InvalidOperationException(
                "Mail__User and Mail__Password go together: set both, or neither where the server asks for none."
            );
        if (host is not null && Uri.CheckHostName(host) == UriHostNameType.Unknown)
            throw new InvalidOperationException(
                "The setting Mail__Host is not a host name or address such as smtp.example.com; the port goes into Mail__Port."
            );
        var port = PortOf(Text("Port"));
        return new()
        {
            From = from,
            FromName = SafeText.Line(Text("FromName") ?? "Stockgate", 100),
            Host = host,
            Port = port,
            User = user,
            Password = password,
            TlsFromTheStart = TlsOf(Text("ImplicitTls")) ?? port == ImplicitTlsPort,
            PickupFolder = folder is null ? null : Path.GetFullPath(folder),
            Timeout = TimeoutOf(Text("Timeout")),
        };
    }

    private static bool? TlsOf(string? text) =>
        text is null ? null
        : bool.TryParse(text, out var set) ? set
        : throw new InvalidOperationException("The setting Mail__ImplicitTls has to be true or false.");

    private static int PortOf(string? text)
    {
        if (text is null)
            return SubmissionPort;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= IPEndPoint.MaxPort
            ? port
            : throw new InvalidOperationException(
                $"The setting Mail__Port has to be a port from 1 to {IPEndPoint.MaxPort}, such as {SubmissionPort}."
            );
    }

    private static TimeSpan TimeoutOf(string? text) =>
        text is null ? TimeSpan.FromSeconds(30)
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout) && timeout > TimeSpan.Zero && timeout <= LongestTimeout
            ? timeout
        : throw new InvalidOperationException(
            $"The setting Mail__Timeout has to be a time span from a moment to {LongestTimeout}, such as 00:00:30."
        );

    internal static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    // A record would print every property it has.
    public override string ToString() => !Configured ? "no mail" : PickupFolder ?? $"{Host}:{Port}";
}
