using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Quantiles;
using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Forecasting.Features;

/// <summary>Trained trees, their forecasts, and the dispersion of the training data about their fit.</summary>
internal sealed record TaughtTrees(TreeModel Model, DemandRows Rows, ForecastGrid Forecast, DemandSpread Spread);

/// <summary>
/// One model for all series and all days ahead: boosted trees that start from level times weekday and learn what to make of it.
/// </summary>
internal sealed class DemandTrees(TreeSettings settings, RowSampling sampling, Loss loss) : IForecaster
{
    public const string MethodName = "boosted-trees";

    public string Name => MethodName;

    public ForecastGrid Forecast(SalesHistory history, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Teach(history, progress, cancellationToken).Forecast;

    public TaughtTrees Teach(SalesHistory history, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var features = new DemandFeatures(history);
        var learned = DemandRows.ToLearn(history, features, sampling);
        // No sales yet: a model with a single leaf.
        if (learned.Units.Length == 0)
            learned = new DemandRows(new FeatureTable(DemandFeatures.Columns, 1), [0], [0], new int[history.Series.Count + 1]);
        var table = BinnedTable.Of(learned.Table, Binning.Of(learned.Table, settings.Bins));
        var model = BoostedTrees.Train(
            new TrainingRows(table, learned.Units, [], learned.Offsets),
            loss,
            settings,
            progress: progress,
            cancellationToken: cancellationToken
        );
        var spread = DemandSpread.Learn(learned.Starts, model.Predict(table, learned.Offsets), learned.Units);
        var rows = DemandRows.ToForecast(history, features);
        var grid = new ForecastGrid(history.Series.Count, history.Horizon);
        model.Predict(rows.Table, rows.Offsets).CopyTo(grid.Values, 0);
        return new TaughtTrees(model, rows, grid, spread);
    }
}
