using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Replenishment;

/// <summary>Stock on its way.</summary>
/// <param name="Quantity">Units, 0 or more.</param>
/// <param name="Due">The day it arrives. It sells from the day after: whether it comes in the morning isn't known.</param>
public sealed record OnOrder(Quantity Quantity, DateOnly Due);

/// <summary>A location's stock of an item and its inbound orders.</summary>
/// <param name="OnHand">What can be promised before the forecast's first day; below 0 where more was promised than there is.</param>
/// <param name="OnOrder">In any order.</param>
public sealed record StockSituation(Quantity OnHand, IReadOnlyList<OnOrder> OnOrder)
{
    /// <summary>What there is to sell up to a day's end.</summary>
    public Quantity Until(DateOnly day) => OnOrder.Where(o => o.Due < day).Aggregate(OnHand, static (sum, o) => sum + o.Quantity);
}

/// <summary>A day's risk.</summary>
/// <param name="Day">The day.</param>
/// <param name="Chance">That up to its end more was wanted than there was, 0 to 1.</param>
/// <param name="Lost">Units wanted and not there up to its end, on average.</param>
public sealed record StockoutDay(DateOnly Day, double Chance, double Lost);

/// <summary>
/// The stockout risk of an item at a location. Unmet demand is assumed to be backordered, so the risk after a delivery is overestimated
/// rather than underestimated.
/// </summary>
/// <param name="Key">The item and the location.</param>
/// <param name="Days">Every day of the horizon.</param>
/// <param name="AtRisk">The first day with a chance of a tenth or more; null if none.</param>
/// <param name="LikelyOut">The first day with a chance of a half or more; null if none.</param>
/// <param name="CoverDays">Days that the stock on hand lasts at the mean; the horizon's days where it outlasts them.</param>
/// <param name="Words">For a planner.</param>
public sealed record StockoutRisk(
    SeriesKey Key,
    IReadOnlyList<StockoutDay> Days,
    DateOnly? AtRisk,
    DateOnly? LikelyOut,
    int CoverDays,
    string Words
)
{
    private const double Risk = 0.1,
        Likely = 0.5;

    /// <param name="forecast">Its first day is the first that is judged; see <see cref="ForecastDays.From"/>.</param>
    /// <param name="stock">Stock and inbound.</param>
    /// <param name="correlation">Between two days' errors, 0 to 1; see <see cref="DemandSum"/>.</param>
    public static StockoutRisk Of(SeriesForecast forecast, StockSituation stock, double correlation = DemandSum.Correlation)
    {
        var days = new StockoutDay[forecast.Horizon];
        var (cover, covered) = (0, true);
        for (var day = 0; day < days.Length; day++)
        {
            var date = forecast.First.AddDays(day);
            var demand = DemandSum.Of(forecast, 0, day + 1, correlation);
            var supply = (double)stock.Until(date).Value;
            days[day] = new StockoutDay(
                date,
                supply < 0 ? 1 : demand.Above(supply),
                Math.Max(0, -supply) + demand.Lost(Math.Max(0, supply))
            );
            covered &= demand.Mean <= (double)stock.OnHand.Value;
            if (covered)
                cover = day + 1;
        }
        var (atRisk, likely) = (days.FirstOrDefault(static d => d.Chance >= Risk), days.FirstOrDefault(static d => d.Chance >= Likely));
        var worst = days.MaxBy(static d => d.Chance)!;
        var coming = stock.OnOrder.Aggregate(Quantity.Zero, static (sum, o) => sum + o.Quantity);
        var has =
            $"{forecast.Key}: {stock.OnHand} {(stock.OnHand.Value == 1 ? "unit" : "units")} left{(coming > Quantity.Zero ? $", {coming} on order" : "")}, "
            + $"{(cover < days.Length ? $"{cover} {(cover == 1 ? "day" : "days")}" : $"{days.Length} days or more")} of cover at mean demand";
        var words =
            likely is not null
                ? $"{has}; stockout likely by {likely.Day:yyyy-MM-dd} (10 % risk by {atRisk!.Day:yyyy-MM-dd}); expected lost sales {worst.Lost:0.#} units by {worst.Day:yyyy-MM-dd}"
            : atRisk is not null ? $"{has}; stockout risk 10 % or more from {atRisk.Day:yyyy-MM-dd}, at most {worst.Chance:P0}"
            : $"{has}; stockout risk below 10 % on every day";
        return new StockoutRisk(forecast.Key, days, atRisk?.Day, likely?.Day, cover, words);
    }
}
