using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Quantiles;
using Stockgate.Domain.Forecasting.Runs;
using Xunit.Abstractions;

namespace Stockgate.Domain.Tests.Forecasting.Engine;

/// <summary>The whole engine as a night runs it, on the M5 subset: minutes.</summary>
public class M5EngineTests(ITestOutputHelper output)
{
    [LongFact]
    public void It_keeps_what_was_measured()
    {
        if (SharedData.Find(M5.Folder) is null)
        {
            output.WriteLine($"../shared/data/{M5.Folder} is not on this machine");
            return;
        }
        var result = new DemandEngine(new EngineSettings()).Run(M5.Load(1913), null, null, default);
        var wrmsse = M5.Wrmsse(Grid(result, static f => f.Mean), 1913);
        output.WriteLine($"WRMSSE {wrmsse:0.0000}");
        // Worse than this, something that ADR 13 chose is broken; what was measured stands in RESULTS.md.
        Assert.InRange(wrmsse, 0.80, 0.855);
        foreach (
            var (level, figures, most) in new (double, Func<SeriesForecast, float[]>, double)[]
            {
                (0.1, static f => f.P10, 0.206),
                (0.5, static f => f.P50, 0.6762),
                (0.9, static f => f.P90, 0.4484),
            }
        )
        {
            var score = DemandQuantiles.Score(M5.Load(), 1913, Grid(result, figures), level);
            output.WriteLine($"P{level * 100:0}: pinball {score.Pinball:0.0000}, below {score.Below:0.000}, at most {score.AtMost:0.000}");
            Assert.True(score.Pinball < most && score.Below <= level && level <= score.AtMost, score.ToString());
        }
    }

    private static ForecastGrid Grid(ForecastResult result, Func<SeriesForecast, float[]> figures)
    {
        var grid = new ForecastGrid(result.Forecasts.Count, M5.Horizon);
        for (var i = 0; i < grid.Series; i++)
            figures(result.Forecasts[i]).CopyTo(grid[i]);
        return grid;
    }
}
