using System.Collections.Frozen;
using System.Globalization;

namespace Stockgate.Domain.Unicode;

/// <summary>Unicode's tables of canonical equivalence, read from <c>canonical-forms.txt</c> when they are first needed.</summary>
internal static class CanonicalTables
{
    private static readonly FrozenDictionary<int, int> Classes;

    static CanonicalTables()
    {
        var (classes, decompositions) = (new Dictionary<int, int>(), new Dictionary<int, int[]>());
        var composites = new Dictionary<(int First, int Second), int>();
        using var reader = new StreamReader(
            typeof(CanonicalTables).Assembly.GetManifestResourceStream("canonical-forms.txt")
                ?? throw new InvalidOperationException("canonical-forms.txt is not embedded in this assembly.")
        );
        var part = 0;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            if (line.Length == 0)
            {
                part++;
                continue;
            }
            var fields = line.Split(' ');
            var runes = Array.ConvertAll(
                part == 0 ? fields[..2] : fields,
                static f => int.Parse(f, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            );
            if (part == 0)
                for (var rune = runes[0]; rune <= runes[1]; rune++)
                    classes[rune] = int.Parse(fields[2], CultureInfo.InvariantCulture);
            else if (part == 1)
                decompositions[runes[0]] = runes[1..];
            else
                composites[(runes[0], runes[1])] = runes[2];
        }
        (Classes, Decompositions, Composites) = (
            classes.ToFrozenDictionary(),
            decompositions.ToFrozenDictionary(),
            composites.ToFrozenDictionary()
        );
    }

    /// <summary>What a character is made of, all the way down.</summary>
    public static FrozenDictionary<int, int[]> Decompositions { get; }

    /// <summary>What two characters become together.</summary>
    public static FrozenDictionary<(int First, int Second), int> Composites { get; }

    /// <summary>Where a mark sits on its letter; 0 for what is no mark.</summary>
    public static int ClassOf(int rune) => Classes.GetValueOrDefault(rune);
}
