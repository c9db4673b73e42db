namespace Stockgate.Domain.Forecasting.Trees;

/// <summary>
/// How the values of each feature fall into at most 256 bins. Bin 0 is "not known". A number's bins are cut where the training rows are
/// cut into equal parts; a category that is among the 254 most frequent has a bin of its own, all others share the last.
/// </summary>
public sealed class Binning
{
    /// <summary>Bins of a feature at most, with the one for what is not known.</summary>
    public const int Most = 256;

    private const int SampledRows = 200_000;

    private readonly float[][] cuts;
    private readonly Dictionary<int, byte>?[] categories;

    internal Binning(IReadOnlyList<Feature> features, float[][] cuts)
    {
        (Features, this.cuts) = (features, cuts);
        categories = new Dictionary<int, byte>?[features.Count];
        for (var f = 0; f < features.Count; f++)
            if (features[f].Categorical)
                categories[f] = cuts[f].Select(static (value, i) => ((int)value, (byte)(i + 1))).ToDictionary();
    }

    public IReadOnlyList<Feature> Features { get; }

    /// <summary>Upper ends of a number's bins, ascending, or the categories that have one of their own.</summary>
    internal ReadOnlySpan<float> Cuts(int feature) => cuts[feature];

    /// <summary>What is not known, one bin up to each cut, one behind the last; of categories one each and one for the others.</summary>
    internal int Bins(int feature) => cuts[feature].Length + 2;

    /// <summary>Bins for the values of a table. Deterministic.</summary>
    /// <param name="table">Rows to be trained on.</param>
    /// <param name="most">Bins of a feature, 4 to <see cref="Most"/>.</param>
    public static Binning Of(FeatureTable table, int most = Most)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, Most);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 4);
        var cuts = new float[table.Features.Count][];
        Parallel.For(
            0,
            cuts.Length,
            f => cuts[f] = table.Features[f].Categorical ? Categories(table.Columns[f], most - 2) : Cuts(table.Columns[f], most - 2)
        );
        return new Binning(table.Features, cuts);
    }

    /// <summary>The bin of a value.</summary>
    public byte Bin(int feature, float value)
    {
        if (float.IsNaN(value))
            return 0;
        var own = cuts[feature];
        if (categories[feature] is { } known)
            return known.GetValueOrDefault((int)value, (byte)(own.Length + 1));
        var (low, high) = (0, own.Length);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (value <= own[middle])
                high = middle;
            else
                low = middle + 1;
        }
        return (byte)(low + 1);
    }

    private static float[] Categories(float[] column, int most)
    {
        var counts = new Dictionary<int, int>();
        foreach (var value in column)
            if (!float.IsNaN(value))
                counts[(int)value] = counts.GetValueOrDefault((int)value) + 1;
        return [.. counts.OrderByDescending(static c => c.Value).ThenBy(static c => c.Key).Take(most).Select(static c => (float)c.Key)];
    }

    private static float[] Cuts(float[] column, int most)
    {
        var step = Math.Max(1, column.Length / SampledRows);
        var sample = new List<float>(column.Length / step + 1);
        for (var i = 0; i < column.Length; i += step)
            if (!float.IsNaN(column[i]))
                sample.Add(column[i]);
        if (sample.Count == 0)
            return [];
        sample.Sort();
        var distinct = new List<(float Value, int Count)>();
        foreach (var value in sample)
            if (distinct.Count > 0 && distinct[^1].Value == value)
                distinct[^1] = (value, distinct[^1].Count + 1);
            else
                distinct.Add((value, 1));
        var ends = new List<float>(most);
        // Few values: one bin each. Many: a bin is full with its share of the rows that are left, so that a value which many rows have
        // doesn't starve the others.
        var (left, inBin) = (sample.Count, 0);
        for (var i = 0; i < distinct.Count - 1 && ends.Count < most; i++)
        {
            inBin += distinct[i].Count;
            if (distinct.Count > most + 1 && inBin < (double)left / (most + 1 - ends.Count))
                continue;
            ends.Add(distinct[i].Value + (distinct[i + 1].Value - distinct[i].Value) / 2);
            (left, inBin) = (left - inBin, 0);
        }
        return [.. ends];
    }
}
