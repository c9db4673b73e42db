using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stockgate.Domain.Forecasting.Trees;

/// <summary>
/// First and second derivatives as one whole number each, side by side in 64 bits, so that a histogram adds both at once. Whole numbers
/// add up to the same in any order: the trees are the same on any number of cores. They are scaled by their sum over all rows and rounded
/// up or down by chance in proportion, which leaves sums right on average.
/// </summary>
internal readonly record struct Packing(double First, double Second, double PerFirst, double PerSecond)
{
    public const int Shift = 28;

    private const long SecondMask = (1L << Shift) - 1;

    public static Packing Of(double firstMagnitude, double secondSum)
    {
        var (first, second) = ((1L << 33) / Math.Max(firstMagnitude, 1e-300), (1L << 27) / Math.Max(secondSum, 1e-300));
        return new Packing(first, second, 1 / first, 1 / second);
    }

    public double FirstOf(long packed) => (packed >> Shift) * PerFirst;

    public double SecondOf(long packed) => (packed & SecondMask) * PerSecond;

    public void Pack(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<long> packed, int firstRow, int seed)
    {
        float a = (float)First,
            b = (float)Second;
        for (var i = 0; i < packed.Length; i++)
        {
            var chance = unchecked((uint)(firstRow + i + 1) * 2654435761u + (uint)seed * 40503u);
            chance ^= chance >> 15;
            var dither = (chance * 2246822519u >> 8) * (1f / (1 << 24));
            packed[i] = ((long)MathF.Floor(first[i] * a + dither) << Shift) + (long)(second[i] * b + dither);
        }
    }
}

/// <summary>Sums of packed derivatives per bin, feature after feature.</summary>
internal static class Histogram
{
    /// <summary>
    /// From one feature's bins to the next's. A cache line more than the bins need: at 256, the same bin of every other feature would
    /// fall into the same few places of the core's cache.
    /// </summary>
    public const int Stride = Binning.Most + 8;

    public static ReadOnlySpan<long> Of(int feature, long[] histogram, Binning binning) =>
        histogram.AsSpan(feature * Stride, binning.Bins(feature));

    /// <summary>Adds the rows' derivatives to the bins of the features.</summary>
    public static void Add(ReadOnlySpan<int> rows, BinnedTable table, ReadOnlySpan<int> features, long[] packed, long[] histogram)
    {
        ref var cells = ref MemoryMarshal.GetArrayDataReference(table.ByRow);
        ref var derivatives = ref MemoryMarshal.GetArrayDataReference(packed);
        ref var sums = ref MemoryMarshal.GetArrayDataReference(histogram);
        nint stride = table.Stride;
        if (features.Length != table.Stride)
        {
            foreach (var row in rows)
            {
                ref var cell = ref Unsafe.Add(ref cells, row * stride);
                var both = Unsafe.Add(ref derivatives, row);
                foreach (var f in features)
                    Unsafe.Add(ref sums, f * Stride + Unsafe.Add(ref cell, f)) += both;
            }
            return;
        }
        foreach (var row in rows)
        {
            ref var cell = ref Unsafe.Add(ref cells, row * stride);
            ref var end = ref Unsafe.Add(ref cell, stride);
            ref var bins = ref sums;
            var both = Unsafe.Add(ref derivatives, row);
            // Four at a time with fixed strides, to limit memory access to one byte read and one sum update.
            for (
                ;
                Unsafe.ByteOffset(ref cell, ref end) >= 4;
                cell = ref Unsafe.Add(ref cell, 4), bins = ref Unsafe.Add(ref bins, 4 * Stride)
            )
            {
                Unsafe.Add(ref bins, (nint)cell) += both;
                Unsafe.Add(ref bins, Stride + (nint)Unsafe.Add(ref cell, 1)) += both;
                Unsafe.Add(ref bins, 2 * Stride + (nint)Unsafe.Add(ref cell, 2)) += both;
                Unsafe.Add(ref bins, 3 * Stride + (nint)Unsafe.Add(ref cell, 3)) += both;
            }
            for (; Unsafe.ByteOffset(ref cell, ref end) > 0; cell = ref Unsafe.Add(ref cell, 1), bins = ref Unsafe.Add(ref bins, Stride))
                Unsafe.Add(ref bins, (nint)cell) += both;
        }
    }

    public static void Add(ReadOnlySpan<long> other, Span<long> to)
    {
        var from = MemoryMarshal.Cast<long, Vector<long>>(other);
        var at = 0;
        foreach (ref var sum in MemoryMarshal.Cast<long, Vector<long>>(to))
            sum += from[at++];
    }

    public static void Subtract(ReadOnlySpan<long> other, Span<long> from)
    {
        var less = MemoryMarshal.Cast<long, Vector<long>>(other);
        var at = 0;
        foreach (ref var sum in MemoryMarshal.Cast<long, Vector<long>>(from))
            sum -= less[at++];
    }
}
