using Stockgate.Domain.Forecasting.Elasticity;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Promotions;

namespace Stockgate.Domain.Forecasting.Advice;

/// <summary>Promotion uplifts and price elasticities, estimated once.</summary>
internal sealed class PriceAdvice
{
    private const int MostSeries = 30;

    private static readonly Sku Nobody = new(string.Empty);

    private readonly Dictionary<Sku, PromotionUplift> items;
    private readonly Dictionary<string, PromotionUplift?> categories;

    public PriceAdvice(AdviceContext known, CancellationToken cancellationToken)
    {
        var (history, most) = (known.Input.History, known.Input.Settings.MostEntries);
        var learned = PromotionUplifts.Learn(history);
        var offered = known.Input.Offers.Select(static o => o.Sku).ToHashSet();
        var promoted = new bool[known.Count];
        Parallel.For(
            0,
            known.Count,
            i =>
                promoted[i] =
                    offered.Contains(history.Series[i].Key.Sku) || history.Series[i].Marks.AsSpan(0, history.Days).IndexOfAny(Promoted) >= 0
        );
        var asked = Enumerable
            .Range(0, known.Count)
            .Where(i => promoted[i])
            .GroupBy(i => history.Series[i].Key.Sku)
            .Select(g =>
                (Sku: g.Key, history.Series[g.First()].Category, Planned: offered.Contains(g.Key), Revenue: g.Sum(i => known.Revenue[i]))
            )
            .OrderByDescending(static g => g.Planned)
            .ThenByDescending(static g => g.Revenue)
            .ThenBy(static g => g.Sku.Value, StringComparer.Ordinal)
            .ToArray();
        var found = asked
            .Take(most)
            .AsParallel()
            .AsOrdered()
            .WithCancellation(cancellationToken)
            .Select(a => (a.Sku, a.Category, a.Revenue, Uplift: learned.For(a.Sku, a.Category)))
            .Where(static a => a.Uplift is not null)
            .ToArray();
        items = found.ToDictionary(static a => a.Sku, static a => a.Uplift!);
        // An item without promotions of its own gets its category's, which is worked out once.
        categories = history
            .Series.Select(static s => s.Category)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(static c => c, c => learned.For(Nobody, c), StringComparer.Ordinal);
        Uplifts = new(
            [
                .. found
                    .OrderByDescending(static a => a.Revenue)
                    .ThenBy(static a => a.Sku.Value, StringComparer.Ordinal)
                    .Select(static a => new ItemUplift(a.Sku, a.Category, a.Uplift!)),
            ],
            Math.Max(0, asked.Length - most)
        );
        Elasticities = Responses(known, cancellationToken);
        if (learned.Items == 0)
            known.Remarks.Add("No past promotion could be evaluated: uplifts are unknown, and no item counts as safe to advertise.");
    }

    public Bounded<ItemUplift> Uplifts { get; }

    public Bounded<PriceResponse> Elasticities { get; }

    /// <summary>Null if no promotion of any item is known.</summary>
    public PromotionUplift? Uplift(Sku sku, string category) =>
        items.TryGetValue(sku, out var own) ? own : categories.GetValueOrDefault(category);

    private static readonly DayMarks[] Promoted =
    [
        .. Enumerable.Range(0, 8).Select(static m => (DayMarks)m).Where(static m => (m & DayMarks.Promotion) != 0),
    ];

    private static Bounded<PriceResponse> Responses(AdviceContext known, CancellationToken cancellationToken)
    {
        var (history, most) = (known.Input.History, known.Input.Settings.MostInACategory);
        var moved = new bool[known.Count];
        Parallel.For(0, known.Count, i => moved[i] = Moved(history, history.Series[i]));
        var categories = Enumerable
            .Range(0, known.Count)
            .Where(i => moved[i])
            .GroupBy(i => history.Series[i].Category, StringComparer.Ordinal)
            .OrderBy(static c => c.Key, StringComparer.Ordinal)
            .Select(c =>
                (
                    Name: c.Key,
                    Items: c.GroupBy(i => history.Series[i].Key.Sku)
                        .OrderByDescending(g => g.Sum(i => known.Revenue[i]))
                        .ThenBy(static g => g.Key.Value, StringComparer.Ordinal)
                        .ToArray()
                )
            )
            .ToArray();
        var responses = categories
            .AsParallel()
            .AsOrdered()
            .WithCancellation(cancellationToken)
            .Select(c =>
            {
                var items = c.Items.Take(most).ToArray();
                var points = items
                    .Select(g =>
                        (IReadOnlyList<PricePoint>)
                            [
                                .. g.OrderByDescending(i => known.Revenue[i])
                                    .Take(MostSeries)
                                    .SelectMany(i => PriceWeeks.Of(history, history.Series[i])),
                            ]
                    )
                    .ToArray();
                // The entry without points is the category's expectation for any other item.
                var measured = PriceElasticity.OfCategory(c.Name.Length > 0 ? c.Name : "no category", [.. points, []]);
                var own = items
                    .Select((g, k) => measured[k] is { Measured: not null } e ? new PriceResponse(c.Name, g.Key, e) : null)
                    .OfType<PriceResponse>();
                return (
                    Of: measured[^1] is { } category ? own.Prepend(new PriceResponse(c.Name, null, category)).ToArray() : [],
                    LeftOut: c.Items.Length - items.Length
                );
            })
            .ToArray();
        var bounded = Bounded<PriceResponse>.Of([.. responses.SelectMany(static r => r.Of)], known.Input.Settings.MostEntries);
        return bounded with { LeftOut = bounded.LeftOut + responses.Sum(static r => r.LeftOut) };
    }

    private static bool Moved(SalesHistory history, SalesSeries series)
    {
        var first = float.NaN;
        for (var day = 0; day < history.Days; day++)
        {
            if (!(series.Prices[day] > 0))
                continue;
            if (float.IsNaN(first))
                first = series.Prices[day];
            else if (Math.Abs(series.Prices[day] - first) > 0.005f * first)
                return true;
        }
        return false;
    }
}
