using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Stockgate.Domain.Forecasting.Features;
using Stockgate.Domain.Forecasting.Trees;
using Stockgate.TestSupport;

namespace Stockgate.Benchmarks.Forecasts;

/// <summary>The trees against XGBoost's <c>hist</c> on the same rows, with the same rounds, leaves and bins, in one run.</summary>
internal static class TreeRace
{
    public const int Rows = 1_215_243,
        Features = 38,
        Rounds = 400,
        Leaves = 64;

    /// <param name="Loss">What is made small.</param>
    /// <param name="Seconds">Training.</param>
    /// <param name="RowsPerSecond">Predicting with all trees.</param>
    /// <param name="Other">XGBoost's seconds, and its rows per second; null where it is not on this machine.</param>
    public sealed record Leg(string Loss, double Seconds, double RowsPerSecond, (double Seconds, double RowsPerSecond)? Other);

    /// <param name="BinSeconds">Making bins of the rows.</param>
    /// <param name="SmallRowsPerSecond">Predicting with a model of the size that a run uses: 150 trees of 32 leaves.</param>
    /// <param name="PeakMiB">Of this process while it trains.</param>
    public sealed record Result(double BinSeconds, IReadOnlyList<Leg> Legs, double SmallRowsPerSecond, double PeakMiB);

    public static Result Run(string root)
    {
        var (labels, table, binSeconds, file) = Binned(root);
        // What the rows were made of is not part of training; its memory is given back first.
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var (legs, peak) = (new List<Leg>(), 0L);
        foreach (var loss in new[] { Loss.Squared, Loss.Tweedie(1.1) })
        {
            Console.WriteLine($"  {Rounds} rounds of {Leaves} leaves, {loss.Name} …");
            var began = Stopwatch.GetTimestamp();
            var model = BoostedTrees.Train(
                new TrainingRows(table, labels),
                loss,
                new TreeSettings { Rounds = Rounds, Leaves = Leaves },
                progress: new Each(() => peak = Math.Max(peak, Environment.WorkingSet))
            );
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            legs.Add(new Leg(loss.Name, seconds, PerSecond(model, table), Xgboost(root, file, loss)));
        }
        var small = BoostedTrees.Train(new TrainingRows(table, labels), Loss.Tweedie(1.1), new TreeSettings { Rounds = 150, Leaves = 32 });
        File.Delete(file);
        return new Result(binSeconds, legs, PerSecond(small, table), peak / 1048576.0);
    }

    private sealed class Each(Action look) : IProgress<double>
    {
        public void Report(double value) => look();
    }

    private static (float[] Labels, BinnedTable Table, double Seconds, string File) Binned(string root)
    {
        var history = M5.Load(1913);
        var all = DemandRows.ToLearn(history, new DemandFeatures(history), new RowSampling(4, 7, 0.36, 1));
        if (all.Units.Length < Rows)
            throw new InvalidOperationException($"Only {all.Units.Length} rows were made; {Rows} are needed.");
        var table = new FeatureTable(
            [.. DemandFeatures.Columns.Take(Features).Select(static f => f with { Categorical = false, Monotone = 0 })],
            Rows
        );
        for (var f = 0; f < Features; f++)
            all.Table.Columns[f].AsSpan(0, Rows).CopyTo(table.Columns[f]);
        var labels = all.Units[..Rows];
        var file = Path.Combine(root, ".stockgate", "benchmarks", "rows.bin");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using (var stream = File.Create(file))
        {
            foreach (var column in table.Columns)
                stream.Write(MemoryMarshal.AsBytes(column.AsSpan()));
            stream.Write(MemoryMarshal.AsBytes(labels.AsSpan()));
        }
        var began = Stopwatch.GetTimestamp();
        var binned = BinnedTable.Of(table, Binning.Of(table));
        return (labels, binned, Stopwatch.GetElapsedTime(began).TotalSeconds, file);
    }

    private static double PerSecond(TreeModel model, BinnedTable table)
    {
        var best = double.PositiveInfinity;
        for (var i = 0; i < 3; i++)
        {
            var began = Stopwatch.GetTimestamp();
            model.Predict(table);
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        return Rows / best;
    }

    private static (double, double)? Xgboost(string root, string file, Loss loss)
    {
        // Debian's python3-xgboost belongs to Debian's own python3.
        var python = Environment.GetEnvironmentVariable("STOCKGATE_PYTHON") ?? "/usr/bin/python3";
        string[] arguments =
        [
            Path.Combine(root, "tests", "Benchmarks", "Forecasts", "xgboost_race.py"),
            file,
            $"{Rows}",
            $"{Features}",
            $"{Rounds}",
            $"{Leaves}",
            loss.Name,
        ];
        return Python.Run(python, arguments)?.Split(' ') is [var seconds, var perSecond]
            ? (double.Parse(seconds, CultureInfo.InvariantCulture), double.Parse(perSecond, CultureInfo.InvariantCulture))
            : null;
    }
}
