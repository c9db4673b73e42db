using Stockgate.Domain.Events;
using Stockgate.Domain.Forecasting.Runs;
using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Forecasting.Returns;

/// <summary>Training settings of the returns model.</summary>
public sealed record ReturnsSettings
{
    /// <summary>The return period in days, 1 to 366; later returns are ignored.</summary>
    public int Days { get; init; } = 30;

    /// <summary>Share of the lines, the last ones, that the model is tested on; above 0, below 1.</summary>
    public double HeldOut { get; init; } = 0.25;

    /// <summary>Lines that are learned from at most: the latest.</summary>
    public int MostRows { get; init; } = 400_000;

    /// <summary>Growth of the trees.</summary>
    public TreeSettings Trees { get; init; } =
        new()
        {
            Rounds = 80,
            Leaves = 16,
            LearningRate = 0.06,
            LeastWeight = 5,
            Lambda = 10,
            RowShare = 0.7,
            FeatureShare = 0.7,
            Bins = 64,
        };
}

/// <summary>
/// Predicts the probability that an order line is returned. Tested on the last lines, trained only on earlier data; if it does not beat
/// chance there or is not calibrated, the overall return rate is used for each line.
/// </summary>
public sealed class ReturnsModel
{
    private readonly ReturnsPast past;
    private readonly TreeModel? trees;

    private ReturnsModel(ReturnsPast past, TreeModel? trees, double rate, ChanceScore backtest, string words) =>
        (this.past, this.trees, Rate, Backtest, Words) = (past, trees, rate, backtest, words);

    /// <summary>The share of all lines that came back.</summary>
    public double Rate { get; }

    /// <summary>How the trees did on the lines that were held out, whether they are used or not.</summary>
    public ChanceScore Backtest { get; }

    /// <summary>Whether the trees speak; else it is the rate.</summary>
    public bool UsesTrees => trees is not null;

    /// <summary>What the trees went by, the greatest first; empty if they don't speak.</summary>
    public IReadOnlyList<FeatureShare> Importance => trees?.Importance() ?? [];

    /// <summary>What is used, and why.</summary>
    public string Words { get; }

    /// <summary>Learns and tests.</summary>
    /// <param name="lines">In any order; those after <paramref name="asOf"/>, and those of no units, are not looked at.</param>
    /// <param name="asOf">The last day that is known.</param>
    /// <param name="settings">Null: the defaults.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static ReturnsModel Train(
        IReadOnlyList<OrderLineFact> lines,
        DateOnly asOf,
        ReturnsSettings? settings = null,
        CancellationToken cancellationToken = default
    )
    {
        var how = Checked(settings ?? new ReturnsSettings());
        var known = lines.Where(l => l.Day <= asOf && l.Quantity > 0).OrderBy(static l => l.Day).ToArray();
        var past = new ReturnsPast();
        var table = past.Walk(known, asOf);
        var came = known.Select(l => l.ReturnedOn is { } day && day >= l.Day && day <= asOf && day <= l.Day.AddDays(how.Days)).ToArray();
        // What was sold lately can still come back: its answer is not known.
        var settled = LowerBound(known, asOf.AddDays(-how.Days + 1));
        var rate = settled == 0 ? 0 : came.Take(settled).Count(static c => c) / (double)settled;
        var split = (int)(settled * (1 - how.HeldOut));
        var learned = split == 0 ? 0 : LowerBound(known, known[split].Day.AddDays(-how.Days));
        var before = learned == 0 ? rate : came.Take(learned).Count(static c => c) / (double)learned;
        if (learned == 0 || came.Take(learned).All(static c => !c))
            return new ReturnsModel(
                past,
                null,
                rate,
                ChanceScore.Of([], [], rate),
                $"{settled} lines are old enough for training, too few or without a return: {rate:P1} is used for each"
            );
        var tested = Grow(table, came, Math.Max(0, learned - how.MostRows), learned, how, cancellationToken)
            .Predict(Chances.Rows(table, split, settled));
        var backtest = ChanceScore.Of(tested, came[split..settled], before);
        if (!backtest.Ranks)
            return new ReturnsModel(
                past,
                null,
                rate,
                backtest,
                $"The trees do not separate returns from other lines: {backtest.Words}. {rate:P1} is used for each line"
            );
        if (!backtest.Calibrated)
            return new ReturnsModel(
                past,
                null,
                rate,
                backtest,
                $"The trees' probabilities are not calibrated: {backtest.Words}. {rate:P1} is used for each line"
            );
        return new ReturnsModel(
            past,
            Grow(table, came, Math.Max(0, settled - how.MostRows), settled, how, cancellationToken),
            rate,
            backtest,
            $"The trees are used: {backtest.Words}"
        );
    }

    /// <summary>The chance of each line to come back within the settings' days, 0 to 1; in the order of the lines.</summary>
    /// <param name="lines">Sold after what was learned from; of an order, all its lines. Their outcome is not used.</param>
    public IReadOnlyList<float> Predict(IReadOnlyList<OrderLineFact> lines) =>
        lines.Count == 0 ? [] : trees?.Predict(past.Of(lines)) ?? Enumerable.Repeat((float)Rate, lines.Count).ToArray();

    private static TreeModel Grow(
        FeatureTable table,
        bool[] came,
        int from,
        int to,
        ReturnsSettings settings,
        CancellationToken cancellationToken
    ) => Chances.Train(Chances.Rows(table, from, to), came.AsSpan(from, to - from), settings.Trees, cancellationToken);

    private static int LowerBound(OrderLineFact[] lines, DateOnly day)
    {
        var (low, high) = (0, lines.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (lines[middle].Day < day)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static ReturnsSettings Checked(ReturnsSettings settings)
    {
        if (settings.Days is < 1 or > 366)
            throw new ArgumentOutOfRangeException(nameof(settings), settings.Days, "The return period must be from 1 to 366 days.");
        if (settings.HeldOut is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(settings), settings.HeldOut, "The held-out share must be above 0 and below 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MostRows, 1, nameof(settings));
        return settings;
    }
}
