namespace Stockgate.Domain.Forecasting.Trees;

/// <summary>The best split of a leaf and the sums of its two sides.</summary>
internal readonly record struct Split(
    double Gain,
    int Feature,
    byte Shift,
    byte Limit,
    ulong[]? Set,
    long Left,
    long Right,
    double LeftValue,
    double RightValue
)
{
    public static readonly Split None = new(0, -1, 0, 0, null, 0, 0, 0, 0);
}

/// <summary>Between which values a leaf's own must lie, so that what a monotone feature said further up stays true.</summary>
internal readonly record struct Bounds(double Low, double High)
{
    public static readonly Bounds None = new(double.NegativeInfinity, double.PositiveInfinity);

    public double Keep(double value) => Math.Min(High, Math.Max(Low, value));
}

/// <summary>Finds the split in a leaf's histogram that reduces the loss most (second order; Chen and Guestrin 2016, eq. 7).</summary>
internal sealed class SplitSearch(Binning binning, TreeSettings settings)
{
    private const double CategorySmoothing = 10;

    // Categories on the smaller side: more would be learning single ones by heart.
    private const int MostCategories = 64;

    public Split Best(long[] histogram, long total, Packing packing, Bounds bounds, ReadOnlySpan<int> features)
    {
        var best = Split.None;
        foreach (var feature in features)
        {
            var bins = Histogram.Of(feature, histogram, binning);
            var found = binning.Features[feature].Categorical
                ? Category(feature, bins, total, packing, bounds)
                : Number(feature, bins, total, packing, bounds);
            if (found.Gain > best.Gain)
                best = found;
        }
        return best;
    }

    public double Value(long sum, Packing packing, Bounds bounds) =>
        bounds.Keep(-packing.FirstOf(sum) / (packing.SecondOf(sum) + settings.Lambda));

    private Split Number(int feature, ReadOnlySpan<long> bins, long total, Packing packing, Bounds bounds)
    {
        var (monotone, missing, found) = (binning.Features[feature].Monotone, bins[0], new Candidate(double.NegativeInfinity, 0, 0));
        var (first, second, bound) = (packing.FirstOf(total), packing.SecondOf(total), bounds != Bounds.None || monotone != 0);
        var parent = Score(first, second, bounds, bound);
        // Missing values go to the side with the larger gain; without missing values one pass suffices.
        for (var shift = (byte)(missing == 0 ? 1 : 0); shift < 2; shift++)
        {
            var left = shift == 0 ? missing : 0;
            for (var bin = 1; bin < bins.Length - 1; bin++)
            {
                if (bins[bin] == 0)
                    continue;
                left += bins[bin];
                var (leftFirst, leftSecond) = (packing.FirstOf(left), packing.SecondOf(left));
                var (rightFirst, rightSecond) = (first - leftFirst, second - leftSecond);
                if (leftSecond < settings.LeastWeight)
                    continue;
                if (rightSecond < settings.LeastWeight)
                    break;
                var gain = Score(leftFirst, leftSecond, bounds, bound) + Score(rightFirst, rightSecond, bounds, bound) - parent;
                if (gain <= found.Gain)
                    continue;
                if (monotone != 0 && monotone * (Value(total - left, packing, bounds) - Value(left, packing, bounds)) < 0)
                    continue;
                found = new Candidate(gain, left, bin, shift);
            }
        }
        return found.Gain <= settings.LeastGain
            ? Split.None
            : new Split(
                found.Gain,
                feature,
                found.Shift,
                (byte)(found.Bin - found.Shift),
                null,
                found.Left,
                total - found.Left,
                Value(found.Left, packing, bounds),
                Value(total - found.Left, packing, bounds)
            );
    }

    // Categories in the order of their own best value, then parted as a number is (Fisher 1958): the best of all partings for squared
    // error.
    private Split Category(int feature, ReadOnlySpan<long> bins, long total, Packing packing, Bounds bounds)
    {
        Span<int> order = stackalloc int[Binning.Most];
        Span<double> keys = stackalloc double[Binning.Most];
        var used = 0;
        for (var bin = 0; bin < bins.Length; bin++)
        {
            if (bins[bin] == 0)
                continue;
            (order[used], keys[used]) = (bin, packing.FirstOf(bins[bin]) / (packing.SecondOf(bins[bin]) + CategorySmoothing));
            used++;
        }
        if (used < 2)
            return Split.None;
        keys[..used].Sort(order[..used]);
        var (first, second, bound) = (packing.FirstOf(total), packing.SecondOf(total), bounds != Bounds.None);
        var (parent, best, bestAt, bestLeft, fromEnd) = (Score(first, second, bounds, bound), settings.LeastGain, -1, 0L, false);
        for (var backwards = 0; backwards < 2; backwards++)
        {
            var left = 0L;
            for (var i = 0; i < Math.Min(used - 1, MostCategories); i++)
            {
                left += bins[order[backwards == 0 ? i : used - 1 - i]];
                var (leftFirst, leftSecond) = (packing.FirstOf(left), packing.SecondOf(left));
                if (leftSecond < settings.LeastWeight)
                    continue;
                if (second - leftSecond < settings.LeastWeight)
                    break;
                var gain =
                    Score(leftFirst, leftSecond, bounds, bound) + Score(first - leftFirst, second - leftSecond, bounds, bound) - parent;
                if (gain > best)
                    (best, bestAt, bestLeft, fromEnd) = (gain, i, left, backwards == 1);
            }
        }
        if (bestAt < 0)
            return Split.None;
        var set = new ulong[4];
        for (var i = 0; i <= bestAt; i++)
        {
            var bin = order[fromEnd ? used - 1 - i : i];
            set[bin >> 6] |= 1UL << (bin & 63);
        }
        return new Split(
            best,
            feature,
            Node.Categorical,
            0,
            set,
            bestLeft,
            total - bestLeft,
            Value(bestLeft, packing, bounds),
            Value(total - bestLeft, packing, bounds)
        );
    }

    private double Score(double first, double second, Bounds bounds, bool bound)
    {
        if (!bound)
            return first * first / (second + settings.Lambda);
        var value = bounds.Keep(-first / (second + settings.Lambda));
        return -(2 * first * value + (second + settings.Lambda) * value * value);
    }

    private readonly record struct Candidate(double Gain, long Left, int Bin, byte Shift = 0);
}
