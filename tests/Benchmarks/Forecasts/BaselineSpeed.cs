using System.Diagnostics;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Baselines;
using Stockgate.TestSupport;

namespace Stockgate.Benchmarks.Forecasts;

/// <summary>How many series a second each statistical method forecasts, on 1,913 days each.</summary>
internal static class BaselineSpeed
{
    public static IReadOnlyList<(string Method, double SeriesPerSecond, double Wrmsse)> Run()
    {
        var history = M5.Load(1913);
        IForecaster[] methods =
        [
            new SeasonalNaive(),
            new MovingAverage(),
            new WeekdayMean(),
            new SimpleSmoothing(),
            new Ets(),
            new Croston(),
            new Sba(),
            new Tsb(),
        ];
        return
        [
            .. methods.Select(method =>
            {
                method.Forecast(history, null, CancellationToken.None);
                var began = Stopwatch.GetTimestamp();
                var grid = method.Forecast(history, null, CancellationToken.None);
                return (method.Name, history.Series.Count / Stopwatch.GetElapsedTime(began).TotalSeconds, M5.Wrmsse(grid, 1913));
            }),
        ];
    }
}
