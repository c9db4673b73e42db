using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Forecasting.Returns;

/// <summary>Gradient-boosted trees for a binary outcome.</summary>
internal static class Chances
{
    public static TreeModel Train(FeatureTable table, ReadOnlySpan<bool> came, TreeSettings settings, CancellationToken cancellationToken)
    {
        var labels = new float[came.Length];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = came[i] ? 1 : 0;
        return BoostedTrees.Train(
            new TrainingRows(BinnedTable.Of(table, Binning.Of(table, settings.Bins)), labels),
            Loss.Logistic,
            settings,
            cancellationToken: cancellationToken
        );
    }

    /// <summary>Some rows of a table, one after the other.</summary>
    public static FeatureTable Rows(FeatureTable table, int from, int to)
    {
        var part = new FeatureTable(table.Features, to - from);
        for (var f = 0; f < part.Columns.Length; f++)
            table.Columns[f].AsSpan(from, to - from).CopyTo(part.Columns[f]);
        return part;
    }
}
