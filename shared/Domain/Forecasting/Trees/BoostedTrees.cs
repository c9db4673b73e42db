namespace Stockgate.Domain.Forecasting.Trees;

/// <summary>
/// Gradient boosting of regression trees: histogram-based, leaf-wise growth, second order (Friedman 2001; Chen and Guestrin 2016; Ke et
/// al. 2017). Deterministic for a seed on any number of cores.
/// </summary>
public static class BoostedTrees
{
    private const int RowsAtOnce = 16_384;

    /// <summary>Trains a model.</summary>
    /// <param name="rows">At least one row.</param>
    /// <param name="loss">The loss to minimize.</param>
    /// <param name="settings">How trees are grown.</param>
    /// <param name="heldOut">
    /// Rows that are not learned from; <see cref="TreeSettings.Patience"/> goes by them. Binned as <paramref name="rows"/> are.
    /// </param>
    /// <param name="progress">Told the share of the rounds that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <exception cref="ArgumentException">Rows and answers don't fit together.</exception>
    public static TreeModel Train(
        TrainingRows rows,
        Loss loss,
        TreeSettings settings,
        TrainingRows? heldOut = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        settings.Checked();
        rows.Check();
        heldOut?.Check();
        ArgumentOutOfRangeException.ThrowIfZero(rows.Table.Rows);
        var (table, count) = (rows.Table, rows.Table.Rows);
        var start = rows.Offsets.Length > 0 ? 0 : loss.Start(rows.Labels, rows.Weights);
        var scores = Scores(rows, start);
        var (first, second, packed) = (new float[count], new float[count], new long[count]);
        var (grower, gains, random) = (new TreeGrower(table, settings), new double[table.Stride], new Random(settings.Seed));
        var (trees, sampled, all) = (
            new List<Tree>(settings.Rounds),
            new int[settings.RowShare < 1 ? count : 0],
            Enumerable.Range(0, table.Stride).ToArray()
        );
        var watch = heldOut is null || settings.Patience == 0 ? null : new HeldOutScores(heldOut, loss, start);
        for (var round = 0; round < settings.Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var packing = Derive(rows, loss, scores, first, second, packed, settings.Seed + round);
            var features = settings.FeatureShare < 1 ? Drawn(all, settings.FeatureShare, random) : all;
            var drawn = settings.RowShare < 1 ? Drawn(sampled, count, settings.RowShare, random) : 0;
            var tree = grower.Grow(packed, packing, sampled.AsSpan(0, drawn), features, gains, out var leafRows);
            if (loss.LeafQuantile is { } level)
                Refit(tree, level, grower, leafRows, rows, scores);
            for (var i = 0; i < tree.Leaves.Length; i++)
                tree.Leaves[i] *= (float)settings.LearningRate;
            for (var i = 0; i < tree.NodeValues.Length; i++)
                tree.NodeValues[i] *= (float)settings.LearningRate;
            trees.Add(tree);
            if (drawn == 0)
                AddByLeaf(tree, grower, leafRows, scores);
            else
                AddByRow(tree, table, scores);
            progress?.Report((round + 1.0) / settings.Rounds);
            if (watch is null)
                continue;
            watch.Add(tree);
            if (watch.RoundsSinceBest >= settings.Patience)
                break;
        }
        if (watch is not null)
            trees.RemoveRange(watch.Best, trees.Count - watch.Best);
        return new TreeModel(table.Binning, loss, start, trees, gains);
    }

    internal static void AddByRow(Tree tree, BinnedTable table, float[] scores) =>
        Blocks(
            table.Rows,
            (from, to) =>
                tree.AddTo(
                    table.ByRow.AsSpan(from * table.Stride, (to - from) * table.Stride),
                    table.Stride,
                    scores.AsSpan(from, to - from)
                )
        );

    internal static float[] Scores(TrainingRows rows, double start)
    {
        if (rows.Offsets.Length > 0)
            return [.. rows.Offsets];
        var scores = new float[rows.Table.Rows];
        Array.Fill(scores, (float)start);
        return scores;
    }

    internal static void Blocks(int rows, Action<int, int> work)
    {
        var blocks = (rows + RowsAtOnce - 1) / RowsAtOnce;
        if (blocks == 1)
            work(0, rows);
        else
            Parallel.For(0, blocks, b => work(b * RowsAtOnce, Math.Min(rows, (b + 1) * RowsAtOnce)));
    }

    private static Packing Derive(TrainingRows rows, Loss loss, float[] scores, float[] first, float[] second, long[] packed, int seed)
    {
        var count = rows.Table.Rows;
        // Sums by block, then in order of the blocks: the same on any number of cores.
        var sums = new (double First, double Second)[(count + RowsAtOnce - 1) / RowsAtOnce];
        Blocks(
            count,
            (from, to) =>
            {
                var a = first.AsSpan(from, to - from);
                var b = second.AsSpan(from, to - from);
                loss.Derive(scores.AsSpan(from, to - from), rows.Labels.AsSpan(from, to - from), a, b);
                double sumFirst = 0,
                    sumSecond = 0;
                for (var i = 0; i < a.Length; i++)
                {
                    if (rows.Weights.Length > 0)
                        (a[i], b[i]) = (a[i] * rows.Weights[from + i], b[i] * rows.Weights[from + i]);
                    sumFirst += Math.Abs(a[i]);
                    sumSecond += b[i];
                }
                sums[from / RowsAtOnce] = (sumFirst, sumSecond);
            }
        );
        var packing = Packing.Of(sums.Sum(static s => s.First), sums.Sum(static s => s.Second));
        Blocks(
            count,
            (from, to) =>
                packing.Pack(first.AsSpan(from, to - from), second.AsSpan(from, to - from), packed.AsSpan(from, to - from), from, seed)
        );
        return packing;
    }

    private static void Refit(
        Tree tree,
        double level,
        TreeGrower grower,
        TreeGrower.LeafRows[] leaves,
        TrainingRows rows,
        float[] scores
    ) =>
        Parallel.For(
            0,
            leaves.Length,
            i =>
            {
                var own = grower.RowsOf(leaves[i]);
                if (own.IsEmpty)
                    return;
                var off = new float[own.Length];
                for (var r = 0; r < own.Length; r++)
                    off[r] = rows.Labels[own[r]] - scores[own[r]];
                Array.Sort(off);
                tree.Leaves[i] = off[(int)Math.Min(off.Length - 1, level * off.Length)];
            }
        );

    private static void AddByLeaf(Tree tree, TreeGrower grower, TreeGrower.LeafRows[] leaves, float[] scores) =>
        Parallel.For(
            0,
            leaves.Length,
            i =>
            {
                var value = tree.Leaves[i];
                foreach (var row in grower.RowsOf(leaves[i]))
                    scores[row] += value;
            }
        );

    private static int[] Drawn(int[] features, double share, Random random)
    {
        var drawn = features.ToArray();
        random.Shuffle(drawn);
        var kept = drawn[..Math.Max(1, (int)Math.Round(share * drawn.Length))];
        Array.Sort(kept);
        return kept;
    }

    private static int Drawn(int[] into, int rows, double share, Random random)
    {
        var drawn = 0;
        for (var row = 0; row < rows; row++)
            if (random.NextDouble() < share)
                into[drawn++] = row;
        if (drawn == 0)
            into[drawn++] = random.Next(rows);
        return drawn;
    }

    private sealed class HeldOutScores(TrainingRows rows, Loss loss, double start)
    {
        private readonly float[] scores = Scores(rows, start);
        private double best = double.PositiveInfinity;
        private int round;

        public int Best { get; private set; }

        public int RoundsSinceBest => round - Best;

        public void Add(Tree tree)
        {
            AddByRow(tree, rows.Table, scores);
            round++;
            double sum = 0;
            for (var i = 0; i < scores.Length; i++)
                sum += loss.At(scores[i], rows.Labels[i]) * (rows.Weights.Length > 0 ? rows.Weights[i] : 1);
            if (sum < best)
                (best, Best) = (sum, round);
        }
    }
}
