using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Replenishment;

namespace Stockgate.Domain.Tests.Forecasting;

/// <summary>Forecasts that tests begin with; the first day is Tuesday, 2026-03-03.</summary>
internal static class Expected
{
    public static readonly DateOnly Today = new(2026, 3, 2),
        First = Today.AddDays(1);

    /// <summary>The same every day.</summary>
    public static SeriesForecast Daily(double mean, double p10, double p90, int days = 28, string sku = "A", string location = "L1") =>
        new(new SeriesKey(new Sku(sku), new LocationId(location)), First, Of(mean, days), Of(p10, days), Of(mean, days), Of(p90, days));

    public static StockSituation Stock(decimal onHand, params OnOrder[] onOrder) => new(new Quantity(onHand), onOrder);

    public static OnOrder Due(decimal quantity, int inDays) => new(new Quantity(quantity), Today.AddDays(inDays));

    public static Quantity Units(decimal units) => new(units);

    public static Money Pounds(decimal amount) => new(amount, Given.Gbp);

    private static float[] Of(double value, int days) => [.. Enumerable.Repeat((float)value, days)];
}
