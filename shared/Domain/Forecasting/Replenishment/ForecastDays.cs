namespace Stockgate.Domain.Forecasting.Replenishment;

/// <summary>The days of a forecast that are still ahead.</summary>
public static class ForecastDays
{
    private const int Week = 7;

    /// <summary>The forecast from a day on. One whose days have all passed goes on as its last week did, weekday by weekday.</summary>
    /// <param name="forecast">At least one day.</param>
    /// <param name="day">The first that counts; a forecast that begins later is left as it is.</param>
    public static SeriesForecast From(this SeriesForecast forecast, DateOnly day)
    {
        var passed = day.DayNumber - forecast.First.DayNumber;
        if (passed <= 0)
            return forecast;
        var days = passed < forecast.Horizon ? forecast.Horizon - passed : Math.Min(Week, forecast.Horizon);
        float[] Rest(float[] all) => [.. Enumerable.Range(passed, days).Select(d => all[At(d, all.Length)])];
        return forecast with
        {
            First = day,
            Mean = Rest(forecast.Mean),
            P10 = Rest(forecast.P10),
            P50 = Rest(forecast.P50),
            P90 = Rest(forecast.P90),
        };
    }

    /// <summary>Where a day's figure stands; days behind the horizon are those of its last week.</summary>
    internal static int At(int day, int horizon) =>
        day < horizon ? day : Math.Max(0, horizon - Week) + (day - horizon) % Math.Min(Week, horizon);
}
