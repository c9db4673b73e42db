using System.Text;
using MimeKit;

namespace Stockgate.Functions.Tests.Mail;

/// <summary>A mail as a mail reader shows it: headers unfolded and decoded, the two forms of the body.</summary>
internal sealed record ReadMail(ILookup<string, string> Headers, string Text, string Html)
{
    public static ReadMail Of(string data)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(data));
        var message = MimeMessage.Load(stream);
        var parts = Assert.IsType<MultipartAlternative>(message.Body).Cast<TextPart>().ToList();
        Assert.Equal(["text/plain", "text/html"], parts.Select(static part => part.ContentType.MimeType));
        Assert.All(parts, static part => Assert.Equal(ContentEncoding.Base64, part.ContentTransferEncoding));
        return new(
            message.Headers.ToLookup(static h => h.Field.ToLowerInvariant(), static h => Unfolded(h.Value)),
            Decoded(parts[0]),
            Decoded(parts[1])
        );
    }

    public string this[string header] => Headers[header].Single();

    // A long header goes on in a line that begins with white space.
    private static string Unfolded(string value) => value.Replace('\t', ' ');

    private static string Decoded(TextPart part)
    {
        using var bytes = new MemoryStream();
        part.Content!.DecodeTo(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
