using System.Text;

namespace Stockgate.Domain.Unicode;

/// <summary>
/// Normalization form C of a text (https://www.unicode.org/reports/tr15/): of two texts that look the same to a reader,
/// such as é in one character and in two, one. The framework's own does nothing where
/// globalization is invariant, as it is here, and would depend on the library of the machine where it is not: a key
/// must be the same everywhere.
/// </summary>
internal static class CanonicalForm
{
    // Before the first combining mark every character is its own form.
    private const char FirstMark = '\u0300';

    public static string Of(string text)
    {
        if (text.All(static c => c < FirstMark))
            return text;
        var parts = new List<(int Rune, int Class)>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        foreach (var part in Decomposed(rune.Value))
            parts.Add((part, CanonicalTables.ClassOf(part)));
        Order(parts);
        return Composed(parts);
    }

    private static ReadOnlySpan<int> Decomposed(int rune)
    {
        if (Hangul.Decomposed(rune) is { } jamo)
            return jamo;
        return CanonicalTables.Decompositions.TryGetValue(rune, out var parts) ? parts : new[] { rune };
    }

    // Marks that follow a letter, by their class; those of one class stay as they stand.
    private static void Order(List<(int Rune, int Class)> parts)
    {
        for (var i = 1; i < parts.Count; i++)
        for (var j = i; j > 0 && parts[j].Class != 0 && parts[j - 1].Class > parts[j].Class; j--)
            (parts[j], parts[j - 1]) = (parts[j - 1], parts[j]);
    }

    private static string Composed(List<(int Rune, int Class)> parts)
    {
        var (composed, starter, last) = (new List<int>(parts.Count), -1, 0);
        foreach (var (rune, combining) in parts)
        {
            var isFree = starter >= 0 && (last < combining || (last == 0 && composed.Count - 1 == starter));
            if (isFree && Composite(composed[starter], rune) is { } composite)
            {
                composed[starter] = composite;
                continue;
            }
            (starter, last) = combining == 0 ? (composed.Count, 0) : (starter, combining);
            composed.Add(rune);
        }
        var text = new StringBuilder(composed.Count);
        foreach (var rune in composed)
            text.Append(new Rune(rune));
        return text.ToString();
    }

    private static int? Composite(int first, int second)
    {
        if (Hangul.Composed(first, second) is { } syllable)
            return syllable;
        return CanonicalTables.Composites.TryGetValue((first, second), out var composite) ? composite : null;
    }
}
