using System.Globalization;
using System.Text;

namespace Stockgate.Domain;

/// <summary>
/// Sanitizes external text for display: without control characters, bidirectional overrides (a file named <c>gpj.exe</c> must not read as
/// <c>exe.jpg</c>) and unpaired surrogates, and limited in length. It is not HTML-encoded; HTML writers do that.
/// </summary>
public static class SafeText
{
    private const char Ellipsis = '…';

    /// <summary>One line: line breaks and tabs become spaces, several spaces one.</summary>
    /// <param name="text">Null is as good as empty.</param>
    /// <param name="most">Characters at the most, 1 or more; a longer text ends with an ellipsis.</param>
    public static string Line(string? text, int most) => Of(text, most, lines: false);

    /// <summary>Several lines: each break is one <c>\n</c>, and at most one line in a row is empty.</summary>
    /// <param name="text">Null is as good as empty.</param>
    /// <param name="most">Characters at the most, 1 or more; a longer text ends with an ellipsis.</param>
    public static string Lines(string? text, int most) =>
        Of(text?.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'), most, lines: true);

    private static string Of(string? text, int most, bool lines)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var (safe, breaks, space) = (new StringBuilder(), 0, false);
        foreach (var rune in (text ?? string.Empty).EnumerateRunes())
        {
            if (lines && rune.Value == '\n')
                (breaks, space) = (breaks + 1, false);
            else if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
                space = true;
            else if (Shown(rune))
            {
                if (safe.Length > 0)
                    safe.Append(
                        breaks > 0 ? new string('\n', Math.Min(breaks, 2))
                        : space ? " "
                        : ""
                    );
                (breaks, space) = (0, false);
                safe.Append(rune);
                // Stops at the limit, because the input may be far longer.
                if (safe.Length > most)
                    return Cut(safe, most);
            }
        }
        return safe.ToString();
    }

    // Formats are invisible and may turn the text around; joiners alone are part of writing (Persian, emoji).
    private static bool Shown(Rune rune) =>
        rune.Value is 0x200C or 0x200D
        || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static string Cut(StringBuilder text, int most)
    {
        var end = char.IsLowSurrogate(text[most - 1]) ? most - 2 : most - 1;
        return text.ToString(0, end).TrimEnd() + Ellipsis;
    }
}
