namespace Stockgate.Domain;

/// <summary>Finds the known name nearest to a mistyped one.</summary>
public static class NearestName
{
    /// <summary>The known name with the fewest typing mistakes (Levenshtein distance, whatever the case); null if none is close.</summary>
    /// <param name="typed">What was written.</param>
    /// <param name="known">The names there are.</param>
    /// <param name="most">At most so many mistakes, whatever the length; where a name of one's own is likely, one.</param>
    public static string? To(string typed, IEnumerable<string> known, int most = int.MaxValue)
    {
        var best = (Name: typed, Mistakes: int.MaxValue);
        foreach (var name in known)
            if (Distance(typed.ToLowerInvariant(), name.ToLowerInvariant()) is var mistakes && mistakes < best.Mistakes)
                best = (name, mistakes);
        // Two letters changed places are two mistakes; a third of the letters wrong is another word.
        var longer = Math.Max(typed.Length, best.Name.Length);
        return best.Mistakes <= Math.Min(most, longer < 4 ? 1 : Math.Max(2, longer / 3)) ? best.Name : null;
    }

    /// <summary>"; did you mean 'x'?" where a known name is close, else the known ones.</summary>
    public static string Hint(string typed, IReadOnlyCollection<string> known) =>
        To(typed, known) is { } meant ? $"did you mean '{meant}'?" : $"known are {string.Join(", ", known)}";

    private static int Distance(string a, string b)
    {
        // A name as long as a novel is nobody's typing mistake.
        if (Math.Abs(a.Length - b.Length) > 20 || a.Length > 100)
            return int.MaxValue;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}
