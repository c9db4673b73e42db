using System.Text;
using MimeKit;
using Stockgate.Domain;

namespace Stockgate.Platform.Mail;

/// <summary>Builds a MIME message; field contents can't inject headers or addresses.</summary>
internal static class MailComposer
{
    private const int NameCharacters = 100;

    /// <summary>How a message is written: with the line endings of mail (RFC 5322).</summary>
    public static readonly FormatOptions Format = LinesOfMail();

    public static MimeMessage Compose(OutgoingMail mail, MailOptions settings)
    {
        var message = new MimeMessage
        {
            MessageId = mail.MessageId,
            Subject = Unencoded(SafeText.Line(mail.Subject, OutgoingMail.SubjectCharacters)),
        };
        message.From.Add(new MimeKit.MailboxAddress(Encoding.UTF8, NameOf(settings.FromName), settings.From!));
        message.To.Add(new MimeKit.MailboxAddress(Encoding.UTF8, NameOf(mail.ToName), mail.To));
        // RFC 3834 and Exchange's own header: suppress automatic replies.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "OOF, AutoReply");
        // The richest form last (RFC 2046, 5.1.4).
        message.Body = new MultipartAlternative { Part(mail.Text, "plain"), Part(mail.Html, "html") };
        return message;
    }

    // Base64: no line begins with a dot or is too long, whatever the body is.
    private static TextPart Part(string body, string subtype)
    {
        var part = new TextPart(subtype) { ContentTransferEncoding = ContentEncoding.Base64 };
        part.SetText(Encoding.UTF8, body.ReplaceLineEndings("\r\n"));
        return part;
    }

    // Quotes and brackets would end the name and begin an address.
    private static string NameOf(string? name)
    {
        var harmless = (name ?? string.Empty).Where(static c => c is not ('"' or '\\' or '<' or '>' or '@' or ',' or ';'));
        return Unencoded(SafeText.Line(string.Concat(harmless), NameCharacters));
    }

    // Text that looks like an encoded word would be decoded by the reader into unchecked text.
    private static string Unencoded(string text) => text.Replace("=?", "= ?", StringComparison.Ordinal);

    private static FormatOptions LinesOfMail()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }
}
