using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Forecasting.Features;

/// <summary>Which of the past's days trees are trained on.</summary>
/// <param name="Years">Years back from the last day that origins are taken from.</param>
/// <param name="Stride">Days from one origin to the next.</param>
/// <param name="Share">Share of an origin's days that become rows, drawn by chance.</param>
/// <param name="Seed">Chance begins here.</param>
internal sealed record RowSampling(int Years, int Stride, double Share, int Seed)
{
    /// <summary>Origins have at least so many days behind them: a year for what was then, and a month.</summary>
    public const int LeastPast = 400;

    /// <summary>Origins, ascending. Short histories begin earlier and know less.</summary>
    public int[] Origins(int days)
    {
        var earliest = Math.Max(Math.Min(LeastPast, days / 2), days - Years * 364);
        return
        [
            .. Enumerable
                .Range(0, 1 + Math.Max(0, days - 1 - earliest) / Stride)
                .Select(i => days - 1 - i * Stride)
                .Where(static o => o > 0)
                .Reverse(),
        ];
    }
}

/// <summary>Features and answers of many series, origins and days ahead.</summary>
/// <param name="Table">Features of each row.</param>
/// <param name="Units">Answers; zeros where they are to be forecast.</param>
/// <param name="Offsets">What the trees start from.</param>
/// <param name="Starts">Where the rows of each series begin; one more for the end.</param>
internal sealed record DemandRows(FeatureTable Table, float[] Units, float[] Offsets, int[] Starts)
{
    /// <summary>
    /// Rows to learn from: days up to the last, each as it would have been forecast from an origin before it. Days that are censored or
    /// closed are left out.
    /// </summary>
    public static DemandRows ToLearn(SalesHistory history, DemandFeatures features, RowSampling sampling)
    {
        var origins = sampling.Origins(history.Days);
        bool Taken(int series, int origin, int ahead)
        {
            var day = origin + ahead;
            return day < history.Days
                && SeriesPast.Counts(history.Series[series], day)
                && Chance(sampling.Seed, series, origin, ahead) < sampling.Share;
        }
        return Build(history, features, origins, Taken);
    }

    /// <summary>Rows to forecast: every series and every day of the horizon, in the order of a <see cref="ForecastGrid"/>.</summary>
    public static DemandRows ToForecast(SalesHistory history, DemandFeatures features) =>
        Build(history, features, [history.Days], static (_, _, _) => true);

    private static DemandRows Build(SalesHistory history, DemandFeatures features, int[] origins, Func<int, int, int, bool> taken)
    {
        var starts = new int[history.Series.Count + 1];
        // A day or two are too few for any origin to learn from.
        var learning = origins.Length == 0 || origins[^1] < history.Days;
        Parallel.For(
            0,
            history.Series.Count,
            series =>
            {
                var first = learning ? FirstSale(history, series) : 0;
                foreach (var origin in origins)
                    for (var ahead = 0; ahead < history.Horizon && (!learning || first < origin - 7); ahead++)
                        if (taken(series, origin, ahead))
                            starts[series + 1]++;
            }
        );
        for (var series = 0; series < history.Series.Count; series++)
            starts[series + 1] += starts[series];
        var rows = new DemandRows(
            new FeatureTable(DemandFeatures.Columns, starts[^1]),
            new float[starts[^1]],
            new float[starts[^1]],
            starts
        );
        Parallel.For(
            0,
            history.Series.Count,
            features.Past,
            (series, _, past) =>
            {
                if (starts[series] == starts[series + 1])
                    return past;
                features.Load(past, series);
                Span<float> x = stackalloc float[DemandFeatures.Columns.Length];
                var row = starts[series];
                foreach (var origin in origins)
                {
                    if (learning && !DemandFeatures.Usable(past, origin))
                        continue;
                    for (var ahead = 0; ahead < history.Horizon; ahead++)
                    {
                        if (!taken(series, origin, ahead))
                            continue;
                        rows.Offsets[row] = features.Fill(past, series, origin, ahead, x);
                        for (var f = 0; f < x.Length; f++)
                            rows.Table.Columns[f][row] = x[f];
                        if (learning)
                            rows.Units[row] = history.Series[series].Units[origin + ahead];
                        row++;
                    }
                }
                return past;
            },
            static _ => { }
        );
        return rows;
    }

    private static int FirstSale(SalesHistory history, int series) =>
        history.Series[series].Units.AsSpan(0, history.Days).IndexOfAnyInRange(float.Epsilon, float.MaxValue) is var first and >= 0
            ? first
            : history.Days;

    /// <summary>
    /// A number from 0 to 1 that depends on nothing but its arguments (Steele, Lea and Flood 2014, the finalizer of SplitMix64).
    /// </summary>
    private static double Chance(int seed, int series, int origin, int ahead)
    {
        var z = unchecked(((ulong)(uint)series << 32 | (uint)(origin * 64 + ahead)) + (ulong)(uint)seed * 0x9E3779B97F4A7C15UL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return (z ^ (z >> 31)) / (double)ulong.MaxValue;
    }
}
