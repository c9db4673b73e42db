using System.Globalization;
using Stockgate.Domain.Forecasting.Returns;
using Stockgate.Domain.Forecasting.Runs;
using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Forecasting.Churn;

/// <summary>Training settings of the repeat-purchase model.</summary>
public sealed record ChurnSettings
{
    /// <summary>Days within which a customer buys again or is taken to be gone; 1 to 730.</summary>
    public int Days { get; init; } = 90;

    /// <summary>Customers without a purchase in this many days are excluded.</summary>
    public int Active { get; init; } = 365;

    /// <summary>Days from one origin that is learned from to the next.</summary>
    public int Stride { get; init; } = 14;

    /// <summary>Origins of the backtest at most, 1 to 12.</summary>
    public int Origins { get; init; } = 3;

    /// <summary>Days between them.</summary>
    public int OriginStride { get; init; } = 30;

    /// <summary>Days that have to be known before an origin.</summary>
    public int LeastDays { get; init; } = 60;

    /// <summary>Rows that are learned from at most; of more, the latest origins.</summary>
    public int MostRows { get; init; } = 400_000;

    /// <summary>Growth of the trees.</summary>
    public TreeSettings Trees { get; init; } =
        new()
        {
            Rounds = 80,
            Leaves = 12,
            LearningRate = 0.06,
            LeastWeight = 10,
            Lambda = 10,
            RowShare = 0.7,
            FeatureShare = 0.7,
            Bins = 64,
        };
}

/// <summary>The probability that a customer buys again.</summary>
/// <param name="Customer">A pseudonym.</param>
/// <param name="Chance">To buy within the settings' days, 0 to 1.</param>
public sealed record ChanceToBuy(CustomerKey Customer, double Chance);

/// <summary>The backtest of a predictor at rolling origins, trained only on data before each origin.</summary>
/// <param name="Trees">Everything that is known of a customer.</param>
/// <param name="Recency">Only the days since the last purchase: what any model has to beat.</param>
/// <param name="Origins">The days after which it was tested, the newest first.</param>
public sealed record ChurnBacktest(ChanceScore Trees, ChanceScore Recency, IReadOnlyList<DateOnly> Origins);

/// <summary>Predicts which customers buy again. If the trees do not beat the days since the last purchase, those alone are used.</summary>
public sealed class ChurnModel
{
    private ChurnModel(
        IReadOnlyList<ChanceToBuy> customers,
        bool usesTrees,
        ChurnBacktest backtest,
        IReadOnlyList<FeatureShare> importance,
        string words
    ) => (Customers, UsesTrees, Backtest, Importance, Words) = (customers, usesTrees, backtest, importance, words);

    /// <summary>Active customers, those that are most likely gone first.</summary>
    public IReadOnlyList<ChanceToBuy> Customers { get; }

    /// <summary>Whether all features speak; else it is the days since the last purchase alone.</summary>
    public bool UsesTrees { get; }

    public ChurnBacktest Backtest { get; }

    /// <summary>What the model went by, the greatest first.</summary>
    public IReadOnlyList<FeatureShare> Importance { get; }

    /// <summary>What is used, and why.</summary>
    public string Words { get; }

    /// <summary>Trains, tests and predicts for every active customer.</summary>
    /// <param name="lines">In any order; those after <paramref name="asOf"/>, of no units or of nobody are not looked at.</param>
    /// <param name="asOf">The last day that is known.</param>
    /// <param name="settings">Null: the defaults.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static ChurnModel Train(
        IReadOnlyList<OrderLineFact> lines,
        DateOnly asOf,
        ChurnSettings? settings = null,
        CancellationToken cancellationToken = default
    )
    {
        var how = Checked(settings ?? new ChurnSettings());
        var channels = new Dictionary<string, int>(StringComparer.Ordinal);
        var customers = lines
            .Where(l => l.Customer is not null && l.Day <= asOf && l.Quantity > 0)
            .GroupBy(static l => l.Customer!.Value)
            .OrderBy(static g => g.Key.Value, StringComparer.Ordinal)
            .Select(g => new CustomerPast(g.Key, g, channels))
            .ToArray();
        var active = customers.Where(c => c.Active(asOf, how.Active)).ToArray();
        var none = new ChurnBacktest(ChanceScore.Of([], [], 0), ChanceScore.Of([], [], 0), []);
        if (customers.Length == 0)
            return new ChurnModel([], false, none, [], "No customer is known.");
        var first = lines.Where(static l => l.Customer is not null && l.Quantity > 0).Min(static l => l.Day).AddDays(how.LeastDays);
        var origins = Enumerable
            .Range(0, how.Origins)
            .Select(k => asOf.AddDays(-how.Days - k * how.OriginStride))
            .Where(o => o.AddDays(-how.Days) >= first)
            .ToArray();
        var latest = Learn(customers, first, asOf, how, cancellationToken);
        if (latest is null)
            return new ChurnModel(
                [],
                false,
                none,
                [],
                $"Fewer than {how.LeastDays + how.Days} days are known, or all or none of the customers bought again: repeat purchases can't be predicted"
            );
        var backtest = Test(customers, origins, first, how, cancellationToken);
        var (all, recency) = (backtest.Trees, backtest.Recency);
        var wins = all.Ranks && all.Auc > recency.Auc && (all.Calibrated || all.Brier <= recency.Brier);
        var rows = Rows(active, [asOf], how.Active);
        var chances = (wins ? latest.Value.All.Predict(rows.Table) : latest.Value.Recency.Predict(Recency(rows.Table))).Zip(
            rows.Customers,
            static (chance, c) => new ChanceToBuy(c.Key, chance)
        );
        var words =
            backtest.Origins.Count == 0 ? "The history is too short to test the trees: the days since the last purchase are used"
            : wins
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"All features are used: {all.Words}; the days since the last purchase alone have an AUC of {recency.Auc:0.000}"
                )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Only the days since the last purchase are used, with an AUC of {recency.Auc:0.000}: all features together did no better. {all.Words}"
            );
        return new ChurnModel(
            [.. chances.OrderBy(static c => c.Chance).ThenBy(static c => c.Customer.Value, StringComparer.Ordinal)],
            wins,
            backtest,
            (wins ? latest.Value.All : latest.Value.Recency).Importance(),
            words
        );
    }

    private static ChurnBacktest Test(
        CustomerPast[] customers,
        DateOnly[] origins,
        DateOnly first,
        ChurnSettings how,
        CancellationToken cancellationToken
    )
    {
        var (all, recency, came, before, tested) = (
            new List<float>(),
            new List<float>(),
            new List<bool>(),
            new List<double>(),
            new List<DateOnly>()
        );
        foreach (var origin in origins)
        {
            if (Learn(customers, first, origin, how, cancellationToken) is not { } learned)
                continue;
            var rows = Rows(customers, [origin], how.Active);
            all.AddRange(learned.All.Predict(rows.Table));
            recency.AddRange(learned.Recency.Predict(Recency(rows.Table)));
            came.AddRange(rows.Customers.Select(c => c.Buys(origin, how.Days)));
            before.Add(learned.Rate);
            tested.Add(origin);
        }
        var rate = before.Count == 0 ? 0 : before.Average();
        return new ChurnBacktest(ChanceScore.Of(all, came, rate), ChanceScore.Of(recency, came, rate), tested);
    }

    // Only origins whose answers are known on that day.
    private static (TreeModel All, TreeModel Recency, double Rate)? Learn(
        CustomerPast[] customers,
        DateOnly first,
        DateOnly asOf,
        ChurnSettings how,
        CancellationToken cancellationToken
    )
    {
        var (origins, rows) = (new List<DateOnly>(), 0);
        for (var origin = asOf.AddDays(-how.Days); origin >= first; origin = origin.AddDays(-how.Stride))
        {
            var active = customers.Count(c => c.Active(origin, how.Active));
            if (origins.Count > 0 && rows + active > how.MostRows)
                break;
            (rows, origins) = (rows + active, [.. origins, origin]);
        }
        var learned = Rows(customers, origins, how.Active);
        var came = learned.Customers.Select((c, i) => c.Buys(learned.Origins[i], how.Days)).ToArray();
        if (came.Length == 0 || came.All(static c => c) || came.All(static c => !c))
            return null;
        return (
            Chances.Train(learned.Table, came, how.Trees, cancellationToken),
            Chances.Train(Recency(learned.Table), came, how.Trees with { FeatureShare = 1, Leaves = 4 }, cancellationToken),
            came.Count(static c => c) / (double)came.Length
        );
    }

    private static (FeatureTable Table, CustomerPast[] Customers, DateOnly[] Origins) Rows(
        CustomerPast[] customers,
        IReadOnlyList<DateOnly> origins,
        int within
    )
    {
        var cases = origins.SelectMany(o => customers.Where(c => c.Active(o, within)).Select(c => (Customer: c, Origin: o))).ToArray();
        var table = new FeatureTable(CustomerPast.Columns, cases.Length);
        Parallel.For(0, cases.Length, i => cases[i].Customer.Write(cases[i].Origin, table, i));
        return (table, [.. cases.Select(static c => c.Customer)], [.. cases.Select(static c => c.Origin)]);
    }

    private static FeatureTable Recency(FeatureTable table)
    {
        var alone = new FeatureTable([CustomerPast.Columns[0]], table.Rows);
        table.Columns[0].CopyTo(alone.Columns[0], 0);
        return alone;
    }

    private static ChurnSettings Checked(ChurnSettings settings)
    {
        if (
            settings.Days is < 1 or > 730
            || settings.Active < 1
            || settings.Stride < 1
            || settings.OriginStride < 1
            || settings.LeastDays < 1
            || settings.MostRows < 1
            || settings.Origins is < 1 or > 12
        )
            throw new ArgumentOutOfRangeException(
                nameof(settings),
                settings,
                "Days are 1 to 730, origins 1 to 12, and all others 1 or more."
            );
        return settings;
    }
}
