using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Stockgate.Domain;

namespace Stockgate.Platform.Mail;

/// <summary>Describes failures of a mail server or network.</summary>
internal static class MailFailure
{
    private const int WordsCharacters = 300;

    /// <summary>Whether the exception is an outcome of sending, not a bug.</summary>
    public static bool IsRefusal(Exception refused) =>
        refused
            is CommandException
                or ProtocolException
                or AuthenticationException
                or SslHandshakeException
                or NotSupportedException
                or IOException
                or UnauthorizedAccessException
                or SocketException
                or TimeoutException;

    public static MailOutcome.Failed Of(Exception refused, MailOptions settings) =>
        refused switch
        {
            SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted } said => new(
                $"{settings} refused the recipient: {Answer(said)}",
                Permanent: IsPermanent(said)
            ),
            // Errors of authentication or encryption are for the operator; they do not concern the recipient.
            SmtpCommandException said => new(
                $"{settings} refused the mail: {Answer(said)}",
                Permanent: IsPermanent(said) && !IsAboutUs(said)
            ),
            AuthenticationException => new($"{settings} refused Mail__User and Mail__Password: {Innermost(refused)}", Permanent: false),
            SslHandshakeException => new($"No encrypted connection to {settings} could be made: {Innermost(refused)}", Permanent: false),
            NotSupportedException => new(
                $"{settings} offers no encryption (STARTTLS), and mail is not sent without: {Innermost(refused)}",
                Permanent: false
            ),
            TimeoutException => new($"{settings} did not answer within {settings.Timeout.TotalSeconds:0} s.", Permanent: false),
            SocketException => new($"{settings} could not be reached: {Innermost(refused)}", Permanent: false),
            _ => new($"Mail could not be handed to {settings}: {Innermost(refused)}", Permanent: false),
        };

    private static bool IsPermanent(SmtpCommandException said) => (int)said.StatusCode is >= 500 and < 600;

    private static bool IsAboutUs(SmtpCommandException said) =>
        said.StatusCode
            is SmtpStatusCode.CommandUnrecognized
                or SmtpStatusCode.SyntaxError
                or SmtpStatusCode.CommandNotImplemented
                or SmtpStatusCode.BadCommandSequence
                or SmtpStatusCode.CommandParameterNotImplemented
                or SmtpStatusCode.AuthenticationRequired
                or SmtpStatusCode.AuthenticationMechanismTooWeak
                or SmtpStatusCode.AuthenticationInvalidCredentials
                or SmtpStatusCode.EncryptionRequiredForAuthenticationMechanism;

    private static string Answer(SmtpCommandException said) => $"{(int)said.StatusCode} {Innermost(said)}";

    private static string Innermost(Exception refused)
    {
        while (refused.InnerException is { } inner)
            refused = inner;
        return SafeText.Line(refused.Message, WordsCharacters);
    }
}
