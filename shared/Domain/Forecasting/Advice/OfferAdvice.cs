using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.NewItems;
using Stockgate.Domain.Forecasting.Replenishment;
using Stockgate.Domain.Forecasting.Reports;

namespace Stockgate.Domain.Forecasting.Advice;

/// <summary>Recommendations of stock for planned promotions and new items.</summary>
internal static class OfferAdvice
{
    private const int MostPacks = 2000,
        LongestOffer = 366;

    private const int Week = 7,
        Settled = 56,
        MostLaunches = 200;

    /// <summary>The earliest offer first.</summary>
    public static List<(PlannedOffer Offer, OfferAllocation Allocation)> Allocations(AdviceContext known, PriceAdvice prices)
    {
        var (allocations, unknown, unlearned) = (new List<(PlannedOffer, OfferAllocation)>(), 0, 0);
        var offers = known
            .Input.Offers.Where(o =>
                o.Stock is { } s
                && s > Quantity.Zero
                && o.Pack > Quantity.Zero
                && o.Pack.Value == decimal.Truncate(o.Pack.Value)
                && o.Last >= o.First
                && o.Last >= known.Input.Today
                && o.Last.DayNumber - o.First.DayNumber < LongestOffer
            )
            .OrderBy(static o => o.First)
            .ThenBy(static o => (o.Promotion.Value, o.Sku.Value))
            .ToArray();
        if (known.Input.Offers.Count(static o => o.Stock is not null) is var given && given > offers.Length)
            known.Remarks.Add(
                $"{Plural.Of(given - offers.Length, "planned promotion has", "planned promotions have")} no allocation: they have ended, or their stock, packs or days are invalid."
            );
        foreach (var offer in offers.Take(known.Input.Settings.MostEntries))
        {
            var places = offer
                .Locations.Distinct()
                .Select(l => known.Index.GetValueOrDefault(new SeriesKey(offer.Sku, l), -1))
                .Where(static i => i >= 0)
                .ToArray();
            if (places.Length == 0)
            {
                unknown++;
                continue;
            }
            var uplift = prices.Uplift(offer.Sku, known.Input.History.Series[places[0]].Category);
            if (uplift is null)
                unlearned++;
            var at = places.Select(i => Place(known, i, offer, Math.Max(1, uplift?.Factor ?? 1))).ToArray();
            // A pack is a step; more steps than this would not spread it better in any way that a person could see.
            var pack = new Quantity(offer.Pack.Value * Math.Max(1, Math.Ceiling(offer.Stock!.Value.Value / offer.Pack.Value / MostPacks)));
            allocations.Add((offer, new OfferAllocation(offer.Promotion, offer.Sku, PromotionAllocation.Of(offer.Stock.Value, pack, at))));
        }
        if (unknown > 0)
            known.Remarks.Add(
                $"{Plural.Of(unknown, "planned promotion has", "planned promotions have")} items without a forecast at any of their locations; their stock can't be allocated."
            );
        if (unlearned > 0)
            known.Remarks.Add(
                $"{Plural.Of(unlearned, "planned promotion is", "planned promotions are")} allocated by usual sales, because no uplift is known."
            );
        return allocations;
    }

    public static IEnumerable<Recommendation> Sendings(
        AdviceContext known,
        IEnumerable<(PlannedOffer Offer, OfferAllocation Allocation)> allocations
    ) =>
        from a in allocations
        from place in a.Allocation.Allocation.Places
        where place.Quantity > Quantity.Zero
        let before = a.Offer.First.AddDays(-1)
        select new Recommendation(
            RecommendationKinds.Allocate,
            a.Offer.Sku,
            new LocationId(place.Place),
            place.Quantity,
            null,
            before > known.Input.Today ? before : known.Input.Today,
            $"For {a.Offer.Promotion}, {a.Offer.First:yyyy-MM-dd} to {a.Offer.Last:yyyy-MM-dd}: {place.Words}"
        );

    /// <summary>One for each location of each new item, the earliest first.</summary>
    public static List<Recommendation> NewItems(AdviceContext known)
    {
        var input = known.Input;
        if (input.NewItems.Count == 0)
            return [];
        var launches = input.Launches.Concat(Launches(known)).ToLookup(static l => l.Category, StringComparer.Ordinal);
        var everywhere = launches.SelectMany(static c => c.Take(MostLaunches / 4)).ToArray();
        var (recommended, unknown) = (new List<Recommendation>(), 0);
        foreach (
            var item in input
                .NewItems.OrderBy(static n => n.First)
                .ThenBy(static n => n.Sku.Value, StringComparer.Ordinal)
                .Take(input.Settings.MostOfAKind)
        )
        {
            var similar = launches[item.Category].Take(MostLaunches).ToArray();
            var forecast =
                item.Price.Amount <= 0
                    ? null
                    : NewItemForecast.Of(
                        item.Sku,
                        item.Category,
                        item.Price,
                        similar.Length >= 3 ? similar : everywhere,
                        input.Settings.NewItemWeeks
                    );
            if (forecast is not { Weeks.Count: > 0 })
            {
                unknown++;
                continue;
            }
            var (mean, low, high) = (
                forecast.Weeks.Sum(static w => w.Mean),
                forecast.Weeks.Sum(static w => w.P10),
                forecast.Weeks.Sum(static w => w.P90)
            );
            var quantity = new Quantity(Math.Ceiling((decimal)Math.Min(mean, 1e9)));
            foreach (var location in item.Locations.Distinct())
                recommended.Add(
                    new Recommendation(
                        RecommendationKinds.NewItem,
                        item.Sku,
                        location,
                        quantity,
                        item.Supplier?.Value,
                        item.First.AddDays(-1) is var by && by > input.Today ? by : input.Today,
                        $"Have {quantity} of {item.Sku} at {location} for its first {forecast.Weeks.Count} weeks from {item.First:yyyy-MM-dd}; 80 % interval {low:0} to {high:0}. {forecast.Words}",
                        item.Price * quantity
                    )
                );
        }
        if (unknown > 0)
            known.Remarks.Add(
                $"{Plural.Of(unknown, "new item")} can't be forecast: no earlier launch in their currency is known, or they have no price. Enter an expectation."
            );
        return recommended;
    }

    private static AllocationPlace Place(AdviceContext known, int i, PlannedOffer offer, double factor)
    {
        var (ahead, history) = (known.Ahead[i], known.Input.History);
        var from = Math.Max(0, offer.First.DayNumber - ahead.First.DayNumber);
        var days = Math.Max(1, offer.Last.DayNumber - ahead.First.DayNumber - from + 1);
        // A forecast that knew of the offer has its effect already.
        var mark = ahead.First.DayNumber + from - history.First.DayNumber;
        var knew = mark >= 0 && mark < history.Days + history.Horizon && (history.Series[i].Marks[mark] & DayMarks.Promotion) != 0;
        var before = DemandSum.Of(ahead, 0, from).Mean;
        var left = known.Stock[i] is { } stock ? Math.Max(0, (double)stock.Until(ahead.First.AddDays(from)).Value - before) : 0;
        return new AllocationPlace(
            ahead.Key.Location.Value,
            DemandSum.Of(ahead, from, days, factor: knew ? 1 : factor),
            new Quantity(Math.Floor((decimal)left))
        );
    }

    // Items whose first sale is long enough after the history's beginning to be their first at all; the mean of the locations that began
    // in the same four weeks.
    private static IEnumerable<Launch> Launches(AdviceContext known)
    {
        var (history, weeks) = (known.Input.History, known.Input.Settings.NewItemWeeks);
        var begun = Enumerable
            .Range(0, known.Count)
            .Select(i =>
                (Series: i, First: history.Series[i].Units.AsSpan(0, history.Days).IndexOfAnyInRange(float.Epsilon, float.MaxValue))
            )
            .Where(static s => s.First >= 0);
        foreach (var item in begun.GroupBy(s => history.Series[s.Series].Key.Sku))
        {
            var first = item.Min(static s => s.First);
            if (first < Settled || first + weeks * Week > history.Days)
                continue;
            var places = item.Where(s => s.First < first + 4 * Week && s.First + weeks * Week <= history.Days).ToArray();
            if (known.Input.Series[places[0].Series].Price is not { Amount: > 0 } price)
                continue;
            var units = Enumerable
                .Range(0, weeks)
                .Select(w => places.Average(p => Sum(history.Series[p.Series], p.First + w * Week)))
                .ToArray();
            yield return new Launch(item.Key, history.Series[places[0].Series].Category, price, units);
        }
    }

    private static double Sum(SalesSeries series, int from)
    {
        var sum = 0.0;
        for (var day = from; day < from + Week; day++)
            if (series.Units[day] > 0)
                sum += series.Units[day];
        return sum;
    }
}
