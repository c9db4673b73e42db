using System.Globalization;
using System.Text;

namespace Stockgate.Platform.Outbound;

/// <summary>An excerpt of a channel's response, safe to show and log: one line without control or bidirectional characters.</summary>
internal static class Excerpt
{
    public const int Characters = 300;

    public static string Of(ReadOnlySpan<byte> utf8) => Of(Encoding.UTF8.GetString(utf8));

    public static string Of(string text)
    {
        var kept = new StringBuilder(Math.Min(text.Length, Characters + 1));
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator => new Rune(' '),
                UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned =>
                    new Rune('\ufffd'),
                _ => rune,
            };
            if (shown.Value == ' ' && (kept.Length == 0 || kept[^1] == ' '))
                continue;
            if (kept.Length + shown.Utf16SequenceLength > Characters)
                return kept.ToString().TrimEnd() + "…";
            kept.Append(shown);
        }
        return kept.ToString().TrimEnd();
    }
}
