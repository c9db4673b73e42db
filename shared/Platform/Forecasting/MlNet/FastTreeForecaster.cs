using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Features;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Platform.Forecasting.MlNet;

/// <summary>
/// A challenger for the trees of this code: ML.NET's FastTree on squared error, told the same. Only on Azure, because its packages are not
/// available everywhere (docs/adr/0014). Not thread-safe; a run calls it sequentially.
/// </summary>
public sealed class FastTreeForecaster(EngineSettings settings) : IForecaster
{
    public string Name => "ML.NET FastTree";

    /// <exception cref="OperationCanceledException">It was ended; training itself can't be interrupted.</exception>
    public ForecastGrid Forecast(SalesHistory history, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var grid = new ForecastGrid(history.Series.Count, history.Horizon);
        var matrix = DemandMatrix.Of(history, settings);
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(0.2);
        // Too little to grow a tree from: it says nothing, and a method that says nothing wins nothing.
        if (matrix.Learn.Length < 2 * LeastRows)
            return grid;
        var ml = new MLContext(settings.Trees.Seed);
        var learnt = ml.Data.LoadFromEnumerable(matrix.Learn.Select((x, i) => new Row { Features = x, Label = matrix.Units[i] }));
        var trainer = ml.Regression.Trainers.FastTree(
            new FastTreeRegressionTrainer.Options
            {
                LabelColumnName = nameof(Row.Label),
                FeatureColumnName = nameof(Row.Features),
                NumberOfLeaves = settings.Trees.Leaves,
                NumberOfTrees = settings.Trees.Rounds,
                LearningRate = settings.Trees.LearningRate,
                MinimumExampleCountPerLeaf = LeastRows,
                FeatureFraction = settings.Trees.FeatureShare,
                Seed = settings.Trees.Seed,
            }
        );
        ITransformer model = trainer.Fit(learnt, null);
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(0.9);
        var scored = ml.Data.CreateEnumerable<Answer>(
            model.Transform(ml.Data.LoadFromEnumerable(matrix.Forecast.Select(static x => new Row { Features = x }))),
            reuseRowObject: true
        );
        var at = 0;
        foreach (var answer in scored)
            grid.Values[at++] = float.IsFinite(answer.Score) ? Math.Max(0, answer.Score) : 0;
        progress?.Report(1);
        return grid;
    }

    private const int LeastRows = 50;

    // ML.NET reads and writes the members of public classes alone.
    public sealed class Row
    {
        [VectorType(DemandMatrix.Width)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    /// <summary>What the model says of a row.</summary>
    public sealed class Answer
    {
        public float Score { get; set; }
    }
}
