using System.Diagnostics;
using System.Globalization;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Runs;
using Stockgate.TestSupport;

namespace Stockgate.Benchmarks.Forecasts;

/// <summary>A whole run over the M5 subset, and its forecasts as the files that <c>../shared/tools/m5-score.py</c> reads.</summary>
internal static class M5Run
{
    /// <param name="Seconds">Learning, testing, choosing, forecasting, explaining.</param>
    /// <param name="Scores">What the scoring tool printed; empty where it can't be run or the days to score aren't known.</param>
    public sealed record Scored(double Seconds, ForecastResult Result, string Folder, string Scores);

    /// <param name="root">The repository.</param>
    /// <param name="days">Days that are known: with 1913 the four weeks behind them can be scored, with 1941 they are kept aside.</param>
    public static Scored Run(string root, int days)
    {
        var history = M5.Load(days);
        var began = Stopwatch.GetTimestamp();
        var result = new DemandEngine(new EngineSettings()).Run(history, null, new SayStep(), CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var folder = Path.Combine(root, ".stockgate", "benchmarks", $"m5-{days}");
        Directory.CreateDirectory(folder);
        string[] files =
        [
            Write(folder, "point.csv", result, static f => f.Mean),
            Write(folder, "p10.csv", result, static f => f.P10),
            Write(folder, "p50.csv", result, static f => f.P50),
            Write(folder, "p90.csv", result, static f => f.P90),
        ];
        var tool = Path.Combine(root, "..", "shared", "tools", "m5-score.py");
        return new Scored(
            seconds,
            result,
            folder,
            days == 1913 && File.Exists(tool) ? Python.Run("python3", [tool, .. files]) ?? string.Empty : string.Empty
        );
    }

    private static string Write(string folder, string name, ForecastResult result, Func<SeriesForecast, float[]> figures)
    {
        var path = Path.Combine(folder, name);
        using var file = new StreamWriter(path);
        file.WriteLine("item_id," + string.Join(',', Enumerable.Range(1, M5.Horizon).Select(static d => $"F{d}")));
        foreach (var forecast in result.Forecasts)
            file.WriteLine(
                forecast.Key.Sku.Value
                    + ','
                    + string.Join(',', figures(forecast).Select(static f => f.ToString("0.####", CultureInfo.InvariantCulture)))
            );
        return path;
    }

    private sealed class SayStep : IProgress<(string Step, double Share)>
    {
        private string? last;

        public void Report((string Step, double Share) value)
        {
            if (value.Step == last)
                return;
            last = value.Step;
            Console.WriteLine($"  {value.Share, 4:P0} {value.Step} …");
        }
    }
}
