using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders;

/// <summary>A point on the globe.</summary>
/// <param name="Latitude">Degrees north, −90 to 90.</param>
/// <param name="Longitude">Degrees east, −180 to 180.</param>
/// <param name="Country">Null if it is not known.</param>
public sealed record Place(decimal Latitude, decimal Longitude, string? Country = null)
{
    // IUGG mean radius R1 (Moritz, Geodetic Reference System 1980).
    private const double EarthRadiusKm = 6371.0088;

    /// <returns>Null if the address has no coordinates.</returns>
    public static Place? Of(ShipTo? to) =>
        to is { Latitude: { } latitude, Longitude: { } longitude } ? new Place(latitude, longitude, to.Country) : null;

    /// <summary>
    /// Great-circle distance in kilometres by the haversine formula (Sinnott, "Virtues of the Haversine", Sky and Telescope 68, 1984),
    /// rounded to a tenth.
    /// </summary>
    public decimal KilometresTo(Place other)
    {
        static double Radians(decimal degrees) => (double)degrees * Math.PI / 180;
        var (north, east) = (Radians(other.Latitude - Latitude), Radians(other.Longitude - Longitude));
        var h =
            Math.Pow(Math.Sin(north / 2), 2)
            + Math.Cos(Radians(Latitude)) * Math.Cos(Radians(other.Latitude)) * Math.Pow(Math.Sin(east / 2), 2);
        // Rounding can bring h of two antipodes above 1, which has no arc sine.
        return Math.Round((decimal)(2 * EarthRadiusKm * Math.Asin(Math.Sqrt(Math.Min(1, h)))), 1);
    }
}
