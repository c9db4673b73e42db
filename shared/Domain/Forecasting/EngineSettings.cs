using Stockgate.Domain.Forecasting.Features;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Runs;
using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Forecasting;

/// <summary>Training and backtest settings. The defaults were chosen by rolling origin (docs/adr/0013).</summary>
public sealed record EngineSettings
{
    /// <summary>
    /// Origins of the backtest, a horizon apart, the last one a horizon before the end; 1 to 12. Short histories have fewer.
    /// </summary>
    public int Origins { get; init; } = 3;

    /// <summary>Days that have to be known before an origin.</summary>
    public int LeastDays { get; init; } = 56;

    /// <summary>What a challenger's score on the newest origin has to be below of the champion's to replace it.</summary>
    public double Margin { get; init; } = 0.002;

    /// <summary>Growth of the trees.</summary>
    public TreeSettings Trees { get; init; } =
        new()
        {
            Rounds = 150,
            Leaves = 32,
            LearningRate = 0.05,
            LeastWeight = 200,
            RowShare = 0.7,
            FeatureShare = 0.4,
            Lambda = 30,
        };

    /// <summary>Tweedie power, above 1 to below 2.</summary>
    public double Power { get; init; } = 1.1;

    /// <summary>Years of the past that the trees are taught.</summary>
    public int Years { get; init; } = 2;

    /// <summary>Days between the origins that they are taught from.</summary>
    public int Stride { get; init; } = 7;

    /// <summary>Rows that they are taught at most; with more series, a smaller share of the days is drawn.</summary>
    public int MostRows { get; init; } = 1_200_000;

    /// <summary>Further methods that take part, such as those that only one runtime has.</summary>
    public IReadOnlyList<IForecaster> Challengers { get; init; } = [];

    internal RowSampling Sampling(SalesHistory history)
    {
        var origins = Math.Max(1, Math.Min(history.Days, Years * 364) / Stride);
        var all = (double)origins * history.Horizon * history.Series.Count;
        return new RowSampling(Years, Stride, Math.Min(0.5, MostRows / Math.Max(1, all)), Trees.Seed);
    }
}
