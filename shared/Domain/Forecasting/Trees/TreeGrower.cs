using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stockgate.Domain.Forecasting.Trees;

/// <summary>Grows trees on the same rows; the leaf with the largest gain is split next.</summary>
internal sealed class TreeGrower
{
    // Below this, handing a part to another core costs more than it saves.
    private const int RowsWorthSharing = 4_096;

    private readonly BinnedTable table;
    private readonly TreeSettings settings;
    private readonly SplitSearch search;
    private readonly int workers = Math.Max(1, Environment.ProcessorCount);
    private readonly int[] rows,
        lefts,
        rights;
    private readonly long[][] histograms,
        partial;

    public TreeGrower(BinnedTable table, TreeSettings settings)
    {
        (this.table, this.settings, search) = (table, settings, new SplitSearch(table.Binning, settings));
        (rows, lefts, rights) = (new int[table.Rows], new int[table.Rows], new int[table.Rows]);
        var bins = table.Stride * Histogram.Stride;
        histograms = [.. Enumerable.Range(0, settings.Leaves).Select(_ => new long[bins])];
        partial = [.. Enumerable.Range(0, workers).Select(_ => new long[bins])];
    }

    /// <summary>Rows of each leaf of the last tree: leaf <c>i</c> has those from <c>Begin</c> on.</summary>
    public readonly record struct LeafRows(int Begin, int Count);

    private struct Leaf
    {
        public int Begin,
            Count,
            Parent;
        public bool IsLeft;
        public long Sum;
        public double Value;
        public Bounds Bounds;
        public Split Split;
    }

    public ReadOnlySpan<int> RowsOf(LeafRows leaf) => rows.AsSpan(leaf.Begin, leaf.Count);

    /// <param name="packed">Derivatives of every row.</param>
    /// <param name="packing">How they are packed.</param>
    /// <param name="sampled">The rows to learn from; empty for all.</param>
    /// <param name="features">The features to ask about, ascending.</param>
    /// <param name="gains">What each feature gained is added to it.</param>
    /// <param name="leafRows">Where each leaf's rows are.</param>
    public Tree Grow(long[] packed, Packing packing, ReadOnlySpan<int> sampled, int[] features, double[] gains, out LeafRows[] leafRows)
    {
        var used = table.Rows;
        if (sampled.IsEmpty)
            for (var i = 0; i < used; i++)
                rows[i] = i;
        else
        {
            used = sampled.Length;
            sampled.CopyTo(rows);
        }
        var leaves = new Leaf[settings.Leaves];
        var nodes = new List<Node>(settings.Leaves);
        var (values, sets) = (new List<float>(settings.Leaves), new List<ulong[]?>(settings.Leaves));
        Array.Clear(histograms[0]);
        Count(0, used, packed, features, histograms[0]);
        var sum = Histogram.Of(features[0], histograms[0], table.Binning).ToArray().Sum();
        leaves[0] = new Leaf
        {
            Count = used,
            Parent = -1,
            Sum = sum,
            Bounds = Bounds.None,
            Value = search.Value(sum, packing, Bounds.None),
        };
        leaves[0].Split = search.Best(histograms[0], sum, packing, Bounds.None, features);
        var count = 1;
        while (count < settings.Leaves)
        {
            var best = 0;
            for (var i = 1; i < count; i++)
                if (leaves[i].Split.Gain > leaves[best].Split.Gain)
                    best = i;
            var split = leaves[best].Split;
            if (split.Feature < 0)
                break;
            gains[split.Feature] += split.Gain;
            Link(leaves[best], nodes, (short)nodes.Count);
            var node = nodes.Count;
            nodes.Add(new Node((ushort)split.Feature, split.Shift, split.Limit, (short)~best, (short)~count));
            values.Add((float)leaves[best].Value);
            sets.Add(split.Set);
            var left = Part(leaves[best].Begin, leaves[best].Count, split);
            var parent = leaves[best];
            var (leftBounds, rightBounds) = Below(parent.Bounds, split);
            leaves[best] = new Leaf
            {
                Begin = parent.Begin,
                Count = left,
                Parent = node,
                IsLeft = true,
                Sum = split.Left,
                Value = split.LeftValue,
                Bounds = leftBounds,
            };
            leaves[count] = new Leaf
            {
                Begin = parent.Begin + left,
                Count = parent.Count - left,
                Parent = node,
                Sum = split.Right,
                Value = split.RightValue,
                Bounds = rightBounds,
            };
            if (count + 1 < settings.Leaves)
                Look(leaves, best, count, packed, packing, features);
            count++;
        }
        var tree = new Tree(count);
        nodes.CopyTo(tree.Nodes);
        values.CopyTo(tree.NodeValues);
        if (sets.Any(static s => s is not null))
            tree.Sets = [.. sets.SelectMany(static s => s ?? new ulong[4])];
        for (var i = 0; i < count; i++)
            tree.Leaves[i] = (float)leaves[i].Value;
        leafRows = [.. leaves.Take(count).Select(static l => new LeafRows(l.Begin, l.Count))];
        return tree;
    }

    private static void Link(Leaf leaf, List<Node> nodes, short to)
    {
        if (leaf.Parent < 0)
            return;
        var above = nodes[leaf.Parent];
        nodes[leaf.Parent] = leaf.IsLeft ? above with { Left = to } : above with { Right = to };
    }

    // The smaller child is counted; the larger one is the parent minus it.
    private void Look(Leaf[] leaves, int left, int right, long[] packed, Packing packing, int[] features)
    {
        var (small, large) = leaves[left].Count <= leaves[right].Count ? (left, right) : (right, left);
        if (large == right)
            (histograms[left], histograms[right]) = (histograms[right], histograms[left]);
        Array.Clear(histograms[small]);
        Count(leaves[small].Begin, leaves[small].Count, packed, features, histograms[small]);
        Histogram.Subtract(histograms[small], histograms[large]);
        Parallel.For(
            0,
            2,
            side =>
            {
                ref var leaf = ref leaves[side == 0 ? small : large];
                leaf.Split = search.Best(histograms[side == 0 ? small : large], leaf.Sum, packing, leaf.Bounds, features);
            }
        );
    }

    private void Count(int begin, int count, long[] packed, int[] features, long[] into)
    {
        if (count < RowsWorthSharing || workers == 1)
        {
            Histogram.Add(rows.AsSpan(begin, count), table, features, packed, into);
            return;
        }
        Parallel.For(
            0,
            workers,
            w =>
            {
                var (from, to) = ((int)((long)count * w / workers), (int)((long)count * (w + 1) / workers));
                if (w > 0)
                    Array.Clear(partial[w]);
                Histogram.Add(rows.AsSpan(begin + from, to - from), table, features, packed, w == 0 ? into : partial[w]);
            }
        );
        for (var w = 1; w < workers; w++)
            Histogram.Add(partial[w], into);
    }

    /// <returns>Rows that went left; they stand first, in the order that they had.</returns>
    private int Part(int begin, int count, Split split)
    {
        var parts = count < RowsWorthSharing ? 1 : workers;
        var (column, toLeft) = (table.ByColumn[split.Feature], new int[parts]);
        // Whatever the kind of question: which bins go left.
        var goes = new byte[Binning.Most];
        for (var bin = 0; bin < goes.Length; bin++)
            goes[bin] = (byte)(
                (split.Set is { } set ? (set[bin >> 6] >> (bin & 63) & 1) != 0 : (byte)(bin - split.Shift) <= split.Limit) ? 1 : 0
            );
        void Sort(int part)
        {
            var (from, to) = (begin + (int)((long)count * part / parts), begin + (int)((long)count * (part + 1) / parts));
            ref var bins = ref MemoryMarshal.GetArrayDataReference(column);
            ref var go = ref MemoryMarshal.GetArrayDataReference(goes);
            ref var left = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(lefts), from);
            ref var right = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rights), from);
            var (l, r) = (0, 0);
            foreach (var row in rows.AsSpan(from, to - from))
            {
                int isLeft = Unsafe.Add(ref go, Unsafe.Add(ref bins, row));
                Unsafe.Add(ref left, l) = row;
                Unsafe.Add(ref right, r) = row;
                l += isLeft;
                r += 1 - isLeft;
            }
            toLeft[part] = l;
        }
        if (parts == 1)
            Sort(0);
        else
            Parallel.For(0, parts, Sort);
        var all = toLeft.Sum();
        var (leftAt, rightAt) = (begin, begin + all);
        for (var part = 0; part < parts; part++)
        {
            var (from, to) = (begin + (int)((long)count * part / parts), begin + (int)((long)count * (part + 1) / parts));
            lefts.AsSpan(from, toLeft[part]).CopyTo(rows.AsSpan(leftAt));
            rights.AsSpan(from, to - from - toLeft[part]).CopyTo(rows.AsSpan(rightAt));
            (leftAt, rightAt) = (leftAt + toLeft[part], rightAt + to - from - toLeft[part]);
        }
        return all;
    }

    // Both sides of a monotone question keep to their side of the middle, whatever is asked further down.
    private (Bounds Left, Bounds Right) Below(Bounds bounds, Split split)
    {
        var monotone = table.Binning.Features[split.Feature].Monotone;
        if (monotone == 0)
            return (bounds, bounds);
        var middle = (split.LeftValue + split.RightValue) / 2;
        return monotone > 0
            ? (bounds with { High = middle }, bounds with { Low = middle })
            : (bounds with { Low = middle }, bounds with { High = middle });
    }
}
