using System.Diagnostics;
using System.Globalization;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Backtesting;
using Stockgate.Domain.Forecasting.Baselines;
using Stockgate.Domain.Forecasting.Runs;
using Stockgate.Domain.Tests.Forecasting.Returns;
using Xunit.Abstractions;

namespace Stockgate.Domain.Tests.Forecasting.Engine;

/// <summary>The engine on the last four weeks of a real shop's best-selling items.</summary>
public class OnlineRetailEngineTests(ITestOutputHelper output)
{
    private const int Horizon = 28;

    [SharedDataFact(OnlineRetail.File)]
    public void It_beats_the_mean_of_four_weeks_and_last_weeks_figures()
    {
        var whole = OnlineRetail.BestSelling(500, Horizon);
        var known = whole.Until(whole.Days - Horizon);
        var settings = new EngineSettings { Origins = 2, MostRows = 150_000 };
        var watch = Stopwatch.StartNew();
        var result = new DemandEngine(
            settings with
            {
                Trees = settings.Trees with { Rounds = 60, Leaves = 16, LearningRate = 0.1, Bins = 64 },
            }
        ).Run(known, null, null, default);
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{whole.Series.Count} series of {known.Days} days in {watch.Elapsed.TotalSeconds:0.0} s"
            )
        );
        var grid = new ForecastGrid(known.Series.Count, Horizon);
        for (var i = 0; i < grid.Series; i++)
            result.Forecasts[i].Mean.CopyTo(grid[i]);
        var accuracy = new Accuracy(whole, known.Days);
        var everyone = Enumerable.Range(0, grid.Series).ToArray();
        BacktestScore Score(string name, ForecastGrid of)
        {
            var score = accuracy.Score("all", name, of, everyone);
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name, -20} WRMSSE {score.Wrmsse:0.0000}  WAPE {score.Wape:0.000}  bias {score.Bias:0.000}"
                )
            );
            return score;
        }
        var engine = Score("engine", grid);
        var (mean, naive) = (
            Score("mean of 28 days", new MovingAverage().Forecast(known, null, default)),
            Score("seasonal naive", new SeasonalNaive().Forecast(known, null, default))
        );
        foreach (var choice in result.Choices)
            output.WriteLine($"{choice.Segment}: {choice.Champion}; {choice.Words}");
        Assert.True(engine.Wrmsse < mean.Wrmsse, $"{engine.Wrmsse} against {mean.Wrmsse}");
        Assert.True(engine.Wrmsse < naive.Wrmsse, $"{engine.Wrmsse} against {naive.Wrmsse}");
    }
}
