using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;

namespace Stockgate.Platform.Mail;

/// <summary>Sends mail, or says in words why it could not. What a server or a network refuses is an outcome, never an exception.</summary>
public sealed class Mailer(MailSettings settings, TimeProvider time) : IDisposable
{
    // A mail server lets a sender have a few connections at once; more are refused.
    private const int AtOnce = 4;

    private const int NameCharacters = 100;

    private readonly SemaphoreSlim places = new(AtOnce);

    /// <summary>Whether mail can be sent at all.</summary>
    public bool Configured => settings.Configured;

    /// <summary>A new id for a mail, in this sender's domain.</summary>
    public string NewMessageId() => $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}@{settings.From?.Split('@')[^1] ?? "localhost"}";

    /// <exception cref="ArgumentException">A body is longer than <see cref="OutgoingMail.BodyCharacters"/>, or the id is not one of a mail.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Max(mail.Text.Length, mail.Html.Length), OutgoingMail.BodyCharacters, nameof(mail));
        // An id has the form of an address; the same rule keeps line breaks and brackets out.
        if (MailboxAddress.Mistake(mail.MessageId) is { } unfit) throw new ArgumentException($"The message id {unfit}.", nameof(mail));
        if (!Configured) return new MailOutcome.Failed("Mail is not set up: set Mail__From, and Mail__Host or Mail__PickupFolder.", Permanent: false);
        if (MailboxAddress.Mistake(mail.To) is { } mistake) return new MailOutcome.Failed($"The recipient's address {mistake}.", Permanent: true);
        await places.WaitAsync(cancellationToken);
        try
        {
            using var message = MessageOf(mail);
            if (settings.PickupFolder is { } folder) await DropAsync(message, folder, cancellationToken);
            else await TransmitAsync(message, cancellationToken);
            return new MailOutcome.Sent(mail.MessageId);
        }
        catch (Exception refused) when (refused is SmtpException or IOException or UnauthorizedAccessException or AuthenticationException or SocketException or TimeoutException)
        {
            return Failure(refused);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();

    private MailMessage MessageOf(OutgoingMail mail)
    {
        var message = new MailMessage(new MailAddress(settings.From!, NameOf(settings.FromName), Encoding.UTF8), new MailAddress(mail.To, NameOf(mail.ToName), Encoding.UTF8))
        {
            Subject = Unencoded(SafeText.Line(mail.Subject, OutgoingMail.SubjectCharacters)), SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{mail.MessageId}>");
        // RFC 3834, and what Exchange goes by: no out-of-office answers to a robot.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "OOF, AutoReply");
        // The richest form last (RFC 2046, 5.1.4).
        message.AlternateViews.Add(View(mail.Text, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(View(mail.Html, MediaTypeNames.Text.Html));
        return message;
    }

    private static AlternateView View(string body, string type)
    {
        var view = AlternateView.CreateAlternateViewFromString(body.ReplaceLineEndings("\r\n"), Encoding.UTF8, type);
        // Base64: no line begins with a dot or is too long, whatever the body is.
        view.TransferEncoding = TransferEncoding.Base64;
        return view;
    }

    // Quotes and brackets would end the name and begin an address.
    private static string NameOf(string? name) => Unencoded(SafeText.Line(string.Concat((name ?? string.Empty).Where(static c => c is not ('"' or '\\' or '<' or '>' or '@' or ',' or ';'))), NameCharacters));

    // What looks encoded already would be decoded by the reader, or by the library, into something that was never looked at.
    private static string Unencoded(string text) => text.Replace("=?", "= ?", StringComparison.Ordinal);

    private async Task TransmitAsync(MailMessage message, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.RequiresTls, UseDefaultCredentials = false };
        if (settings.User is not null) client.Credentials = new NetworkCredential(settings.User, settings.Password);
        using var late = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            // The client's own cancellation waits for a server that says nothing; the second wait does not.
            await client.SendMailAsync(message, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    private async Task DropAsync(MailMessage message, string folder, CancellationToken cancellationToken)
    {
        // Written in a folder beside, and moved when whole: a reader never sees half a file.
        var staging = Directory.CreateDirectory(Path.Combine(folder, ".unfinished", Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = staging };
            await client.SendMailAsync(message, cancellationToken);
            var written = Directory.GetFiles(staging).Single();
            // A mail has a link that decides: it is for whoever runs the app, and for nobody else on the machine.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(written, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(written, Path.Combine(folder, $"{time.GetUtcNow():yyyyMMdd'T'HHmmssfff}-{Guid.NewGuid():N}.eml"));
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    private MailOutcome.Failed Failure(Exception refused) => refused switch
    {
        SmtpFailedRecipientException { StatusCode: var status } => new($"{settings} refused the recipient: {Answer(refused, status)}", Permanent: IsPermanent(status)),
        SmtpException { StatusCode: SmtpStatusCode.GeneralFailure } => new($"{settings} could not be reached: {Innermost(refused)}", Permanent: false),
        // What the server says about us (wrong password, no STARTTLS) is for an operator to mend; it says nothing about the recipient.
        SmtpException { StatusCode: var status } => new($"{settings} refused the mail: {Answer(refused, status)}", Permanent: IsPermanent(status) && !IsAboutUs(status)),
        TimeoutException => new($"{settings} did not answer within {settings.Timeout.TotalSeconds:0} s.", Permanent: false),
        _ => new($"Mail could not be handed to {settings}: {Innermost(refused)}", Permanent: false),
    };

    private static bool IsPermanent(SmtpStatusCode status) => (int)status is >= 500 and < 600;

    private static bool IsAboutUs(SmtpStatusCode status) => status is SmtpStatusCode.MustIssueStartTlsFirst or SmtpStatusCode.ClientNotPermitted or (>= SmtpStatusCode.CommandUnrecognized and <= SmtpStatusCode.CommandParameterNotImplemented) or (SmtpStatusCode)535;

    private static string Answer(Exception refused, SmtpStatusCode status) => $"{(int)status} {Innermost(refused)}";

    private static string Innermost(Exception refused)
    {
        while (refused.InnerException is { } inner) refused = inner;
        return SafeText.Line(refused.Message, 300);
    }
}
