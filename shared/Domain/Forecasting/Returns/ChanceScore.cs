using System.Globalization;
using Stockgate.Domain.Forecasting.Suppliers;

namespace Stockgate.Domain.Forecasting.Returns;

/// <summary>A decile of the cases, by forecast probability.</summary>
/// <param name="Cases">How many.</param>
/// <param name="Forecast">Their mean chance.</param>
/// <param name="Came">The share of them that came true, with its interval of 95 %.</param>
public sealed record CalibrationTenth(int Cases, double Forecast, ShareInterval Came);

/// <summary>The score of forecast probabilities on held-out cases.</summary>
/// <param name="Cases">How many.</param>
/// <param name="Rate">The share that came true.</param>
/// <param name="Auc">The chance that a case that came true was forecast higher than one that didn't; 0.5 is a coin's, 1 the best.</param>
/// <param name="AucError">Its standard error (Hanley and McNeil 1982, Radiology 143).</param>
/// <param name="Brier">Mean squared error of the chances; 0 is the best.</param>
/// <param name="SimpleBrier">That of one and the same chance for all: the rate that was known before.</param>
/// <param name="Off">Mean distance of the tenths' forecasts from the intervals of what came, 0 to 1; 0 where each lies inside.</param>
/// <param name="Tenths">The lowest chances first; fewer than ten where there are fewer than ten cases.</param>
public sealed record ChanceScore(
    int Cases,
    double Rate,
    double Auc,
    double AucError,
    double Brier,
    double SimpleBrier,
    double Off,
    IReadOnlyList<CalibrationTenth> Tenths
)
{
    /// <summary>The maximum calibration error, relative to the rate.</summary>
    private const double MostOff = 0.25;

    private const int Fewest = 10;

    /// <summary>
    /// Whether the order of the chances is more than luck: AUC is above 0.5 by more than its error, and there are ten cases of either
    /// kind.
    /// </summary>
    public bool Ranks => Math.Min(Rate, 1 - Rate) * Cases >= Fewest && Auc > 0.5 + AucError;

    /// <summary>
    /// Whether the probabilities are calibrated: not worse than the constant rate, and off by at most a quarter of the rate (or of 1 −
    /// rate, if smaller).
    /// </summary>
    public bool Calibrated => Cases > 0 && Brier <= SimpleBrier && Off <= MostOff * Math.Min(Rate, 1 - Rate);

    public string Words =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Cases} cases, event rate {Rate:P1}; AUC {Auc:0.000} ± {AucError:0.000}, Brier score {Brier:0.0000} against {SimpleBrier:0.0000} of the constant rate, calibration error {Off:P2}"
        );

    /// <param name="chances">0 to 1.</param>
    /// <param name="came">Whether each came true, in the same order.</param>
    /// <param name="rateBefore">The rate that was known before.</param>
    public static ChanceScore Of(IReadOnlyList<float> chances, IReadOnlyList<bool> came, double rateBefore)
    {
        if (chances.Count != came.Count)
            throw new ArgumentException($"{chances.Count} probabilities for {came.Count} cases.", nameof(came));
        var (count, hits) = (came.Count, came.Count(static c => c));
        var order = Enumerable.Range(0, count).OrderBy(i => chances[i]).ThenBy(static i => i).ToArray();
        var auc = AucOf(chances, came, order);
        var tenths = Enumerable
            .Range(0, 10)
            .Select(t => order[(int)((long)count * t / 10)..(int)((long)count * (t + 1) / 10)])
            .Where(static t => t.Length > 0)
            .Select(t => new CalibrationTenth(
                t.Length,
                t.Average(i => (double)chances[i]),
                ShareInterval.Of(t.Count(i => came[i]), t.Length)
            ))
            .ToArray();
        var off =
            count == 0 ? 0 : tenths.Sum(t => t.Cases * Math.Max(0, Math.Max(t.Came.Low - t.Forecast, t.Forecast - t.Came.High))) / count;
        double Square(Func<int, double> forecast) =>
            count == 0 ? 0 : Enumerable.Range(0, count).Average(i => Math.Pow(forecast(i) - (came[i] ? 1 : 0), 2));
        return new ChanceScore(
            count,
            count == 0 ? 0 : (double)hits / count,
            auc,
            ErrorOf(auc, hits, count - hits),
            Square(i => chances[i]),
            Square(_ => rateBefore),
            off,
            tenths
        );
    }

    // Mann and Whitney's, by ranks; equal ones share theirs.
    private static double AucOf(IReadOnlyList<float> chances, IReadOnlyList<bool> came, int[] order)
    {
        var (ranks, hits) = (0.0, 0L);
        for (var from = 0; from < order.Length; )
        {
            var to = from;
            var inTie = 0;
            for (; to < order.Length && chances[order[to]] == chances[order[from]]; to++)
                inTie += came[order[to]] ? 1 : 0;
            (ranks, hits, from) = (ranks + inTie * ((from + 1 + to) / 2.0), hits + inTie, to);
        }
        var misses = order.Length - hits;
        return hits == 0 || misses == 0 ? 0.5 : (ranks - hits * (hits + 1) / 2.0) / ((double)hits * misses);
    }

    private static double ErrorOf(double auc, int hits, int misses)
    {
        if (hits == 0 || misses == 0)
            return 0.5;
        var (q1, q2) = (auc / (2 - auc), 2 * auc * auc / (1 + auc));
        return Math.Sqrt(
            Math.Max(0, auc * (1 - auc) + (hits - 1) * (q1 - auc * auc) + (misses - 1) * (q2 - auc * auc)) / ((double)hits * misses)
        );
    }
}
