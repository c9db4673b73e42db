using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Promotions.Live;

/// <summary>A price that a customer was shown, and what it should have been.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Channel">Where customers buy.</param>
/// <param name="Region">Null if the channel shows one price everywhere.</param>
/// <param name="Expected">What the channel was told.</param>
/// <param name="Seen">What it showed.</param>
/// <param name="SeenAt">When it was last seen.</param>
/// <param name="ToldAt">When the channel was told; a sighting before it is about another price.</param>
/// <param name="Now">The moment of judging.</param>
/// <param name="WrongSince">When it was first seen wrong; null if this is the first time.</param>
/// <param name="UnitsPerHour">What the channel sells of it there.</param>
public sealed record PriceSighting(
    Sku Sku,
    SalesChannelId Channel,
    RegionId? Region,
    Money Expected,
    Money Seen,
    DateTimeOffset SeenAt,
    DateTimeOffset ToldAt,
    DateTimeOffset Now,
    DateTimeOffset? WrongSince = null,
    decimal UnitsPerHour = 0
);

/// <summary>Compares the prices that channels show with the plan.</summary>
public static class PriceWatch
{
    /// <returns>Null if the price is right, or the sighting says nothing about now.</returns>
    public static Anomaly? Judge(PriceSighting sighting, MonitorLimits limits)
    {
        var age = Figures.Age(sighting.Now, sighting.SeenAt);
        if (age > limits.PriceMaxAge || sighting.SeenAt < sighting.ToldAt + limits.PriceGrace)
            return null;
        var sameCurrency = sighting.Seen.Currency == sighting.Expected.Currency;
        var off = Math.Abs(sighting.Seen.Amount - sighting.Expected.Amount);
        if (sameCurrency && off <= Math.Abs(sighting.Expected.Amount) * limits.PriceTolerance)
            return null;
        var wrongFor = Figures.Age(sighting.Now, sighting.WrongSince is { } since && since < sighting.SeenAt ? since : sighting.SeenAt);
        var units = new Quantity(Math.Max(0, sighting.UnitsPerHour) * wrongFor.Ticks / TimeSpan.TicksPerHour);
        var where = sighting.Region is { } region ? $"{sighting.Channel}, {region}" : $"{sighting.Channel}";
        var tooLow = sameCurrency && sighting.Seen.Amount < sighting.Expected.Amount;
        return new Anomaly(
            AnomalyKind.PriceMismatch,
            $"SKU {sighting.Sku} in {where}",
            Figures.Amount(sighting.Seen),
            Figures.Amount(sighting.Expected),
            limits.PriceTolerance == 0 ? "the exact price" : $"{Figures.Percent(limits.PriceTolerance * 100)} off",
            $"{where} shows {sighting.Sku} at {Figures.Exact(sighting.Seen)} and should show {Figures.Exact(sighting.Expected)}; seen {Figures.Hours(age)} ago, wrong for {Figures.Hours(wrongFor)}. "
                + (
                    !sameCurrency ? "The currency differs."
                    : tooLow ? "Every sale gives a larger discount than decided."
                    : "Customers don't get the advertised price."
                ),
            new Exposure(units, sameCurrency ? new Money(off, sighting.Expected.Currency) * units : null),
            [
                new RestorePrice(
                    sighting.Sku,
                    sighting.Channel,
                    sighting.Region,
                    sighting.Expected,
                    "It is the decided price that was sent before; sending it again has no effect where it is already right."
                ),
            ]
        );
    }
}
