using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Replenishment;

namespace Stockgate.Domain.Forecasting.Anomalies;

/// <summary>Actual sales of a day.</summary>
/// <param name="Units">Null if nothing came in.</param>
/// <param name="OnHand">Stock at the day's end; null if not known.</param>
/// <param name="LocationReported">Whether the location reported any sale of any item that day.</param>
public sealed record SoldDay(Quantity? Units, Quantity? OnHand = null, bool LocationReported = true);

/// <summary>The most likely cause.</summary>
public enum AnomalyKind
{
    None,

    /// <summary>Too little, and nothing was left to sell.</summary>
    Stockout,

    /// <summary>Much more than expected.</summary>
    Surge,

    /// <summary>Much less than expected, though there was enough to sell.</summary>
    Slump,

    /// <summary>The figures are missing rather than low.</summary>
    DataGap,
}

/// <summary>Sales outside the forecast's range.</summary>
/// <param name="Key">The item and the location.</param>
/// <param name="Kind">The most likely cause.</param>
/// <param name="Days">Days in a row, up to the last one, outside of P10 to P90 on that side, or without figures.</param>
/// <param name="Sold">Units of the days with figures.</param>
/// <param name="Expected">Mean of the same days.</param>
/// <param name="Chance">That chance alone makes a sum as far off on that side, 0 to 1.</param>
/// <param name="Words">For a planner.</param>
public sealed record SellThroughAnomaly(
    SeriesKey Key,
    AnomalyKind Kind,
    int Days,
    Quantity Sold,
    double Expected,
    double Chance,
    string Words
)
{
    /// <summary>
    /// Two sides of this, looked at every day, make about seven false alarms a year and series if days came alone; that they add up to
    /// sums makes them far fewer.
    /// </summary>
    private const double Rare = 0.01;

    /// <summary>A day is outside on one side by chance one time in ten, three in a row one in a thousand.</summary>
    private const int Running = 3;

    /// <summary>Compares the days since the forecast began with it.</summary>
    /// <param name="forecast">Its first day is the first of <paramref name="days"/>.</param>
    /// <param name="days">At most the horizon's.</param>
    /// <param name="correlation">Between two days' errors, 0 to 1; see <see cref="DemandSum"/>.</param>
    public static SellThroughAnomaly Of(SeriesForecast forecast, IReadOnlyList<SoldDay> days, double correlation = DemandSum.Correlation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days.Count, forecast.Horizon);
        // A location without any report gives no information on single items.
        var known = Enumerable.Range(0, days.Count).Where(d => days[d] is { Units: not null, LocationReported: true }).ToArray();
        var missing = days.Count - (known.Length == 0 ? 0 : known[^1] + 1);
        var sold = known.Aggregate(Quantity.Zero, (sum, d) => sum + days[d].Units!.Value);
        var demand = DemandSum.Of(Only(forecast, known), 0, known.Length, correlation);
        var (low, high) = (demand.AtMost((double)sold.Value), demand.Above((double)sold.Value - 1));
        var (under, over) = (
            Run(known, d => (double)days[d].Units!.Value.Value < forecast.P10[d]),
            Run(known, d => (double)days[d].Units!.Value.Value > forecast.P90[d])
        );
        var (isLow, isHigh) = (known.Length > 0 && (low < Rare || under >= Running), known.Length > 0 && (high < Rare || over >= Running));
        var (kind, running) =
            missing >= Running || (missing > 0 && known.Length == 0) ? (AnomalyKind.DataGap, missing)
            : isHigh && (!isLow || high < low) ? (AnomalyKind.Surge, over)
            : isLow ? (Low(days, known), under)
            : (AnomalyKind.None, Math.Max(under, over));
        var chance =
            kind == AnomalyKind.Surge ? high
            : kind == AnomalyKind.DataGap ? 1
            : Math.Min(low, high);
        var figures = $"{forecast.Key} sold {sold} in {known.Length} days, {demand.Mean:0.#} were expected";
        var words = kind switch
        {
            AnomalyKind.DataGap =>
                $"{forecast.Key}: no figures of {missing} days up to {forecast.First.AddDays(days.Count - 1):yyyy-MM-dd}; the sales data is probably missing. Check the source before ordering by it",
            AnomalyKind.Stockout => $"{figures}; no stock is left, so it probably sold out. Count the shelf and replenish",
            AnomalyKind.Surge =>
                $"{figures}; demand is probably higher{Often(over, "above P90")}. Check for an event, a promotion or a bulk order, and check the stock",
            AnomalyKind.Slump =>
                $"{figures}without a known stockout{Often(under, "below P10")}. Check the shelf, the price and the competition",
            _ => $"{figures}; within the normal variation",
        };
        return new SellThroughAnomaly(forecast.Key, kind, running, sold, demand.Mean, chance, words);
    }

    private static string Often(int days, string side) => days >= Running ? $" ({days} days in a row {side})" : "";

    // Sold out: the last count is 0, or without a count sales continued and then stopped.
    private static AnomalyKind Low(IReadOnlyList<SoldDay> days, int[] known)
    {
        if (known.Select(d => days[d].OnHand).LastOrDefault(static s => s is not null) is { } stock)
            return stock <= Quantity.Zero ? AnomalyKind.Stockout : AnomalyKind.Slump;
        var empty = Run(known, d => days[d].Units!.Value <= Quantity.Zero);
        return empty >= Running && empty < known.Length ? AnomalyKind.Stockout : AnomalyKind.Slump;
    }

    private static int Run(int[] known, Func<int, bool> outside) => known.Reverse().TakeWhile(outside).Count();

    private static SeriesForecast Only(SeriesForecast forecast, int[] days) =>
        forecast with
        {
            Mean = [.. days.Select(d => forecast.Mean[d])],
            P10 = [.. days.Select(d => forecast.P10[d])],
            P50 = [.. days.Select(d => forecast.P50[d])],
            P90 = [.. days.Select(d => forecast.P90[d])],
        };
}
