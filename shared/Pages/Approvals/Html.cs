using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Stockgate.Domain;

namespace Stockgate.Pages.Approvals;

/// <summary>HTML as an interpolated string: everything that is put into it is encoded, unless it is <see cref="Html"/> itself.</summary>
[InterpolatedStringHandler]
internal readonly struct Html(int literalLength, int formattedCount)
{
    // Letters of all scripts stay letters: a page in another language is not three times as long.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder html = new(literalLength + formattedCount * 32);

    public static Html Empty => $"";

    public static Html Of(Html html) => html;

    public static Html Join(IEnumerable<Html> parts)
    {
        var joined = Empty;
        foreach (var part in parts)
            joined.AppendFormatted(part);
        return joined;
    }

    public void AppendLiteral(string literal) => html.Append(literal);

    public void AppendFormatted(string? text) => html.Append(Encoder.Encode(SafeText.Line(text, Words.TextCharacters)));

    public void AppendFormatted(int number) => html.Append(System.Globalization.CultureInfo.InvariantCulture, $"{number}");

    public void AppendFormatted(Html inner) => html.Append(inner.html);

    /// <param name="text">Several lines.</param>
    /// <param name="format"><c>lines</c>: its line breaks stay. <c>raw</c>: a constant of ours, put in as it is.</param>
    public void AppendFormatted(string? text, string format) =>
        html.Append(
            format switch
            {
                "lines" => string.Join("<br>", SafeText.Lines(text, Words.TextCharacters).Split('\n').Select(Encoder.Encode)),
                "raw" => text,
                "value" => Encoder.Encode(SafeText.Lines(text, Words.TextCharacters)),
                _ => throw new ArgumentException($"'{format}' is no format of HTML.", nameof(format)),
            }
        );

    public override string ToString() => html.ToString();
}
