using Stockgate.Domain.Forecasting.Runs;

namespace Stockgate.Domain.Forecasting.Trees;

/// <summary>Trained trees and the bins that they ask about. Immutable; may be used by many threads.</summary>
public sealed class TreeModel
{
    private readonly List<Tree> trees;
    private readonly double[] gains;

    internal TreeModel(Binning binning, Loss loss, double start, List<Tree> trees, double[] gains) =>
        (Binning, Loss, Start, this.trees, this.gains) = (binning, loss, start, trees, gains);

    public Binning Binning { get; }

    public Loss Loss { get; }

    /// <summary>The score before the first tree, where rows bring none of their own.</summary>
    public double Start { get; }

    public int Rounds => trees.Count;

    internal IReadOnlyList<Tree> Trees => trees;

    internal IReadOnlyList<double> Gains => gains;

    /// <summary>Forecasts for every row.</summary>
    /// <param name="table">Its columns are those that the model was trained on.</param>
    /// <param name="offsets">Scores that the trees add to, where the model was trained with such; otherwise empty.</param>
    public float[] Predict(FeatureTable table, ReadOnlySpan<float> offsets = default) => Predict(BinnedTable.Of(table, Binning), offsets);

    /// <inheritdoc cref="Predict(FeatureTable, ReadOnlySpan{float})"/>
    public float[] Predict(BinnedTable table, ReadOnlySpan<float> offsets = default)
    {
        if (table.Binning != Binning)
            throw new ArgumentException("The table was binned for another model.", nameof(table));
        var scores = new float[table.Rows];
        if (offsets.IsEmpty)
            Array.Fill(scores, (float)Start);
        else
            offsets.CopyTo(scores);
        // Block by block through all trees: a block's bins stay in the core's own memory meanwhile.
        BoostedTrees.Blocks(
            table.Rows,
            (from, to) =>
            {
                const int few = 512;
                for (var at = from; at < to; at += few)
                {
                    var end = Math.Min(to, at + few);
                    var cells = table.ByRow.AsSpan(at * table.Stride, (end - at) * table.Stride);
                    var own = scores.AsSpan(at, end - at);
                    foreach (var tree in trees)
                        tree.AddTo(cells, table.Stride, own);
                    for (var i = 0; i < own.Length; i++)
                        own[i] = Loss.Forecast(own[i]);
                }
            }
        );
        return scores;
    }

    /// <summary>Each feature's share of the total gain, the largest first; unused features are omitted.</summary>
    public IReadOnlyList<FeatureShare> Importance()
    {
        var sum = gains.Sum();
        return
        [
            .. gains
                .Select((gain, f) => new FeatureShare(Binning.Features[f].Name, sum > 0 ? gain / sum : 0))
                .Where(static f => f.Share > 0)
                .OrderByDescending(static f => f.Share)
                .ThenBy(static f => f.Feature, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// What each feature added to one row's score: at every question on the row's way through the trees, the change of the value that the
    /// tree would have given without asking further (Saabas 2014). With <see cref="Start"/> or the row's offset and the value of the
    /// trees' roots, they sum to the score.
    /// </summary>
    /// <param name="row">A bin per feature.</param>
    /// <param name="effects">Added to, one per feature.</param>
    /// <returns>What the roots add: the part that no feature accounts for.</returns>
    public double Explain(ReadOnlySpan<byte> row, Span<double> effects)
    {
        double roots = 0;
        foreach (var tree in trees)
        {
            if (tree.Nodes.Length == 0)
            {
                roots += tree.Leaves[0];
                continue;
            }
            var (node, value) = (0, (double)tree.NodeValues[0]);
            roots += value;
            do
            {
                var feature = tree.Nodes[node].Feature;
                var next = tree.GoesLeft(node, row[feature]) ? tree.Nodes[node].Left : tree.Nodes[node].Right;
                double then = next >= 0 ? tree.NodeValues[next] : tree.Leaves[~next];
                effects[feature] += then - value;
                (node, value) = (next, then);
            } while (node >= 0);
        }
        return roots;
    }
}
