using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Stockgate.Pages.Style;

/// <summary>Text as HTML. Letters of all scripts stay letters: a page in another language is not three times as long.</summary>
public static class Encoded
{
    internal static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Text(string? text) => Encoder.Encode(text ?? string.Empty);
}
