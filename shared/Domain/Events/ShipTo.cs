namespace Stockgate.Domain.Events;

/// <summary>
/// The destination of an order, as precise as decisions need. The full address stays with the order management system, which knows it by
/// <see cref="AddressReference"/>: what is here is coarse on purpose, because a precise place is personal data.
/// </summary>
public sealed record ShipTo
{
    /// <summary>Characters of <see cref="PostalArea"/>.</summary>
    public const int LongestArea = 16;

    /// <summary>As the source names it: <c>GB</c>, <c>United Kingdom</c>.</summary>
    public string? Country { get; init; }

    /// <summary>The coarse part of a postal code, such as <c>SW1</c>; at most <see cref="LongestArea"/> characters.</summary>
    public string? PostalArea { get; init; }

    /// <summary>Degrees north, −90 to 90, rounded to a tenth (about 11 km) whatever was given.</summary>
    public decimal? Latitude
    {
        get;
        init => field = Coarse(value);
    }

    /// <summary>Degrees east, −180 to 180, rounded to a tenth whatever was given.</summary>
    public decimal? Longitude
    {
        get;
        init => field = Coarse(value);
    }

    /// <summary>What the order management system knows the full address by; 1 to 128 characters.</summary>
    public string? AddressReference { get; init; }

    /// <returns>Everything that is wrong, the fields under <paramref name="field"/>.</returns>
    internal IEnumerable<Rejection> Mistakes(string field)
    {
        if (this == new ShipTo())
            yield return new Rejection($"{field}.addressReference", "is missing; give an address, a country or a postalArea");
        if (Rules.OptionalText($"{field}.country", Country) is { } country)
            yield return country;
        if (Rules.OptionalText($"{field}.postalArea", PostalArea) is { } blank)
            yield return blank;
        else if (PostalArea is { Length: > LongestArea } area)
            yield return new Rejection(
                $"{field}.postalArea",
                $"has {area.Length} characters; at most {LongestArea} are allowed; the coarse part is enough"
            );
        if (Latitude is { } latitude && Math.Abs(latitude) > 90)
            yield return new Rejection($"{field}.latitude", $"is {latitude}; give -90 to 90");
        if (Longitude is { } longitude && Math.Abs(longitude) > 180)
            yield return new Rejection($"{field}.longitude", $"is {longitude}; give -180 to 180");
        if (Latitude is null != Longitude is null)
            yield return new Rejection(
                $"{field}.{(Latitude is null ? "latitude" : "longitude")}",
                "is missing; a point needs latitude and longitude"
            );
        if (AddressReference is not null && Identifier.Mistake(AddressReference) is { } mistake)
            yield return new Rejection($"{field}.addressReference", mistake);
    }

    private static decimal? Coarse(decimal? degrees) => degrees is { } value ? Math.Round(value, 1, MidpointRounding.ToEven) : null;
}
