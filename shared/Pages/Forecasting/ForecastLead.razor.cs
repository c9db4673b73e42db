using Microsoft.AspNetCore.Components;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Domain.Forecasting.Runs;
using Stockgate.Pages.Formats;

namespace Stockgate.Pages.Forecasting;

public sealed partial class ForecastLead
{
    private const int Lately = 28;

    private int horizon;
    private double expected;
    private BacktestScore? champion;

    [Parameter, EditorRequired]
    public ReportModel Model { get; set; } = null!;

    [Parameter, EditorRequired]
    public IReadOnlyList<Risk> Risks { get; set; } = [];

    private int Week => Math.Min(7, horizon);

    private IEnumerable<int> Series => Enumerable.Range(0, Model.History.Series.Count);

    protected override void OnParametersSet()
    {
        horizon = Model.History.Horizon;
        expected = Sum(Week);
        champion = TestScores.Champion(Model);
    }

    private double Sum(int days) => Series.Sum(i => Model.Expected(i, days));

    private string Pace()
    {
        var sold = Series.Select(i => Model.Sold(i, Lately)).Where(static s => s.Days > 0).Sum(s => s.Units / s.Days * Week);
        var pace = sold > 0 ? $", {Compared(expected / sold - 1)} the pace of the last {Lately} days" : "";
        var days = Week == 1 ? "day" : $"{Week} days";
        return $"In the next {days} customers are expected to take {Quantities.Units(expected)} units{pace}.";
    }

    private static string Compared(double change) =>
        Math.Abs(change) < 0.02 ? "about" : $"{Shares.Percent(Math.Abs(change))} {(change > 0 ? "above" : "below")}";

    private string ToLookAt()
    {
        if (Risks.Count == 0)
            return "Nothing that was counted runs out within two weeks, and nothing changes its pace.";
        var kinds = Risks.GroupBy(static r => r.Kind).OrderBy(static g => g.Key);
        var words = string.Join(", ", kinds.Select(static g => $"{Figures.Number(g.Count())} {RiskWords.Many(g.Key)}"));
        return $"{Quantities.Of(Risks.Count, "item needs", "items need")} a look: {words}.";
    }

    private string Tested(BacktestScore best)
    {
        var next = Model
            .Result.Backtest.Where(s => s.Segment == best.Segment && s.Method != best.Method && double.IsFinite(s.Wape))
            .MinBy(static s => s.Wape);
        var compared = next is null ? "" : $"; the next best, {next.Method}, by {Shares.Percent(next.Wape)}";
        return $"Tested on the last days of the history, {best.Method} was off by {Shares.Percent(best.Wape)} of the units{compared}.";
    }

    private (Currency Currency, double Money)? Revenue() =>
        Series
            .Where(i => Model.Facts[i].Currency is not null)
            .GroupBy(i => Model.Facts[i].Currency!.Value)
            .Select(g => ((Currency, double)?)(g.Key, g.Sum(i => Model.Revenue(i, horizon))))
            .MaxBy(static g => g!.Value.Item2);
}
