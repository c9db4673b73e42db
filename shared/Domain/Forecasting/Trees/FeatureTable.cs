namespace Stockgate.Domain.Forecasting.Trees;

/// <summary>A column of a <see cref="FeatureTable"/>.</summary>
/// <param name="Name">Unique in its table; what explanations call it.</param>
/// <param name="Categorical">The values are whole numbers of 0 or more that name something and have no order.</param>
/// <param name="Monotone">1: the forecast may only rise with it; −1: only fall; 0: as it comes. Not for categorical ones.</param>
public sealed record Feature(string Name, bool Categorical = false, int Monotone = 0);

/// <summary>The features of each row, by column. <see cref="float.NaN"/> is "not known".</summary>
public sealed class FeatureTable
{
    /// <param name="features">At least one.</param>
    /// <param name="rows">Rows; every column gets as many.</param>
    public FeatureTable(IReadOnlyList<Feature> features, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfZero(features.Count);
        (Features, Rows) = (features, rows);
        Columns = new float[features.Count][];
        for (var f = 0; f < Columns.Length; f++)
            Columns[f] = new float[rows];
    }

    public IReadOnlyList<Feature> Features { get; }

    public int Rows { get; }

    /// <summary>A column per feature.</summary>
    public float[][] Columns { get; }
}
