using Microsoft.AspNetCore.Components;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Domain.Forecasting.Runs;

namespace Stockgate.Pages.Forecasting;

public sealed partial class ForecastQuality
{
    // A quantile that is met within this share of the days is right.
    private const double Tolerance = 0.03;

    private List<BacktestScore> scores = [];
    private double widest;

    [Parameter, EditorRequired]
    public ReportModel Model { get; set; } = null!;

    protected override void OnParametersSet()
    {
        scores =
        [
            .. Model
                .Result.Backtest.GroupBy(static s => s.Segment)
                .OrderBy(static g => g.Key == "all" ? 0 : 1)
                .SelectMany(static g => g.OrderBy(static s => double.IsFinite(s.Wape) ? s.Wape : double.MaxValue)),
        ];
        widest = scores.Select(static s => s.Wape).Where(double.IsFinite).DefaultIfEmpty(0).Max();
    }

    private bool InUse(BacktestScore score) =>
        Model.Result.Choices.Any(c => c.Champion == score.Method && (c.Segment == score.Segment || score.Segment == "all"));

    private static string Judged(QuantileScore q)
    {
        if (q.Below <= q.Level + Tolerance && q.AtMost >= q.Level - Tolerance)
            return "that is right";
        return q.Below > q.Level ? "it is too high" : "it is too low";
    }
}
