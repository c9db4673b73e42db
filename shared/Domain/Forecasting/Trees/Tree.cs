using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stockgate.Domain.Forecasting.Trees;

/// <summary>
/// A split on one feature. A number goes left where its bin, less <see cref="Shift"/>, is at most <see cref="Limit"/>: with a shift of 1
/// the bin of what is not known (0) becomes 255 and goes right. A category goes left where its bin is in the node's set. Children below 0
/// are leaves, as the complement of their number.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct Node(ushort Feature, byte Shift, byte Limit, short Left, short Right)
{
    public const byte Categorical = 2;
}

/// <summary>One tree of a model: its questions from the root on, and what each leaf adds to the score.</summary>
internal sealed class Tree(int leaves)
{
    public Node[] Nodes { get; } = new Node[leaves - 1];

    /// <summary>256 bits for each node; only a categorical node's are used. Empty if none.</summary>
    public ulong[] Sets { get; set; } = [];

    public float[] Leaves { get; } = new float[leaves];

    /// <summary>What each node would add if it were a leaf: explanations go by it.</summary>
    public float[] NodeValues { get; } = new float[leaves - 1];

    public bool GoesLeft(int node, byte bin)
    {
        ref readonly var n = ref Nodes[node];
        return n.Shift == Node.Categorical ? (Sets[node * 4 + (bin >> 6)] >> (bin & 63) & 1) != 0 : (byte)(bin - n.Shift) <= n.Limit;
    }

    /// <summary>Adds the leaf's value to the score of each row.</summary>
    /// <param name="rows">Bins, row after row.</param>
    /// <param name="stride">Bins of a row.</param>
    /// <param name="scores">One per row.</param>
    public void AddTo(ReadOnlySpan<byte> rows, int stride, Span<float> scores)
    {
        if (Nodes.Length == 0 || Sets.Length > 0)
        {
            for (var i = 0; i < scores.Length; i++)
                scores[i] += Leaves[LeafOf(rows.Slice(i * stride, stride))];
            return;
        }
        ref var nodes = ref MemoryMarshal.GetArrayDataReference(Nodes);
        ref var row = ref MemoryMarshal.GetReference(rows);
        var at = 0;
        // Four rows at a time: each waits for its own memory, none for another's.
        for (; at <= scores.Length - 4; at += 4, row = ref Unsafe.Add(ref row, 4 * stride))
        {
            int a = 0,
                b = 0,
                c = 0,
                d = 0;
            do
            {
                a = Next(ref nodes, a, ref row);
                b = Next(ref nodes, b, ref Unsafe.Add(ref row, stride));
                c = Next(ref nodes, c, ref Unsafe.Add(ref row, 2 * stride));
                d = Next(ref nodes, d, ref Unsafe.Add(ref row, 3 * stride));
            } while ((a & b & c & d) >= 0);
            scores[at] += Leaves[~a];
            scores[at + 1] += Leaves[~b];
            scores[at + 2] += Leaves[~c];
            scores[at + 3] += Leaves[~d];
        }
        for (; at < scores.Length; at++)
            scores[at] += Leaves[LeafOf(rows.Slice(at * stride, stride))];
    }

    public int LeafOf(ReadOnlySpan<byte> row)
    {
        if (Nodes.Length == 0)
            return 0;
        var node = 0;
        do node = GoesLeft(node, row[Nodes[node].Feature]) ? Nodes[node].Left : Nodes[node].Right;
        while (node >= 0);
        return ~node;
    }

    // A leaf stays where it is, so that the four rows need no branch of their own.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next(ref Node nodes, int at, ref byte row)
    {
        var n = Unsafe.Add(ref nodes, Math.Max(at, 0));
        int next = (byte)(Unsafe.Add(ref row, n.Feature) - n.Shift) <= n.Limit ? n.Left : n.Right;
        return at < 0 ? at : next;
    }
}
