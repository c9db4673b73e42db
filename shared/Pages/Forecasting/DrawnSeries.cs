using Stockgate.Domain.Forecasting.Reports;

namespace Stockgate.Pages.Forecasting;

/// <summary>The series that a report draws: those at risk first, then those that bring most.</summary>
internal static class DrawnSeries
{
    public static List<int> Of(ReportModel model, IReadOnlyList<Risk> risks)
    {
        var horizon = model.History.Horizon;
        var best = Enumerable
            .Range(0, model.History.Series.Count)
            .OrderByDescending(i => model.Revenue(i, horizon))
            .ThenByDescending(i => model.Expected(i, horizon))
            .Take(ForecastPage.MostCharts);
        return
        [
            .. risks.Take(ForecastPage.MostCharts / 2).Select(static r => r.Series).Concat(best).Distinct().Take(ForecastPage.MostCharts),
        ];
    }
}
