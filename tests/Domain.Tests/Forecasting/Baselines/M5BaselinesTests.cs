using System.Diagnostics;
using System.Globalization;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Baselines;
using Xunit.Abstractions;

namespace Stockgate.Domain.Tests.Forecasting.Baselines;

public class M5BaselinesTests(ITestOutputHelper output)
{
    [SharedDataFact(M5.Folder)]
    public void Scores_on_the_last_four_weeks_of_the_M5_foods_are_what_others_found()
    {
        var history = M5.Load(M5.Days - M5.Horizon);
        var scores = new Dictionary<string, double>();
        foreach (
            var method in new IForecaster[]
            {
                new SeasonalNaive(),
                new MovingAverage(),
                new WeekdayMean(),
                new SimpleSmoothing(),
                new Ets(),
                new Croston(),
                new Sba(),
                new Tsb(),
            }
        )
        {
            var watch = Stopwatch.StartNew();
            var grid = method.Forecast(history, null, default);
            scores[method.Name] = M5.Wrmsse(grid, history.Days);
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{method.Name, -20} {scores[method.Name]:0.0000}  {watch.Elapsed.TotalMilliseconds, 6:0} ms"
                )
            );
        }
        Assert.InRange(scores["seasonal-naive"], 1.1065, 1.1075);
        Assert.InRange(scores["moving-average-28"], 0.8825, 0.8835);
        Assert.InRange(scores["croston"], 0.875, 0.885);
        Assert.InRange(scores["sba"], 0.87, 0.89);
        Assert.InRange(scores["tsb"], 0.86, 0.90);
        Assert.InRange(scores["simple-smoothing"], 0.86, 0.91);
        Assert.InRange(scores["weekday-mean-8"], 0.80, 0.90);
        Assert.InRange(scores["ets"], 0.80, 0.895);
    }
}
