using System.Globalization;
using System.Text;
using Stockgate.Domain.Unicode;

namespace Stockgate.Domain;

/// <summary>
/// The rule of SKUs: 1 to 255 characters of any script. Spaces at the ends and characters without width go, what looks
/// the same is the same (normalization form C); what can't be seen, or can't
/// be asked for by an address, is refused by name.
/// </summary>
internal static class SkuText
{
    /// <summary>Characters as Unicode counts them: an emoji is one.</summary>
    public const int MaxLength = 255;

    // Zero width space, non-joiner, joiner, word joiner, byte order mark: they come with copied text, and nobody means two things by them.
    private const string WithoutWidth = "\u200b\u200c\u200d\u2060\ufeff";

    /// <summary>Cleans the text, or says what is wrong with it.</summary>
    /// <returns>What is wrong, to be shown to the sender; null if <paramref name="sku"/> is one.</returns>
    public static string? Mistake(string? text, out string sku)
    {
        sku = string.Empty;
        if (text?.Trim() is not { Length: > 0 } trimmed)
            return "is empty";
        if (Unseen(trimmed) is { } unseen)
            return unseen;
        sku = CanonicalForm.Of(string.Concat(trimmed.Split(WithoutWidth.ToCharArray()))).Trim();
        if (sku.Length == 0)
            return "is empty";
        var length = sku.EnumerateRunes().Count();
        if (length > MaxLength)
            return $"has {length} characters; at most {MaxLength} are allowed";
        if (sku is "." or "..")
            return $"is '{sku}', which is a relative path segment in a URL";
        return sku.Contains("%2F", StringComparison.OrdinalIgnoreCase) ? "has '%2F', which a URL does not distinguish from '/'" : null;
    }

    private static string? Unseen(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
                return "has an unpaired surrogate";
            if (rune.IsBmp && WithoutWidth.Contains(text[i]))
                continue;
            var kind = Rune.GetUnicodeCategory(rune);
            if (
                kind
                is UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
            )
                return $"has U+{rune.Value:X4}, an invisible character";
            if (!rune.IsBmp)
                i++;
        }
        return null;
    }
}
