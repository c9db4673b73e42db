using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Forecasting.Features;

/// <summary>One model for all series and all days ahead: boosted trees that start from level times weekday and learn what to make of it.</summary>
internal sealed class DemandTrees(TreeSettings settings, RowSampling sampling, Loss loss) : IForecaster
{
    public string Name => "boosted-trees";

    public ForecastGrid Forecast(SalesHistory history, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var features = new DemandFeatures(history);
        return Forecast(history, Train(history, features, progress, cancellationToken), DemandRows.ToForecast(history, features));
    }

    public TreeModel Train(SalesHistory history, DemandFeatures features, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var rows = DemandRows.ToLearn(history, features, sampling);
        // Nothing was sold yet: a model of one leaf that says so.
        if (rows.Units.Length == 0) rows = new DemandRows(new FeatureTable(DemandFeatures.Columns, 1), [0], [0], []);
        var table = BinnedTable.Of(rows.Table, Binning.Of(rows.Table, settings.Bins));
        return BoostedTrees.Train(new TrainingRows(table, rows.Units, [], rows.Offsets), loss, settings, progress: progress, cancellationToken: cancellationToken);
    }

    public static ForecastGrid Forecast(SalesHistory history, TreeModel model, DemandRows rows)
    {
        var grid = new ForecastGrid(history.Series.Count, history.Horizon);
        model.Predict(rows.Table, rows.Offsets).CopyTo(grid.Values, 0);
        return grid;
    }
}
