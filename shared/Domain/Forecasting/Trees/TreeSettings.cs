using Stockgate.Domain.Forecasting.Runs;

namespace Stockgate.Domain.Forecasting.Trees;

/// <summary>How trees are grown.</summary>
public sealed record TreeSettings
{
    /// <summary>Trees at most.</summary>
    public int Rounds { get; init; } = 400;

    /// <summary>Leaves of a tree, 2 to 256.</summary>
    public int Leaves { get; init; } = 64;

    /// <summary>Share of each tree's answer that is added, above 0 to 1.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Added to the denominator of a leaf's value (L2), 0 or more.</summary>
    public double Lambda { get; init; } = 1;

    /// <summary>Sum of second derivatives that a leaf has at least; rows, for squared error.</summary>
    public double LeastWeight { get; init; } = 20;

    /// <summary>What a split gains at least.</summary>
    public double LeastGain { get; init; }

    /// <summary>Share of the rows that each tree sees, drawn again for each; above 0 to 1.</summary>
    public double RowShare { get; init; } = 1;

    /// <summary>Share of the features that each tree sees, drawn again for each; above 0 to 1.</summary>
    public double FeatureShare { get; init; } = 1;

    /// <summary>Bins of a feature, 4 to 256.</summary>
    public int Bins { get; init; } = Binning.Most;

    /// <summary>Rounds without a better score on the held-out rows after which training ends; 0: never.</summary>
    public int Patience { get; init; }

    /// <summary>Chance begins here; the same seed gives the same trees, whatever the number of cores.</summary>
    public int Seed { get; init; } = 1;

    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    internal TreeSettings Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Rounds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Leaves, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Leaves, 256);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LearningRate, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Lambda);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(RowShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RowShare, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FeatureShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FeatureShare, 1);
        return this;
    }
}
