using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stockgate.Domain.Forecasting.Trees;

/// <summary>
/// First and second derivatives as one whole number each, side by side in 64 bits, so that a histogram adds both at once. Whole numbers add up to the same in any order: the trees are the same
/// on any number of cores. They are scaled by their sum over all rows and rounded up or down by chance in proportion, which leaves sums right on average.
/// </summary>
internal readonly record struct Packing(double First, double Second)
{
    public const int Shift = 28;

    private const long SecondMask = (1L << Shift) - 1;

    public static Packing Of(double firstMagnitude, double secondSum) => new((1L << 33) / Math.Max(firstMagnitude, 1e-300), (1L << 27) / Math.Max(secondSum, 1e-300));

    public double FirstOf(long packed) => (packed >> Shift) / First;

    public double SecondOf(long packed) => (packed & SecondMask) / Second;

    public void Pack(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<long> packed, int firstRow, int seed)
    {
        float a = (float)First, b = (float)Second;
        for (var i = 0; i < packed.Length; i++)
        {
            var chance = unchecked((uint)(firstRow + i + 1) * 2654435761u + (uint)seed * 40503u);
            chance ^= chance >> 15;
            var dither = (chance * 2246822519u >> 8) * (1f / (1 << 24));
            packed[i] = ((long)MathF.Floor(first[i] * a + dither) << Shift) + (long)(second[i] * b + dither);
        }
    }
}

/// <summary>Sums of packed derivatives per bin, all features' bins in one row.</summary>
internal static class Histogram
{
    /// <summary>Adds the rows' derivatives to the bins of the features.</summary>
    public static void Add(ReadOnlySpan<int> rows, BinnedTable table, ReadOnlySpan<int> features, long[] packed, long[] histogram)
    {
        ref var cells = ref MemoryMarshal.GetArrayDataReference(table.ByRow);
        ref var derivatives = ref MemoryMarshal.GetArrayDataReference(packed);
        ref var sums = ref MemoryMarshal.GetArrayDataReference(histogram);
        ref var offsets = ref MemoryMarshal.GetArrayDataReference(table.Binning.Offsets);
        nint stride = table.Stride;
        if (features.Length == table.Stride)
        {
            foreach (var row in rows)
            {
                ref var cell = ref Unsafe.Add(ref cells, row * stride);
                var both = Unsafe.Add(ref derivatives, row);
                nint f = 0;
                for (; f <= stride - 4; f += 4)
                {
                    Unsafe.Add(ref sums, Unsafe.Add(ref offsets, f) + Unsafe.Add(ref cell, f)) += both;
                    Unsafe.Add(ref sums, Unsafe.Add(ref offsets, f + 1) + Unsafe.Add(ref cell, f + 1)) += both;
                    Unsafe.Add(ref sums, Unsafe.Add(ref offsets, f + 2) + Unsafe.Add(ref cell, f + 2)) += both;
                    Unsafe.Add(ref sums, Unsafe.Add(ref offsets, f + 3) + Unsafe.Add(ref cell, f + 3)) += both;
                }
                for (; f < stride; f++) Unsafe.Add(ref sums, Unsafe.Add(ref offsets, f) + Unsafe.Add(ref cell, f)) += both;
            }
            return;
        }
        foreach (var row in rows)
        {
            ref var cell = ref Unsafe.Add(ref cells, row * stride);
            var both = Unsafe.Add(ref derivatives, row);
            foreach (var f in features) Unsafe.Add(ref sums, Unsafe.Add(ref offsets, f) + Unsafe.Add(ref cell, f)) += both;
        }
    }

    public static void Add(ReadOnlySpan<long> other, Span<long> to)
    {
        for (var i = 0; i < to.Length; i++) to[i] += other[i];
    }

    public static void Subtract(ReadOnlySpan<long> other, Span<long> from)
    {
        for (var i = 0; i < from.Length; i++) from[i] -= other[i];
    }
}
