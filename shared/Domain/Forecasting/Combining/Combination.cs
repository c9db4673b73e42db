using Stockgate.Domain.Forecasting.Backtesting;
using Stockgate.Domain.Forecasting.Baselines;
using Stockgate.Domain.Forecasting.Features;
using Stockgate.Domain.Forecasting.Runs;

namespace Stockgate.Domain.Forecasting.Combining;

/// <summary>Weighted means of forecasts.</summary>
internal static class Combination
{
    // Where a segment's own past has not spoken yet: three parts trees, one part smoothing did best over six months of the M5 subset
    // before d_1914 (docs/adr/0013).
    private static readonly string[] Usual = [DemandTrees.MethodName, DemandTrees.MethodName, DemandTrees.MethodName, new Ets().Name];

    private const int Picks = 8;

    // Less than this is as likely chance as merit.
    private const double WorthAdding = 0.0005;

    /// <summary>
    /// Methods and weights for some series: from what is usually good on, again and again the method whose addition to the mean helps
    /// most, as long as it helps (Caruana et al. 2004). A method may be added more than once: that is how weights come about. A few
    /// months are a small sample, and the best of many choices on them is partly luck: what is usual keeps half of the weight.
    /// </summary>
    /// <param name="origins">One or more; their scores are averaged.</param>
    /// <param name="series">The series of a segment.</param>
    public static IReadOnlyList<MethodWeight> Choose(IReadOnlyList<OriginForecasts> origins, IReadOnlyCollection<int> series)
    {
        var names = origins[0].Methods.Keys.Where(m => origins.All(o => o.Methods.ContainsKey(m))).Order(StringComparer.Ordinal).ToArray();
        var picked = new List<string>();
        var sums = origins
            .Select(static o => new ForecastGrid(o.Methods.Values.First().Series, o.Methods.Values.First().Horizon))
            .ToArray();
        foreach (var name in Usual.Where(names.Contains))
            Pick(name);
        var best = picked.Count == 0 ? double.PositiveInfinity : Score(origins, series, sums, null, picked.Count);
        while (picked.Count < Picks)
        {
            var scored = names
                .AsParallel()
                .AsOrdered()
                .Select(name => (Name: name, Score: Score(origins, series, sums, name, picked.Count)))
                .MinBy(static c => c.Score);
            if (!(scored.Score < best * (1 - (picked.Count == 0 ? 0 : WorthAdding))))
                break;
            best = scored.Score;
            Pick(scored.Name);
        }
        return
        [
            .. picked
                .GroupBy(static m => m, StringComparer.Ordinal)
                .Select(g => new MethodWeight(g.Key, g.Count() / (double)picked.Count))
                .OrderByDescending(static w => w.Weight)
                .ThenBy(static w => w.Method, StringComparer.Ordinal),
        ];

        void Pick(string name)
        {
            picked.Add(name);
            for (var o = 0; o < origins.Count; o++)
                foreach (var i in series)
                    Add(origins[o].Methods[name][i], sums[o][i], 1);
        }
    }

    /// <summary>The weighted mean for some series, written into a grid.</summary>
    /// <returns>False if a method that has a weight is not there.</returns>
    public static bool Mix(
        IReadOnlyDictionary<string, ForecastGrid> methods,
        IReadOnlyList<MethodWeight> weights,
        IEnumerable<int> series,
        ForecastGrid into
    )
    {
        if (weights.Count == 0 || weights.Any(w => !methods.ContainsKey(w.Method)))
            return false;
        foreach (var i in series)
        {
            into[i].Clear();
            foreach (var weight in weights)
                Add(methods[weight.Method][i], into[i], (float)weight.Weight);
        }
        return true;
    }

    private static double Score(
        IReadOnlyList<OriginForecasts> origins,
        IReadOnlyCollection<int> series,
        ForecastGrid[] sums,
        string? name,
        int picked
    )
    {
        var (sum, share) = (0.0, 1f / (picked + (name is null ? 0 : 1)));
        Span<float> mean = stackalloc float[sums[0].Horizon];
        for (var o = 0; o < origins.Count; o++)
        {
            double weighted = 0,
                weight = 0;
            foreach (var i in series)
            {
                for (var day = 0; day < mean.Length; day++)
                    mean[day] = (sums[o][i][day] + (name is null ? 0 : origins[o].Methods[name][i][day])) * share;
                var rmsse = origins[o].Accuracy.Rmsse(i, mean);
                if (!double.IsNaN(rmsse))
                    (weighted, weight) = (weighted + origins[o].Accuracy.Weight(i) * rmsse, weight + origins[o].Accuracy.Weight(i));
            }
            sum += weight > 0 ? weighted / weight : 0;
        }
        return sum / origins.Count;
    }

    private static void Add(ReadOnlySpan<float> more, Span<float> to, float times)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] += times * more[i];
    }
}
