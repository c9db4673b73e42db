using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Runs;

namespace Stockgate.Domain.Forecasting.Reports;

/// <summary>The input of a report.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Day">The first day that is forecast.</param>
/// <param name="MadeAt">When.</param>
/// <param name="History">The history.</param>
/// <param name="Facts">What is known beside it, in the order of its series.</param>
/// <param name="Result">What is forecast, in the order of the history's series.</param>
/// <param name="Recommendations">What people should do, in any order.</param>
/// <param name="Remarks">What was met in the history's files.</param>
public sealed record ReportModel(
    string Run,
    DateOnly Day,
    DateTimeOffset MadeAt,
    SalesHistory History,
    IReadOnlyList<SeriesFacts> Facts,
    ForecastResult Result,
    IReadOnlyList<Recommendation> Recommendations,
    IReadOnlyList<string> Remarks
)
{
    /// <summary>What a series is forecast with.</summary>
    public string MethodOf(int series) =>
        Result.Choices.FirstOrDefault(c => c.Segment == Result.Segments[series])?.Champion
        ?? Result.Choices.FirstOrDefault(static c => c.Segment == "all")?.Champion
        ?? string.Empty;

    /// <summary>Expected units of a series in its first days.</summary>
    public double Expected(int series, int days) => Result.Forecasts[series].Mean.Take(days).Sum(static m => (double)m);

    /// <summary>Units that a series sold in its last days, and the number of these that are known.</summary>
    public (double Units, int Days) Sold(int series, int days)
    {
        var (units, known) = (0.0, 0);
        for (var day = Math.Max(0, History.Days - days); day < History.Days; day++)
            if (!float.IsNaN(History.Series[series].Units[day]))
                (units, known) = (units + History.Series[series].Units[day], known + 1);
        return (units, known);
    }

    /// <summary>Expected money of a series in its first days, in its currency; 0 where no price is known.</summary>
    public double Revenue(int series, int days) =>
        float.IsNaN(Facts[series].RegularPrice)
            ? 0
            : Enumerable
                .Range(0, Math.Min(days, History.Horizon))
                .Sum(day =>
                    Result.Forecasts[series].Mean[day]
                    * (
                        float.IsNaN(History.Series[series].Prices[History.Days + day])
                            ? 0.0
                            : History.Series[series].Prices[History.Days + day]
                    )
                );
}
