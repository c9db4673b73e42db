namespace Stockgate.Domain.Unicode;

/// <summary>Hangul syllables, which are composed by arithmetic (The Unicode Standard, chapter 3.12).</summary>
internal static class Hangul
{
    private const int Syllables = 0xAC00,
        Leading = 0x1100,
        Vowels = 0x1161,
        Trailing = 0x11A7;
    private const int LeadingCount = 19,
        VowelCount = 21,
        TrailingCount = 28,
        SyllableCount = LeadingCount * VowelCount * TrailingCount;

    /// <returns>Two or three letters; null if it is no syllable.</returns>
    public static int[]? Decomposed(int rune)
    {
        var index = rune - Syllables;
        if (index is < 0 or >= SyllableCount)
            return null;
        var (first, second, third) = (
            Leading + index / (VowelCount * TrailingCount),
            Vowels + index % (VowelCount * TrailingCount) / TrailingCount,
            Trailing + index % TrailingCount
        );
        return third == Trailing ? [first, second] : [first, second, third];
    }

    /// <returns>The syllable of the two; null if they make none.</returns>
    public static int? Composed(int first, int second)
    {
        if (first - Leading is >= 0 and < LeadingCount && second - Vowels is >= 0 and < VowelCount)
            return Syllables + ((first - Leading) * VowelCount + (second - Vowels)) * TrailingCount;
        var syllable = first - Syllables;
        return syllable is >= 0 and < SyllableCount && syllable % TrailingCount == 0 && second - Trailing is > 0 and < TrailingCount
            ? first + second - Trailing
            : null;
    }
}
