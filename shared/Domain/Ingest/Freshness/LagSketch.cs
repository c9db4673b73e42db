using System.Globalization;

namespace Stockgate.Domain.Ingest.Freshness;

/// <summary>
/// How late events came, counted in steps that grow by the square root of two from a tenth of a second: a percentile is told to within
/// 41 % from above, and sketches of several instances and hours add up.
/// </summary>
public sealed class LagSketch
{
    // The last step is of 85 days and more.
    private const int Steps = 53;

    private static readonly double First = 0.1,
        Factor = Math.Sqrt(2);

    private readonly long[] counts = new long[Steps];

    public long Events => counts.Sum();

    /// <summary>Adds an event. One that is dated after it came, by a clock that is ahead, came at once.</summary>
    public void Add(TimeSpan lag) => counts[StepOf(lag.TotalSeconds)]++;

    public void Add(LagSketch other)
    {
        for (var i = 0; i < Steps; i++)
            counts[i] += other.counts[i];
    }

    /// <summary>The lag that a share of the events kept; null where there are none.</summary>
    /// <param name="share">0.95 for 95 of 100.</param>
    public TimeSpan? At(double share)
    {
        var (all, seen) = (Events, 0L);
        if (all == 0)
            return null;
        for (var i = 0; i < Steps; i++)
            if ((seen += counts[i]) >= share * all)
                return TimeSpan.FromSeconds(First * Math.Pow(Factor, i));
        return null;
    }

    /// <summary>The counts, without the steps at the end that have none.</summary>
    public string ToText() => string.Join(',', counts[..(Array.FindLastIndex(counts, static c => c > 0) + 1)]);

    /// <exception cref="FormatException">The text is not a sketch's.</exception>
    public static LagSketch Parse(string text)
    {
        var sketch = new LagSketch();
        var parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > Steps)
            throw new FormatException($"A sketch of lags has {parts.Length} steps.");
        for (var i = 0; i < parts.Length; i++)
            sketch.counts[i] = long.Parse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture);
        return sketch;
    }

    private static int StepOf(double seconds) =>
        seconds <= First ? 0 : Math.Min(Steps - 1, (int)Math.Ceiling(Math.Log(seconds / First, Factor) - 1e-9));
}
