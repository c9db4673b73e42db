using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Elasticity;

/// <summary>
/// The weeks of a sales history as points to measure a price's effect by. Controls are the share of days with a promotion, and the season
/// as a sine and a cosine of the year.
/// </summary>
public static class PriceWeeks
{
    private const int Week = 7;

    /// <summary>A week without a sale has no logarithm; leaving out many of them would leave out what a high price does.</summary>
    private const double MostWithoutSale = 0.1;

    /// <summary>
    /// Weeks, counted back from the last day, whose days were all open, known, never sold out and had a price. The cluster is the week:
    /// what moves all stores moves them together.
    /// </summary>
    /// <returns>None where more than a tenth of the weeks sold nothing.</returns>
    public static IReadOnlyList<PricePoint> Of(SalesHistory history, SalesSeries series)
    {
        var points = new List<PricePoint>();
        var without = 0;
        for (var start = history.Days - Week; start >= 0; start -= Week)
        {
            double units = 0,
                price = 0,
                promotion = 0;
            var whole = true;
            for (var day = start; day < start + Week && whole; day++)
            {
                whole =
                    series.Units[day] >= 0 && series.Prices[day] > 0 && (series.Marks[day] & (DayMarks.Stockout | DayMarks.Closed)) == 0;
                (units, price, promotion) = (
                    units + series.Units[day],
                    price + series.Prices[day] / (double)Week,
                    promotion + ((series.Marks[day] & DayMarks.Promotion) != 0 ? 1.0 / Week : 0)
                );
            }
            if (!whole)
                continue;
            if (units == 0)
            {
                without++;
                continue;
            }
            var year = 2 * Math.PI * history.First.AddDays(start).DayOfYear / 365.25;
            points.Add(
                new PricePoint(
                    series.Key.Location.Value,
                    $"{(history.Days - start) / Week}",
                    units,
                    price,
                    [promotion, Math.Sin(year), Math.Cos(year)]
                )
            );
        }
        return without > MostWithoutSale * (points.Count + without) ? [] : points;
    }
}
