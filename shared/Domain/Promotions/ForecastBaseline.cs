using Stockgate.Domain.Forecasting;

namespace Stockgate.Domain.Promotions;

/// <summary>The baseline sales of an item in a region, from the forecast in force.</summary>
public static class ForecastBaseline
{
    // Fewer would be a weekend, or what is left between two.
    private const int FewestDays = 7;

    /// <summary>
    /// The mean of the promotion's days as far as they are forecast, all places together; places are taken as independent of each other.
    /// </summary>
    /// <param name="places">The item's forecasts at the region's locations.</param>
    /// <param name="first">The promotion's first day.</param>
    /// <param name="last">Its last day.</param>
    /// <param name="expected">
    /// Whether the forecast may know of the promotion already: then its other days tell what is usual, or the uplift would be counted
    /// twice.
    /// </param>
    /// <param name="at">When the forecast came in force.</param>
    /// <returns>Null if it says nothing about such days.</returns>
    public static SalesBaseline? Of(IReadOnlyList<SeriesForecast> places, DateOnly first, DateOnly last, bool expected, DateTimeOffset at)
    {
        if (places.Count == 0)
            return null;
        var (mean, variance, days) = (0.0, 0.0, 0);
        for (var day = 0; day < places.Min(static p => p.Horizon); day++)
        {
            var date = places[0].First.AddDays(day);
            if ((date >= first && date <= last) == expected)
                continue;
            days++;
            foreach (var place in places)
            {
                var deviation = place.Deviation(day);
                (mean, variance) = (mean + place.Mean[day], variance + deviation * deviation);
            }
        }
        return days == 0 || (expected && days < FewestDays)
            ? null
            : new SalesBaseline(decimal.Round((decimal)(mean / days), 6), decimal.Round((decimal)(variance / days), 6), at);
    }
}
