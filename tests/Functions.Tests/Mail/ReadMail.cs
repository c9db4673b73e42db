using System.Text;
using System.Text.RegularExpressions;

namespace Stockgate.Functions.Tests.Mail;

/// <summary>A mail, taken apart as a mail reader does it: headers unfolded and decoded, the two forms of the body.</summary>
internal sealed partial record ReadMail(ILookup<string, string> Headers, string Text, string Html)
{
    public static ReadMail Of(string data)
    {
        var (headers, body) = Split(data);
        var boundary = Boundary().Match(headers["content-type"].Single()).Groups[1].Value;
        var parts = body.Split("--" + boundary).Skip(1).SkipLast(1).Select(part => Split(part.TrimStart('\r', '\n'))).ToList();
        string Part(string type) => Decode(parts.Single(part => part.Headers["content-type"].Single().StartsWith(type, StringComparison.Ordinal)));
        Assert.Equal(["text/plain", "text/html"], parts.Select(static part => part.Headers["content-type"].Single().Split(';')[0]));
        return new(headers, Part("text/plain"), Part("text/html"));
    }

    public string this[string header] => Word().Replace(Headers[header].Single(), static word => Encoding.UTF8.GetString(word.Groups[1].Value is "B" or "b" ? Convert.FromBase64String(word.Groups[2].Value)
        : Encoding.Latin1.GetBytes(Hex().Replace(word.Groups[2].Value.Replace('_', ' '), static hex => ((char)Convert.ToByte(hex.Groups[1].Value, 16)).ToString()))));

    private static (ILookup<string, string> Headers, string Body) Split(string data)
    {
        var end = data.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        // Between two encoded words the white space of a fold means nothing (RFC 2047, 6.2).
        var unfolded = data[..end].Replace("?=\r\n =?", "?==?", StringComparison.Ordinal).Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal);
        return (unfolded.Split("\r\n").Select(static line => line.Split(':', 2)).ToLookup(static h => h[0].ToLowerInvariant(), static h => h[1].Trim()), data[(end + 4)..]);
    }

    private static string Decode((ILookup<string, string> Headers, string Body) part)
    {
        Assert.Equal("base64", part.Headers["content-transfer-encoding"].Single());
        return Encoding.UTF8.GetString(Convert.FromBase64String(part.Body.Replace("\r\n", "", StringComparison.Ordinal)));
    }

    [GeneratedRegex("boundary=\"?([^\";]+)\"?")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"=\?utf-8\?([BbQq])\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    [GeneratedRegex("=([0-9A-Fa-f]{2})")]
    private static partial Regex Hex();
}
