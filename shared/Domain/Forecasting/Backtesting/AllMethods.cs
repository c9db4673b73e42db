using Stockgate.Domain.Forecasting.Bounds;
using Stockgate.Domain.Forecasting.Features;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Quantiles;

namespace Stockgate.Domain.Forecasting.Backtesting;

/// <summary>The forecasts of every method at one origin, without later data.</summary>
/// <param name="Days">Days that were known.</param>
/// <param name="Accuracy">What it is compared with.</param>
/// <param name="Methods">A forecast per method that is believable.</param>
/// <param name="Spread">How demand scattered up to then.</param>
internal sealed record OriginForecasts(int Days, Accuracy Accuracy, IReadOnlyDictionary<string, ForecastGrid> Methods, DemandSpread Spread);

/// <summary>Runs all methods at one origin, for the backtest and for publication.</summary>
/// <param name="Methods">Those that are believable.</param>
/// <param name="Trees">The trees, believable or not.</param>
/// <param name="Verdicts">What was thought of each.</param>
internal sealed record AllMethods(
    IReadOnlyDictionary<string, ForecastGrid> Methods,
    TaughtTrees Trees,
    IReadOnlyList<MethodVerdict> Verdicts
)
{
    public static AllMethods Run(
        SalesHistory history,
        DemandTrees trees,
        IReadOnlyList<IForecaster> others,
        IProgress<double>? progress,
        CancellationToken cancellationToken
    )
    {
        var taught = trees.Teach(history, progress, cancellationToken);
        var grids = others
            .Select(method => (method.Name, Grid: method.Forecast(history, null, cancellationToken)))
            .Append((trees.Name, Grid: taught.Forecast))
            .ToArray();
        var verdicts = grids.Select(g => SaneBounds.Of(g.Name, history, g.Grid)).ToArray();
        return new AllMethods(
            grids.Where((_, i) => verdicts[i].MayWin).ToDictionary(static g => g.Name, static g => g.Grid, StringComparer.Ordinal),
            taught,
            verdicts
        );
    }
}
