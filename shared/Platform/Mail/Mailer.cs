using System.Net.Security;
using System.Security.Cryptography;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Stockgate.Platform.Mail;

/// <summary>Sends mail. A refusal by the server or network is returned as an outcome, not thrown.</summary>
public sealed class Mailer(MailOptions settings, TimeProvider time) : IDisposable
{
    // A mail server lets a sender have a few connections at once; more are refused.
    private const int AtOnce = 4;

    private readonly SemaphoreSlim places = new(AtOnce);

    /// <summary>Whether mail can be sent at all.</summary>
    public bool Configured => settings.Configured;

    /// <summary>Judges the server's certificate in place of the system; null outside of tests.</summary>
    internal RemoteCertificateValidationCallback? Trust { get; init; }

    /// <summary>A new id for a mail, in this sender's domain.</summary>
    public string NewMessageId()
    {
        var domain = settings.From?.Split('@')[^1] ?? "localhost";
        return $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}@{domain}";
    }

    /// <exception cref="ArgumentException">A body is longer than <see cref="OutgoingMail.BodyCharacters"/>, or the id is not one of a
    /// mail.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<MailOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            Math.Max(mail.Text.Length, mail.Html.Length),
            OutgoingMail.BodyCharacters,
            nameof(mail)
        );
        // An id has the form of an address; the same rule keeps line breaks and brackets out.
        if (MailboxAddress.Mistake(mail.MessageId) is { } unfit)
            throw new ArgumentException($"The message id {unfit}.", nameof(mail));
        if (!Configured)
            return new MailOutcome.Failed("Mail is not set up: set Mail__From, and Mail__Host or Mail__PickupFolder.", Permanent: false);
        if (MailboxAddress.Mistake(mail.To) is { } mistake)
            return new MailOutcome.Failed($"The recipient's address {mistake}.", Permanent: true);
        await places.WaitAsync(cancellationToken);
        try
        {
            using var message = MailComposer.Compose(mail, settings);
            if (settings.PickupFolder is { } folder)
                await DropAsync(message, folder, cancellationToken);
            else
                await TransmitAsync(message, cancellationToken);
            return new MailOutcome.Sent(mail.MessageId);
        }
        catch (Exception refused) when (MailFailure.IsRefusal(refused))
        {
            return MailFailure.Of(refused, settings);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();

    private async Task TransmitAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient { ServerCertificateValidationCallback = Trust };
        using var late = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await client.ConnectAsync(settings.Host!, settings.Port, Encryption, either.Token);
            if (settings.User is { } user)
                await client.AuthenticateAsync(user, settings.Password!, either.Token);
            await client.SendAsync(MailComposer.Format, message, either.Token);
            await client.DisconnectAsync(quit: true, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    // Required, not offered: a server without encryption is a failure, and user and password are not sent to it.
    private SecureSocketOptions Encryption =>
        settings.TlsFromTheStart ? SecureSocketOptions.SslOnConnect
        : settings.RequiresTls ? SecureSocketOptions.StartTls
        : SecureSocketOptions.None;

    private async Task DropAsync(MimeMessage message, string folder, CancellationToken cancellationToken)
    {
        // Written in a folder beside, and moved when whole: a reader never sees half a file.
        var staging = Directory.CreateDirectory(Path.Combine(folder, ".unfinished", Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            var unfinished = Path.Combine(staging, "mail.eml");
            await using (var file = new FileStream(unfinished, OnlyForTheOwner()))
                await message.WriteToAsync(MailComposer.Format, file, cancellationToken);
            File.Move(unfinished, Path.Combine(folder, $"{time.GetUtcNow():yyyyMMdd'T'HHmmssfff}-{Guid.NewGuid():N}.eml"));
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    // A mail holds a link that decides, so only the account that runs the app may read it.
    private static FileStreamOptions OnlyForTheOwner()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
