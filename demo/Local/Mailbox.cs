using System.Net.Mail;
using System.Text;
using System.Text.RegularExpressions;

namespace Stockgate.Demo.Local;

/// <summary>A mail that the app put into its pickup folder.</summary>
/// <param name="File">Where it is; a mail program opens it.</param>
/// <param name="Link">The address that it asks to open; null where it has none.</param>
public sealed record ReceivedMail(string File, string To, string Subject, string Text, string Html, Uri? Link)
{
    /// <summary>The six digits of a one-time code; null where it has none.</summary>
    public string? Code => Regex.Match(Text, @"\b\d{6}\b") is { Success: true } found ? found.Value : null;
}

/// <summary>Everybody's mail: the pickup folder of the app. It reads what the app writes, which is not all that mail can be.</summary>
public sealed partial class Mailbox(string folder)
{
    private readonly Dictionary<string, ReceivedMail> read = new(StringComparer.Ordinal);

    /// <summary>Every mail, the oldest first.</summary>
    public IReadOnlyList<ReceivedMail> All()
    {
        // A file appears when it is whole, under a name that begins with its time.
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml") : [])
            if (!read.ContainsKey(file)) read[file] = Read(file, File.ReadAllText(file));
        return [.. read.Values.OrderBy(static m => m.File, StringComparer.Ordinal)];
    }

    /// <summary>The mails to somebody, the oldest first.</summary>
    public IReadOnlyList<ReceivedMail> To(string name) => [.. All().Where(m => m.To.StartsWith($"{name}@", StringComparison.OrdinalIgnoreCase))];

    private static ReceivedMail Read(string file, string raw)
    {
        var (headers, body) = Split(raw);
        var boundary = Boundary().Match(headers["Content-Type"]).Groups[1].Value;
        string text = "", html = "";
        foreach (var part in body.Split($"--{boundary}").Skip(1).Where(static p => p.Contains(':', StringComparison.Ordinal)))
        {
            var (about, content) = Split(part.TrimStart('\r', '\n'));
            var decoded = Encoding.UTF8.GetString(Convert.FromBase64String(content.Trim()));
            if (about["Content-Type"].StartsWith("text/html", StringComparison.OrdinalIgnoreCase)) html = decoded;
            else text = decoded;
        }
        var link = Address().Match(text);
        return new ReceivedMail(file, new MailAddress(Decoded(headers["To"])).Address, Decoded(headers["Subject"]), text, html, link.Success ? new Uri(link.Value) : null);
    }

    private static (Dictionary<string, string> Headers, string Body) Split(string raw)
    {
        var lines = raw.ReplaceLineEndings("\n");
        var end = lines.IndexOf("\n\n", StringComparison.Ordinal);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        // A long header goes on in lines that begin with a space.
        foreach (var line in Folded().Replace(lines[..end], " ").Split('\n'))
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon) headers[line[..colon]] = line[(colon + 1)..].Trim();
        return (headers, lines[(end + 2)..]);
    }

    // RFC 2047: =?utf-8?B?…?= and =?utf-8?Q?…?=.
    private static string Decoded(string header) => Encoded().Replace(Between().Replace(header, "?==?"), static word => Encoding.UTF8.GetString(word.Groups[1].Value is "B" or "b" ? Convert.FromBase64String(word.Groups[2].Value) : Quoted(word.Groups[2].Value)));

    private static byte[] Quoted(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '=') (bytes, i) = ([.. bytes, Convert.ToByte(text.Substring(i + 1, 2), 16)], i + 2);
            else bytes.Add(text[i] == '_' ? (byte)' ' : (byte)text[i]);
        return [.. bytes];
    }

    [GeneratedRegex("boundary=\"?([^\";\\s]+)\"?")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex(@"=\?utf-8\?([BbQq])\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Encoded();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex Between();

    [GeneratedRegex(@"https?://\S+/api/v1/approvals/\S+")]
    private static partial Regex Address();
}
