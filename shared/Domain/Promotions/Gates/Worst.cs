namespace Stockgate.Domain.Promotions.Gates;

/// <summary>
/// Counts what is wrong in one pass and keeps the indexes of the few that are most so; nothing is allocated per entry and no text is built
/// before it is requested.
/// </summary>
internal sealed class Worst
{
    /// <summary>How many a verdict names.</summary>
    public const int Shown = 5;

    private readonly int[] indexes = new int[Shown];
    private readonly decimal[] badness = new decimal[Shown];

    /// <summary>How many were added, shown or not.</summary>
    public int Count { get; private set; }

    /// <summary>The worst, the worst of all first; among equals the one that came first.</summary>
    public ReadOnlySpan<int> Indexes => indexes.AsSpan(0, Math.Min(Count, Shown));

    public void Add(int index, decimal bad)
    {
        var kept = Math.Min(Count++, Shown);
        if (kept == Shown && bad <= badness[^1])
            return;
        var place = Math.Min(kept, Shown - 1);
        for (; place > 0 && badness[place - 1] < bad; place--)
        {
            indexes[place] = indexes[place - 1];
            badness[place] = badness[place - 1];
        }
        indexes[place] = index;
        badness[place] = bad;
    }

    /// <summary>The worst by name, and how many more there are.</summary>
    public string Names(Func<int, string> name)
    {
        var shown = new List<string>(Shown);
        foreach (var index in Indexes)
            shown.Add(name(index));
        return string.Join(", ", shown) + (Count > Shown ? $" and {Figures.Number(Count - Shown)} more" : "");
    }
}
