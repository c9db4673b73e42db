using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Runs;

namespace Stockgate.TestSupport.Forecasting;

/// <summary>
/// An engine whose figures a test can work out in its head: the mean of the last 28 days that can be learnt from (open, not sold out,
/// known), with the quantiles of these days.
/// </summary>
public sealed class TrailingMeanEngine : IDemandEngine
{
    /// <summary>Days of the mean.</summary>
    public const int Window = 28;

    private const string Mean = "mean of 28 days",
        Last = "last day repeated";

    public ForecastResult Run(
        SalesHistory history,
        string? championsJson,
        IProgress<(string Step, double Share)>? progress,
        CancellationToken cancellationToken
    )
    {
        var started = Stopwatch.GetTimestamp();
        var (forecasts, segments) = (new List<SeriesForecast>(history.Series.Count), new List<string>(history.Series.Count));
        for (var i = 0; i < history.Series.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (i % 64 == 0)
                progress?.Report(("forecasting", (double)i / history.Series.Count));
            var learnt = Learnt(history.Series[i], history.Days);
            forecasts.Add(
                new SeriesForecast(
                    history.Series[i].Key,
                    history.Last.AddDays(1),
                    Flat(history, i, learnt.Count == 0 ? 0 : learnt.Average()),
                    Flat(history, i, Quantile(learnt, 0.1)),
                    Flat(history, i, Quantile(learnt, 0.5)),
                    Flat(history, i, Quantile(learnt, 0.9))
                )
            );
            segments.Add(
                learnt.Count == 0 || learnt.All(static u => u == 0) ? "silent"
                : learnt.Count(static u => u == 0) * 2 > learnt.Count ? "intermittent"
                : "steady"
            );
        }
        progress?.Report(("testing", 0.9));
        var (scores, quantiles) = Backtest(history);
        var words = $"The only method of this engine: the mean of the last {Window} days that can be learnt from.";
        return new ForecastResult
        {
            Forecasts = forecasts,
            Segments = segments,
            Backtest = scores,
            Quantiles = quantiles,
            Importance = [],
            Effects = [.. history.Series.Select(static _ => (IReadOnlyList<FeatureEffect>)[])],
            Choices = [.. segments.Distinct().Select(s => new SegmentChoice(s, Mean, [new MethodWeight(Mean, 1)], words))],
            Fingerprint = Fingerprint(history),
            Remarks = [],
            Models = new Dictionary<string, ReadOnlyMemory<byte>>
            {
                [IDemandEngine.ChampionsFile] = Encoding.UTF8.GetBytes("{\"champion\":\"" + Mean + "\"}"),
            },
            Steps = [new StepTime("forecasting and testing", Stopwatch.GetElapsedTime(started).TotalSeconds)],
        };
    }

    // Closed days sell nothing, whatever the mean is.
    private static float[] Flat(SalesHistory history, int series, float value)
    {
        var days = new float[history.Horizon];
        for (var i = 0; i < days.Length; i++)
            days[i] = (history.Series[series].Marks[history.Days + i] & DayMarks.Closed) != 0 ? 0 : value;
        return days;
    }

    private static List<float> Learnt(SalesSeries series, int days)
    {
        var learnt = new List<float>(Window);
        for (var day = days - 1; day >= 0 && learnt.Count < Window; day--)
            if (!float.IsNaN(series.Units[day]) && (series.Marks[day] & (DayMarks.Stockout | DayMarks.Closed)) == 0)
                learnt.Add(series.Units[day]);
        return learnt;
    }

    private static float Quantile(List<float> values, double level) =>
        values.Count == 0 ? 0 : values.Order().ElementAt(Math.Min(values.Count - 1, (int)Math.Ceiling(level * values.Count) - 1));

    // The last days, up to a horizon of them, as if they were not known yet.
    private static (List<BacktestScore> Scores, List<QuantileScore> Quantiles) Backtest(SalesHistory history)
    {
        var days = Math.Min(history.Horizon, history.Days / 2);
        if (days == 0)
            return ([], []);
        var known = history.Days - days;
        double units = 0,
            error = 0,
            bias = 0,
            lastError = 0,
            lastBias = 0,
            scaled = 0,
            lastScaled = 0,
            weights = 0;
        var levels = new[] { 0.1, 0.5, 0.9 };
        var (loss, below, atMost, count, tested) = (new double[3], new int[3], new int[3], 0, 0);
        foreach (var s in history.Series)
        {
            var learnt = Learnt(s, known);
            if (learnt.Count == 0)
                continue;
            tested++;
            var (mean, last) = (learnt.Average(), learnt[0]);
            double change = 0,
                off = 0,
                lastOff = 0,
                sold = 0;
            for (var i = 1; i < learnt.Count; i++)
                change += Math.Pow(learnt[i] - learnt[i - 1], 2);
            change = learnt.Count > 1 ? change / (learnt.Count - 1) : 0;
            var tried = 0;
            for (var day = known; day < history.Days; day++)
            {
                if (float.IsNaN(s.Units[day]) || (s.Marks[day] & (DayMarks.Stockout | DayMarks.Closed)) != 0)
                    continue;
                var (actual, e, l) = (s.Units[day], mean - s.Units[day], last - s.Units[day]);
                (units, error, bias, lastError, lastBias, off, lastOff, sold) = (
                    units + actual,
                    error + Math.Abs(e),
                    bias + e,
                    lastError + Math.Abs(l),
                    lastBias + l,
                    off + e * e,
                    lastOff + l * l,
                    sold + actual
                );
                for (var q = 0; q < 3; q++)
                {
                    var forecast = Quantile(learnt, levels[q]);
                    loss[q] += Math.Max(levels[q] * (actual - forecast), (levels[q] - 1) * (actual - forecast));
                    if (actual < forecast)
                        below[q]++;
                    if (actual <= forecast)
                        atMost[q]++;
                }
                tried++;
                count++;
            }
            if (tried == 0 || change == 0)
                continue;
            var price = s.Prices[known - 1];
            var weight = sold * (float.IsNaN(price) ? 1 : price);
            (scaled, lastScaled, weights) = (
                scaled + weight * Math.Sqrt(off / tried / change),
                lastScaled + weight * Math.Sqrt(lastOff / tried / change),
                weights + weight
            );
        }
        if (count == 0 || units == 0)
            return ([], []);
        return (
            [
                new BacktestScore("all", Mean, tested, weights > 0 ? scaled / weights : double.NaN, error / units, bias / units),
                new BacktestScore(
                    "all",
                    Last,
                    tested,
                    weights > 0 ? lastScaled / weights : double.NaN,
                    lastError / units,
                    lastBias / units
                ),
            ],
            [.. levels.Select((level, q) => new QuantileScore(level, loss[q] / count, (double)below[q] / count, (double)atMost[q] / count))]
        );
    }

    private static string Fingerprint(SalesHistory history)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes($"{history.First:yyyy-MM-dd} {history.Days}"));
        foreach (var s in history.Series)
        {
            digest.AppendData(Encoding.UTF8.GetBytes(s.Key.ToString()));
            digest.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(s.Units.AsSpan(0, history.Days)));
        }
        return Convert.ToHexStringLower(digest.GetHashAndReset().AsSpan(0, 16));
    }
}
