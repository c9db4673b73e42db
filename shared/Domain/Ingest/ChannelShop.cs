namespace Stockgate.Domain.Ingest;

/// <summary>The settings of a shop whose deliveries are translated.</summary>
/// <param name="Channel">The channel's name in the URL.</param>
/// <param name="DefaultLocation">Where the stock of an order is taken from that names no location.</param>
/// <param name="Locations">Our location for each of the shop's location ids; an id that is not in it is used as it is.</param>
/// <param name="Currency">The shop's currency, for prices that are sent without one.</param>
public sealed record ChannelShop(
    ChannelId Channel,
    LocationId DefaultLocation,
    IReadOnlyDictionary<string, string> Locations,
    Currency Currency
)
{
    /// <summary>Our location for one of the shop's.</summary>
    public LocationId LocationOf(string? theirs) =>
        theirs is null ? DefaultLocation : new LocationId(Locations.TryGetValue(theirs, out var ours) ? ours : theirs);
}
