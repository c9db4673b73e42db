using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Domain.Forecasting.Runs;

namespace Stockgate.Pages.Forecasting;

/// <summary>What the test over past days says of a forecast as a whole.</summary>
internal static class TestScores
{
    /// <summary>The score of the method in use over all series; of the best one where none of all series is in use.</summary>
    public static BacktestScore? Champion(ReportModel model)
    {
        var all = model.Result.Backtest.Where(static s => s.Segment == "all" && double.IsFinite(s.Wape)).ToList();
        return all.FirstOrDefault(s => model.Result.Choices.Any(c => c.Champion == s.Method)) ?? all.MinBy(static s => s.Wape);
    }

    /// <summary>The share of tested days between P10 and P90.</summary>
    public static double? Covered(ReportModel model) =>
        model.Result.Quantiles.FirstOrDefault(static q => q.Level == 0.1) is { } low
        && model.Result.Quantiles.FirstOrDefault(static q => q.Level == 0.9) is { } high
        && double.IsFinite(high.AtMost - low.Below)
            ? high.AtMost - low.Below
            : null;
}
