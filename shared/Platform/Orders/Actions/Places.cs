using System.ComponentModel.DataAnnotations;
using Stockgate.Domain;
using Stockgate.Domain.Orders;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>Where locations are, by name.</summary>
public sealed class LocationsOptions() : Dictionary<string, LocationOptions>(StringComparer.OrdinalIgnoreCase);

/// <summary>Where a location is.</summary>
public sealed class LocationOptions
{
    [Setting("degrees", "where a location is; orders are allocated and rerouted only to locations that are here")]
    [Required, Range(-90.0, 90.0, ErrorMessage = "must be degrees from -90 to 90")]
    public decimal Latitude { get; set; }

    [Setting("degrees", "the same"), Required, Range(-180.0, 180.0, ErrorMessage = "must be degrees from -180 to 180")]
    public decimal Longitude { get; set; }

    [Setting("country code", "the country of the location")]
    public string? Country { get; set; }
}

/// <summary>The locations whose place is known. One that is not here is not rerouted to.</summary>
public sealed class Places(LocationsOptions options)
{
    public IReadOnlyDictionary<LocationId, Place> All { get; } =
        options.ToDictionary(
            static l => new LocationId(l.Key),
            static l => new Place(l.Value.Latitude, l.Value.Longitude, l.Value.Country)
        );
}
