namespace Stockgate.Domain.Forecasting.Trees;

/// <summary>Rows with their answers.</summary>
/// <param name="Table">What is known of each row.</param>
/// <param name="Labels">The answers; finite, and 0 or more where the loss has a logarithm in it.</param>
/// <param name="Weights">How much each row counts, 0 or more; empty: all the same.</param>
/// <param name="Offsets">Scores that the trees start from and add to, such as the logarithm of another forecast; empty: the best
/// constant.</param>
public sealed record TrainingRows(BinnedTable Table, float[] Labels, float[] Weights, float[] Offsets)
{
    public TrainingRows(BinnedTable table, float[] labels)
        : this(table, labels, [], []) { }

    internal void Check()
    {
        if (Labels.Length != Table.Rows)
            throw new ArgumentException($"There are {Labels.Length} labels for {Table.Rows} rows.");
        if (Weights.Length > 0 && Weights.Length != Table.Rows)
            throw new ArgumentException($"There are {Weights.Length} weights for {Table.Rows} rows.");
        if (Offsets.Length > 0 && Offsets.Length != Table.Rows)
            throw new ArgumentException($"There are {Offsets.Length} offsets for {Table.Rows} rows.");
        foreach (var label in Labels)
            if (!float.IsFinite(label))
                throw new ArgumentException("A label is not a finite number; training rows need a known answer.");
    }
}
