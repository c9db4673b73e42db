using System.Globalization;
using Stockgate.Domain.Forecasting.Backtesting;
using Stockgate.Domain.Forecasting.Baselines;
using Stockgate.Domain.Forecasting.Runs;

namespace Stockgate.Domain.Forecasting.Combining;

/// <summary>
/// Selects the champion of each segment: the current one, or a challenger chosen on older origins that wins on the newest, held-out one.
/// </summary>
internal static class Selection
{
    // Fewer series are too few to choose by: they go with all.
    private const int FewestSeries = 20;

    /// <param name="origins">The newest first; empty if the history is too short.</param>
    /// <param name="segments">The segment of each series.</param>
    /// <param name="inForce">What was.</param>
    /// <param name="margin">How much better a challenger has to be.</param>
    /// <param name="methods">Those that can be used now.</param>
    public static IReadOnlyList<SegmentChoice> Choose(
        IReadOnlyList<OriginForecasts> origins,
        IReadOnlyList<string> segments,
        Champions inForce,
        double margin,
        IReadOnlyCollection<string> methods
    )
    {
        var bySegment = segments
            .Select(static (segment, i) => (segment, i))
            .GroupBy(static s => s.segment, static s => s.i, StringComparer.Ordinal)
            .OrderBy(static g => g.Key, StringComparer.Ordinal);
        if (origins.Count == 0)
            return [.. bySegment.Select(s => Untested(s.Key, methods))];
        var (older, everyone) = (origins.Count > 1 ? origins.Skip(1).ToArray() : origins, Enumerable.Range(0, segments.Count).ToArray());
        var (allOlder, allNow) = (Combination.Choose(older, everyone), Combination.Choose(origins, everyone));
        return
        [
            .. bySegment.Select(segment =>
                Of(segment.Key, [.. segment], origins, older, allOlder, allNow, inForce.Of(segment.Key), margin)
            ),
        ];
    }

    private static SegmentChoice Of(
        string segment,
        int[] series,
        IReadOnlyList<OriginForecasts> origins,
        IReadOnlyList<OriginForecasts> older,
        IReadOnlyList<MethodWeight> allOlder,
        IReadOnlyList<MethodWeight> allNow,
        IReadOnlyList<MethodWeight>? champion,
        double margin
    )
    {
        var newest = origins[0];
        var own = series.Length < FewestSeries ? allOlder : Combination.Choose(older, series);
        var (ownScore, allScore) = (Score(newest, own, series), Score(newest, allOlder, series));
        var (challenger, score) = ownScore < allScore ? (own, ownScore) : (allOlder, allScore);
        var simple = Score(newest, [new MethodWeight(new MovingAverage().Name, 1)], series);
        var against = double.IsFinite(simple) ? $"; the mean of 28 days scores {Text(simple)}" : string.Empty;
        if (champion is not null && Score(newest, champion, series) is var held && double.IsFinite(held))
            return score < held * (1 - margin)
                ? Choice(
                    segment,
                    challenger,
                    $"a challenger replaces the champion: chosen on {(origins.Count > 1 ? "older months" : "the only month")}, it scores {Text(score)} on the newest, the champion {Text(held)}{against}"
                )
                : Choice(
                    segment,
                    champion,
                    $"the champion stays: it scores {Text(held)} on the newest month, the best challenger {Text(score)}{against}"
                );
        var now = ownScore < allScore ? Combination.Choose(origins, series) : allNow;
        return Choice(
            segment,
            now,
            $"{(champion is null ? "no champion yet" : "the champion can no longer be used")}: chosen on {origins.Count} months; such a choice on the older ones scores {Text(score)} on the newest{against}"
        );
    }

    /// <summary>The score of a weighted mean; infinite where it can't be made.</summary>
    public static double Score(OriginForecasts origin, IReadOnlyList<MethodWeight> weights, IReadOnlyCollection<int> series)
    {
        var any = origin.Methods.Values.First();
        var grid = new ForecastGrid(any.Series, any.Horizon);
        return Combination.Mix(origin.Methods, weights, series, grid)
            ? origin.Accuracy.Score(string.Empty, string.Empty, grid, series).Wrmsse
            : double.PositiveInfinity;
    }

    private static SegmentChoice Untested(string segment, IReadOnlyCollection<string> methods)
    {
        var simple = new[] { new MovingAverage().Name, new Tsb().Name, new Ets().Name }.Where(methods.Contains).ToArray();
        return Choice(
            segment,
            [.. simple.Select(m => new MethodWeight(m, 1.0 / simple.Length))],
            "the history is too short for a backtest: the mean of simple methods"
        );
    }

    private static SegmentChoice Choice(string segment, IReadOnlyList<MethodWeight> weights, string words) =>
        new(
            segment,
            string.Join(
                " + ",
                weights.Select(static w =>
                    w.Weight > 0.999 ? w.Method : string.Create(CultureInfo.InvariantCulture, $"{w.Weight:0.##} {w.Method}")
                )
            ),
            weights,
            words
        );

    private static string Text(double score) => score.ToString("0.0000", CultureInfo.InvariantCulture);
}
