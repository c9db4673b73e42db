using System.Globalization;
using Stockgate.Domain.Forecasting.Backtesting;
using Stockgate.Domain.Forecasting.Baselines;
using Stockgate.Domain.Forecasting.Combining;
using Stockgate.Domain.Forecasting.Features;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Quantiles;
using Stockgate.Domain.Forecasting.Runs;
using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Forecasting;

/// <summary>
/// A complete forecast run: backtest of every method at several origins, combination per segment, champion selection, retraining on the
/// whole history, reconciliation of sums, quantiles and explanations.
/// </summary>
public sealed class DemandEngine(EngineSettings settings) : IDemandEngine
{
    /// <summary>The name of the file among <see cref="ForecastResult.Models"/> that has the trees.</summary>
    public const string TreesFile = "trees.sgtm";

    private const string Champion = "champion";

    private readonly IReadOnlyList<IForecaster> others =
    [
        new SeasonalNaive(),
        new MovingAverage(),
        new WeekdayMean(),
        new SimpleSmoothing(),
        new Ets(),
        new Croston(),
        new Sba(),
        new Tsb(),
        .. settings.Challengers,
    ];

    public ForecastResult Run(
        SalesHistory history,
        string? championsJson,
        IProgress<(string Step, double Share)>? progress,
        CancellationToken cancellationToken
    )
    {
        var (clock, remarks) = (new StepClock(progress), new List<string>());
        var trees = new DemandTrees(settings.Trees, settings.Sampling(history), Loss.Tweedie(settings.Power));
        var segments = Segments.Of(history);
        var days = Enumerable
            .Range(1, settings.Origins)
            .Select(k => history.Days - k * history.Horizon)
            .Where(d => d >= settings.LeastDays)
            .ToArray();
        if (days.Length == 0)
            remarks.Add(
                $"The history has {history.Days} days, too few for a backtest. Simple methods are used until it has {settings.LeastDays + history.Horizon} days."
            );

        var (origins, inAll) = (new List<OriginForecasts>(), days.Length + 1.0);
        foreach (var origin in days)
        {
            var methods = AllMethods.Run(
                history.Until(origin),
                trees,
                others,
                clock.Step(
                    $"testing on the {history.Horizon} days from {history.First.AddDays(origin):yyyy-MM-dd}",
                    origins.Count / inAll,
                    1 / inAll
                ),
                cancellationToken
            );
            remarks.AddRange(methods.Verdicts.Where(static v => !v.MayWin).Select(static v => v.Words));
            origins.Add(new OriginForecasts(origin, new Accuracy(history, origin), methods.Methods, methods.Trees.Spread));
        }
        var latest = AllMethods.Run(
            history,
            trees,
            others,
            clock.Step("training on the whole history", days.Length / inAll, 1 / inAll),
            cancellationToken
        );
        remarks.AddRange(latest.Verdicts.Where(static v => !v.MayWin).Select(static v => v.Words));
        if (latest.Methods.Count == 0)
            throw new InvalidOperationException(
                "No method gave a plausible forecast: " + string.Join("; ", latest.Verdicts.Select(static v => v.Words))
            );

        clock.Step("choosing", 0.97, 0);
        // An implausible forecast of today disqualifies the method, regardless of its backtest.
        var usable = origins
            .Select(o => o with { Methods = o.Methods.Where(m => latest.Methods.ContainsKey(m.Key)).ToDictionary(StringComparer.Ordinal) })
            .Where(static o => o.Methods.Count > 0)
            .ToArray();
        var choices = Selection.Choose(usable, segments, Champions.Parse(championsJson), settings.Margin, [.. latest.Methods.Keys]);
        var tested = usable
            .Select(o => new TestedForecast(o.Days, Mixed(history.Until(o.Days), o.Methods, choices, segments), o.Spread))
            .ToArray();
        var published = Mixed(history, latest.Methods, choices, segments);
        (tested, published) = Agreed(history, usable, tested, published, remarks, cancellationToken);
        Believable(history, latest, published, remarks);

        clock.Step("quantiles and reasons", 0.98, 0);
        var quantiles = DemandQuantiles.Choose(history, tested);
        var grids = quantiles.Of(published, latest.Trees.Spread);
        return new ForecastResult
        {
            Forecasts =
            [
                .. history.Series.Select(
                    (s, i) =>
                        new SeriesForecast(
                            s.Key,
                            history.Last.AddDays(1),
                            published[i].ToArray(),
                            grids.P10[i].ToArray(),
                            grids.P50[i].ToArray(),
                            grids.P90[i].ToArray()
                        )
                ),
            ],
            Segments = segments,
            Backtest = Scores(origins, tested, segments),
            Choices = choices,
            Quantiles =
            [
                .. tested.Length == 0
                    ? []
                    : Enumerable.Range(0, DemandQuantiles.Levels.Length).Select(level => Calibration(history, tested, quantiles, level)),
            ],
            Importance = latest.Trees.Model.Importance(),
            Effects = Explanations.Of(latest.Trees),
            Fingerprint = DataFingerprint.Of(history),
            Remarks = remarks,
            Models = new Dictionary<string, ReadOnlyMemory<byte>>
            {
                [TreesFile] = File(latest.Trees.Model),
                [IDemandEngine.ChampionsFile] = new Champions([.. choices.Select(static c => new Champion(c.Segment, c.Weights))]).ToJson(),
            },
            Steps = clock.Steps(),
        };
    }

    // On promotion days only methods with promotion features are used; on closed days none.
    private static ForecastGrid Mixed(
        SalesHistory history,
        IReadOnlyDictionary<string, ForecastGrid> methods,
        IReadOnlyList<SegmentChoice> choices,
        IReadOnlyList<string> segments
    )
    {
        var grid = new ForecastGrid(history.Series.Count, history.Horizon);
        foreach (var choice in choices)
            Combination.Mix(methods, choice.Weights, Enumerable.Range(0, segments.Count).Where(i => segments[i] == choice.Segment), grid);
        var knowing = methods.GetValueOrDefault(DemandTrees.MethodName);
        for (var i = 0; i < grid.Series; i++)
        for (var ahead = 0; ahead < grid.Horizon; ahead++)
        {
            var marks = history.Series[i].Marks[history.Days + ahead];
            if ((marks & DayMarks.Closed) != 0)
                grid[i][ahead] = 0;
            else if ((marks & DayMarks.Promotion) != 0 && knowing is not null)
                grid[i][ahead] = knowing[i][ahead];
        }
        return grid;
    }

    // Sums have forecasts of their own; they are listened to where that did better in the backtest.
    private static (TestedForecast[] Tested, ForecastGrid Published) Agreed(
        SalesHistory history,
        OriginForecasts[] origins,
        TestedForecast[] tested,
        ForecastGrid published,
        List<string> remarks,
        CancellationToken cancellationToken
    )
    {
        if (tested.Length == 0)
            return (tested, published);
        var (sums, ets, everyone) = (new Sums(history), new Ets(), Enumerable.Range(0, published.Series).ToArray());
        var own = origins.Select(o => ets.Forecast(sums.Of(history.Until(o.Days)), null, cancellationToken)).ToArray();
        // What one origin is reconciled by is learned from the others; with one alone there is nothing to prove it by.
        var apart =
            tested.Length == 1
                ? []
                : tested
                    .Select(
                        (t, o) =>
                            t with
                            {
                                Mean = sums.Reconciled(
                                    t.Mean,
                                    own[o],
                                    sums.Learn(history, [.. tested.Select((x, i) => (x.Days, x.Mean, own[i])).Where((_, i) => i != o)])
                                ),
                            }
                    )
                    .ToArray();
        double Score(TestedForecast[] of) =>
            of.Select((t, o) => origins[o].Accuracy.Score(string.Empty, string.Empty, t.Mean, everyone).Wrmsse).Average();
        if (apart.Length == 0 || Score(apart) >= Score(tested))
        {
            remarks.Add("Regions and the total are the sums of their series: separate forecasts of them did not improve the series.");
            return (tested, published);
        }
        remarks.Add(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Regions and the total have separate forecasts, and the series are reconciled with them: {Score(apart):0.0000} instead of {Score(tested):0.0000} in the backtest."
            )
        );
        var errors = sums.Learn(history, [.. tested.Select((t, o) => (t.Days, t.Mean, own[o]))]);
        return (apart, sums.Reconciled(published, ets.Forecast(sums.Of(history), null, cancellationToken), errors));
    }

    private static void Believable(SalesHistory history, AllMethods latest, ForecastGrid published, List<string> remarks)
    {
        var verdict = Bounds.SaneBounds.Of(Champion, history, published);
        if (verdict.Breaches.Count == 0)
            return;
        Bounds.SaneBounds.Replace(published, verdict, new MovingAverage().Forecast(history, null, CancellationToken.None));
        remarks.AddRange(verdict.Breaches.Select(static breach => $"{breach.Words}: replaced by the mean of 28 days"));
    }

    private static List<BacktestScore> Scores(List<OriginForecasts> origins, TestedForecast[] tested, string[] segments)
    {
        var scores = new List<BacktestScore>();
        var everyone = Enumerable.Range(0, segments.Length).ToArray();
        var groups = segments
            .Select(static (segment, i) => (segment, i))
            .GroupBy(static s => s.segment, static s => s.i, StringComparer.Ordinal)
            .OrderBy(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => (Name: g.Key, Series: g.ToArray()))
            .Prepend((Name: Segments.All, Series: everyone));
        foreach (var (name, series) in groups)
        {
            if (tested.Length > 0)
                scores.Add(
                    Accuracy.Mean([
                        .. tested.Select(t => origins.First(o => o.Days == t.Days).Accuracy.Score(name, Champion, t.Mean, series)),
                    ])
                );
            foreach (
                var method in origins.SelectMany(static o => o.Methods.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            )
                scores.Add(
                    Accuracy.Mean([
                        .. origins
                            .Where(o => o.Methods.ContainsKey(method))
                            .Select(o => o.Accuracy.Score(name, method, o.Methods[method], series)),
                    ])
                );
        }
        return scores;
    }

    private static QuantileScore Calibration(SalesHistory history, TestedForecast[] tested, DemandQuantiles quantiles, int level)
    {
        var scores = tested
            .Select(t => DemandQuantiles.Score(history, t.Days, quantiles.Of(t.Mean, t.Spread)[level], DemandQuantiles.Levels[level]))
            .ToArray();
        return new QuantileScore(
            DemandQuantiles.Levels[level],
            scores.Average(static s => s.Pinball),
            scores.Average(static s => s.Below),
            scores.Average(static s => s.AtMost)
        );
    }

    private static byte[] File(TreeModel model)
    {
        using var file = new MemoryStream();
        TreeModelFile.Write(model, file);
        return file.ToArray();
    }
}
