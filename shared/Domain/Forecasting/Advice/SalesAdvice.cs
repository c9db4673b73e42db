using Stockgate.Domain.Forecasting.Anomalies;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Reports;

namespace Stockgate.Domain.Forecasting.Advice;

/// <summary>Compares recent sales with the earlier forecast of them.</summary>
internal static class SalesAdvice
{
    private const int Gap = 3;

    /// <summary>The least likely first, missing figures last.</summary>
    public static List<SellThroughAnomaly> Anomalies(AdviceContext known, CancellationToken cancellationToken)
    {
        var (input, history) = (known.Input, known.Input.History);
        if (input.Earlier.Count == 0)
        {
            known.Remarks.Add("No earlier forecast exists to compare the last days' sales with.");
            return [];
        }
        var reported = Reported(history);
        var silent = reported.ToDictionary(static r => r.Key, static r => r.Value.Length - 1 - Array.LastIndexOf(r.Value, true));
        foreach (
            var (location, days) in silent
                .Where(static s => s.Value >= Gap)
                .OrderBy(static s => s.Key.Value, StringComparer.Ordinal)
                .Take(20)
        )
            known.Remarks.Add(
                $"{location} has reported nothing for {Plural.Of(days, "day")}: its items are not evaluated. Check the source before ordering by its figures."
            );
        var found = new SellThroughAnomaly?[input.Earlier.Count];
        Parallel.For(
            0,
            found.Length,
            new ParallelOptions { CancellationToken = cancellationToken },
            e =>
            {
                var forecast = input.Earlier[e];
                if (!known.Index.TryGetValue(forecast.Key, out var i) || silent[forecast.Key.Location] >= Gap)
                    return;
                var start = forecast.First.DayNumber - history.First.DayNumber;
                var days = Math.Min(forecast.Horizon, history.Days - start);
                if (start < 0 || days < 1)
                    return;
                var (series, stock, was) = (history.Series[i], known.Stock[i]?.OnHand, reported[forecast.Key.Location]);
                var sold = Enumerable
                    .Range(start, days)
                    .Select(d => new SoldDay(
                        float.IsNaN(series.Units[d]) ? null : new Quantity((decimal)series.Units[d]),
                        (series.Marks[d] & DayMarks.Stockout) != 0 ? Quantity.Zero
                            : d == history.Days - 1 ? stock
                            : null,
                        was[d]
                    ))
                    .ToArray();
                if (SellThroughAnomaly.Of(forecast, sold) is { Kind: not AnomalyKind.None } anomaly)
                    found[e] = anomaly;
            }
        );
        return
        [
            .. found
                .OfType<SellThroughAnomaly>()
                .OrderBy(static a => a.Kind == AnomalyKind.DataGap)
                .ThenBy(static a => a.Chance)
                .ThenByDescending(static a => Math.Abs((double)a.Sold.Value - a.Expected))
                .ThenBy(static a => (a.Key.Sku.Value, a.Key.Location.Value)),
        ];
    }

    public static IEnumerable<Recommendation> Checks(AdviceContext known, IEnumerable<SellThroughAnomaly> anomalies) =>
        anomalies.Select(a => new Recommendation(
            RecommendationKinds.CheckStock,
            a.Key.Sku,
            a.Key.Location,
            null,
            null,
            known.Input.Today,
            a.Words,
            known.Worth(known.Index[a.Key], a.Kind == AnomalyKind.DataGap ? 0 : Math.Abs((double)a.Sold.Value - a.Expected))
        ));

    // Whether a location reported anything of any item on a day.
    private static Dictionary<LocationId, bool[]> Reported(SalesHistory history)
    {
        var reported = new Dictionary<LocationId, bool[]>();
        foreach (var series in history.Series)
        {
            if (!reported.TryGetValue(series.Key.Location, out var days))
                reported[series.Key.Location] = days = new bool[history.Days];
            for (var day = Math.Max(0, history.Days - 400); day < days.Length; day++)
                days[day] |= !float.IsNaN(series.Units[day]);
        }
        return reported;
    }
}
