using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Files;

/// <summary>Data of a series beside its history, in the order of the history's series.</summary>
/// <param name="Title">The product's; empty if not known.</param>
/// <param name="Currency">Of every price of the series; null if no money is known.</param>
/// <param name="RegularPrice">The price in force; where the catalog has none, the last that was paid; NaN where neither is known.</param>
/// <param name="Stock">Null if there is no position.</param>
public sealed record SeriesFacts(string Title, Currency? Currency, float RegularPrice, StockLine? Stock);

/// <summary>A history with its related data.</summary>
/// <param name="History">What models learn from.</param>
/// <param name="Facts">In the order of the history's series.</param>
/// <param name="Remarks">What was met in the files and what was done about it, for a planner.</param>
public sealed record AssembledHistory(SalesHistory History, IReadOnlyList<SeriesFacts> Facts, IReadOnlyList<string> Remarks);

/// <summary>Data beside the sales.</summary>
/// <param name="Products">What the catalog knows, by SKU.</param>
/// <param name="Offers">Past, current and planned promotions.</param>
/// <param name="Stock">By SKU and location.</param>
/// <param name="Calendar">Days that a planner said something about.</param>
/// <param name="RegionOf">The region of each location that is in one.</param>
public sealed record HistoryContext(
    IReadOnlyDictionary<Sku, ProductLine> Products,
    IReadOnlyList<OfferLine> Offers,
    IReadOnlyDictionary<SeriesKey, StockLine> Stock,
    IReadOnlyDictionary<DateOnly, PlannedDay> Calendar,
    IReadOnlyDictionary<LocationId, string> RegionOf
);

/// <summary>
/// Builds the history from its files. A day without a row is a day without a sale, from a series' first sale on; but a day on which a whole
/// open location has no row was not reported and is unknown. Units cancelled later than they were ordered are taken off the latest earlier
/// days that have any, so that no day is below zero.
/// </summary>
public static class HistoryAssembly
{
    /// <exception cref="HistoryFileException">There is not one sale.</exception>
    public static AssembledHistory Build(SalesFileReader files, HistoryContext context, int horizon)
    {
        var begun = files
            .Series.Where(static s => s.Begins >= 0)
            .OrderBy(static s => s.Key.Sku.Value, StringComparer.Ordinal)
            .ThenBy(static s => s.Key.Location.Value, StringComparer.Ordinal)
            .ToList();
        if (begun.Count == 0)
            throw new HistoryFileException("sales", 0, "has no sale in the period of the history; post sales first.");
        var days = Enumerable.Range(0, files.Days + horizon).Select(files.First.AddDays).ToArray();
        var planned = days.Select(day => context.Calendar.GetValueOrDefault(day)).ToArray();
        var offers = context.Offers.ToLookup(static o => new SeriesKey(o.Sku, o.Location));
        var places = begun
            .GroupBy(static s => s.Key.Location)
            .ToDictionary(
                static p => p.Key,
                p => new Place(
                    [.. Enumerable.Range(0, files.Days).Select(day => p.Any(s => s.Has(day)))],
                    [.. planned.Select(day => day?.IsClosed(p.Key) == true)]
                )
            );
        var tally = new Tally();
        var (series, facts) = (new SalesSeries[begun.Count], new SeriesFacts[begun.Count]);
        for (var i = 0; i < begun.Count; i++)
        {
            var (key, product) = (begun[i].Key, context.Products.GetValueOrDefault(begun[i].Key.Sku));
            var currency = begun[i].Currency ?? product?.Currency;
            var regular = product is { Price: { } price } && product.Currency == currency ? (float)price : float.NaN;
            var prices = Prices(begun[i], days.Length, ref regular);
            var marks = Marks(begun[i], places[key.Location], days, offers[key], prices, files.Days);
            series[i] = new SalesSeries
            {
                Key = key,
                Category = product?.Category ?? string.Empty,
                Region = context.RegionOf.GetValueOrDefault(key.Location, string.Empty),
                Units = Units(begun[i], places[key.Location], files.Days, tally),
                Prices = prices,
                Marks = marks,
            };
            facts[i] = new SeriesFacts(product?.Title ?? string.Empty, currency, regular, context.Stock.GetValueOrDefault(key));
        }
        var calendar = days.Select((day, i) => new CalendarDay(day, planned[i]?.Events ?? [], planned[i]?.Tags ?? [])).ToList();
        return new AssembledHistory(
            new SalesHistory(files.First, files.Days, horizon, calendar, series),
            facts,
            [.. files.Remarks, .. tally.Words(files, begun)]
        );
    }

    private static float[] Units(SeriesDays series, Place place, int days, Tally tally)
    {
        var units = new float[days];
        Array.Fill(units, float.NaN, 0, series.Begins);
        var off = 0f;
        // Backwards, so that what a day can't bear goes to the day before it.
        for (var day = days - 1; day >= series.Begins; day--)
        {
            if (!series.Has(day))
            {
                units[day] = place.Reported[day] || place.Closed[day] ? 0 : float.NaN;
                continue;
            }
            var figures = series.Figures[day];
            off += figures.Cancelled;
            if (float.IsNaN(figures.Sold))
            {
                units[day] = float.NaN;
                continue;
            }
            var taken = Math.Min(off, figures.Sold);
            if (off > taken)
                tally.Carried++;
            (units[day], off) = (figures.Sold - taken, off - taken);
        }
        tally.Lost += off;
        return units;
    }

    private static float[] Prices(SeriesDays series, int days, ref float regular)
    {
        var prices = new float[days];
        var (last, seen) = (float.NaN, -1);
        for (var day = 0; day < series.Figures.Length; day++)
        {
            if (series.Has(day) && !float.IsNaN(series.Figures[day].Price))
                (last, seen) = (series.Figures[day].Price, seen < 0 ? day : seen);
            prices[day] = last;
        }
        // Before the first sale the first price is the best that is known.
        if (seen > 0)
            Array.Fill(prices, prices[seen], 0, seen);
        if (float.IsNaN(regular))
            regular = last;
        else if (seen < 0)
            Array.Fill(prices, regular, 0, series.Figures.Length);
        Array.Fill(prices, regular, series.Figures.Length, days - series.Figures.Length);
        return prices;
    }

    private static DayMarks[] Marks(
        SeriesDays series,
        Place place,
        DateOnly[] days,
        IEnumerable<OfferLine> offers,
        float[] prices,
        int known
    )
    {
        var marks = new DayMarks[days.Length];
        for (var day = 0; day < days.Length; day++)
            marks[day] =
                (day < known && series.Has(day) && series.Figures[day].Stockout ? DayMarks.Stockout : DayMarks.None)
                | (place.Closed[day] ? DayMarks.Closed : DayMarks.None);
        foreach (var offer in offers)
        {
            var (from, to) = (
                Math.Max(0, offer.First.DayNumber - days[0].DayNumber),
                Math.Min(days.Length - 1, offer.Last.DayNumber - days[0].DayNumber)
            );
            for (var day = from; day <= to; day++)
            {
                marks[day] |= DayMarks.Promotion;
                // Days with a sale have the paid price; other days use the promotion's price.
                if (offer.Price is { } price && (day >= known || !series.Has(day) || float.IsNaN(series.Figures[day].Price)))
                    prices[day] = prices[day] < (float)price ? prices[day] : (float)price;
            }
        }
        return marks;
    }

    // Whether any series of the place has a row on a day, and whether it was or will be closed.
    private sealed record Place(bool[] Reported, bool[] Closed);

    private sealed class Tally
    {
        public int Carried { get; set; }

        public float Lost { get; set; }

        public IEnumerable<string> Words(SalesFileReader files, List<SeriesDays> begun)
        {
            if (files.Series.Count > begun.Count)
                yield return $"{Plural.Of(files.Series.Count - begun.Count, "series has", "series have")} rows but no sale, and therefore no forecast.";
            if (Carried > 0)
                yield return $"On {Plural.Of(Carried, "day")} cancellations exceed sales; the excess was subtracted from the earlier days of the orders.";
            if (Lost > 0)
                yield return $"{Lost:0.##} cancelled units were ordered before the first day of the history; they were ignored.";
            var others = begun.Sum(static s => s.OtherCurrencies);
            if (others > 0)
                yield return $"{others} days have a different currency than the first day of their series; their units were counted, their prices were not.";
            var once = begun.Count(static s => s.Figures.Count(static f => f.Sold > 0) == 1);
            if (once > 0)
                yield return $"{once} {(once == 1 ? "series has" : "series have")} sold on one day only.";
        }
    }
}
